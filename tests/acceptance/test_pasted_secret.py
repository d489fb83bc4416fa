"""A credential that was pasted into a message: named to its owner, and kept nowhere."""

import pytest

from api import SENTENCE, Person
from outfitter.adapters.postgres.database import Database
from programs.databases import all_rows

TOKEN = "ntn_" + "483920ab" * 5


@pytest.mark.proves("R-44")
async def test_a_pasted_token_is_named_but_neither_stored_nor_shown(
    superuser: Database, alice: Person, capfd: pytest.CaptureFixture[str]
) -> None:
    first = await alice.chat(SENTENCE)
    asked = {"session_id": first["session_id"], "message": f"here is my Notion key: {TOKEN}"}
    answer = await alice.ask("POST", "/api/chat", json=asked)
    stored = await alice.get("/api/credentials")
    history = await alice.get(f"/api/sessions/{first['session_id']}/messages")
    rows = "\n".join((await all_rows(superuser)).values())
    logged = "".join(capfd.readouterr())

    said = answer.json()
    assert answer.status_code == 200
    assert "It looks like `NOTION_TOKEN` of Notion" in said["reply"]
    assert '`credentials: {"notion": {"NOTION_TOKEN": "…"}}`' in said["reply"]
    assert "`POST /api/chat`" in said["reply"]
    assert said["status"] == "pending_credentials"
    assert "NOTION_TOKEN" in [one["credential_key"] for one in said["required_credentials"]]
    assert "NOTION_TOKEN" not in str(stored)
    assert "secret removed: Notion token" in rows
    assert "/api/chat" in logged
    for place in (answer.text, str(dict(answer.headers)), str(history), rows, logged):
        assert TOKEN not in place


@pytest.mark.proves("R-44")
async def test_an_offer_is_taken_by_sending_the_value_that_stood_there(alice: Person) -> None:
    # Letters beyond the first plane are one character each, and spaces around do not count.
    message = f"  🔑 monitor Gmail for invoices and save them to Notion, with {TOKEN}, please  "
    answer = await alice.chat(message)
    [offer] = answer["offers"]
    value = message.strip()[offer["start"] : offer["end"]]
    server, key = offer["mcp_server"], offer["credential_key"]
    taken = await alice.chat("yes, use it", answer["session_id"], {server: {key: value}})
    waiting = [one["credential_key"] for one in taken["required_credentials"]]
    stored = await alice.get("/api/credentials")

    assert (server, key, value) == ("notion", "NOTION_TOKEN", TOKEN)
    assert "NOTION_TOKEN" not in waiting
    assert waiting
    assert taken["offers"] == []
    assert [(one["server"], one["keys"][0]["key"]) for one in stored] == [(server, key)]


@pytest.mark.proves("R-44")
async def test_what_waits_for_nothing_of_its_form_is_not_offered(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    for secret in ("ghp_" + "a1B2" * 9, "my password is hunter2!x"):
        answer = await alice.chat(f"here: {secret}", first["session_id"])
        assert answer["offers"] == []
        assert "I removed it before anything was stored" in answer["reply"]
        assert "`credentials` field of `POST /api/chat`" in answer["reply"]


@pytest.mark.proves("R-35", "R-44")
async def test_a_value_that_is_brought_is_cut_out_of_the_message_too(alice: Person) -> None:
    """Whatever it looks like: it was named as a secret."""
    given = {
        "gmail": {"GMAIL_ADDRESS": "anna@example.com", "GMAIL_APP_PASSWORD": "open, sesame"},
        "notion": {"NOTION_TOKEN": "correct-horse-battery"},
    }
    said = "Save mail to anna@example.com in Notion: open, sesame and (correct-horse-battery)"
    answer = await alice.chat(said, credentials=given)

    kept = await alice.get(f"/api/sessions/{answer['session_id']}/messages")
    assert kept["messages"][0]["message"] == (
        "Save mail to anna@example.com in Notion: [secret removed: credential]"
        " and ([secret removed: credential])"
    )
    assert "sesame" not in str([answer, kept])
