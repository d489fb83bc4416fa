"""A sealed value that was moved is as good as none, and its owner is asked again."""

import pytest
from sqlalchemy import text

from api import SENTENCE, Json, Person, running_api, values_for
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.vault import Keyring
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn

MOVED = {
    "from another user": """
        UPDATE credentials SET sealed = theirs.sealed FROM credentials AS theirs
        WHERE credentials.key = 'NOTION_TOKEN' AND theirs.key = 'NOTION_TOKEN'
          AND theirs.user_id <> credentials.user_id AND credentials.user_id = CAST(:user AS uuid)
    """,
    "from another key": """
        UPDATE credentials SET sealed = other.sealed FROM credentials AS other
        WHERE credentials.key = 'NOTION_TOKEN' AND other.key = 'GMAIL_ADDRESS'
          AND other.user_id = credentials.user_id AND credentials.user_id = CAST(:user AS uuid)
    """,
    "changed": """
        UPDATE credentials SET sealed = left(sealed, 30) || 'AAAA' || substr(sealed, 35)
        WHERE key = 'NOTION_TOKEN' AND user_id = CAST(:user AS uuid)
    """,
}
GONE = [("credential_tamper", "notion/NOTION_TOKEN", "refused")]


async def move(superuser: Database, person: Person, how: str) -> None:
    """Put another sealed value in the place of the person's Notion token."""
    async with superuser.as_owner() as tx:
        found = text("SELECT CAST(id AS text) FROM auth.users WHERE email = :email")
        user = (await tx.execute(found, {"email": person.email})).scalar_one()
        assert (await tx.execute(text(MOVED[how]), {"user": user})).rowcount == 1


async def noted(
    superuser: Database, action: str = "credential_tamper"
) -> list[tuple[str, str, str]]:
    """What the audit log says of tampering, or of something else."""
    found = """
        SELECT action, object, outcome FROM audit_log WHERE action = :action ORDER BY created_at
    """
    async with superuser.as_owner() as tx:
        return [tuple(row) for row in await tx.execute(text(found), {"action": action})]


def asked(answer: Json) -> list[str]:
    """The credentials that an answer asks for."""
    return [one["credential_key"] for one in answer["required_credentials"] or []]


@pytest.mark.proves("R-39", "R-65")
@pytest.mark.parametrize("how", MOVED)
async def test_a_turn_asks_for_a_moved_value_again(
    alice: Person, bob: Person, superuser: Database, how: str
) -> None:
    session = (await alice.make_agent())["session_id"]
    await bob.make_agent()
    await move(superuser, alice, how)

    again = await alice.chat("thanks", session)
    assert again["status"] == "pending_credentials"
    assert asked(again) == ["NOTION_TOKEN"]
    assert await noted(superuser) == GONE
    listed = await alice.get("/api/credentials")
    assert "NOTION_TOKEN" not in str(listed)

    repaired = await alice.chat("here", session, values_for(again))
    assert repaired["status"] == "success"
    assert await noted(superuser) == GONE
    assert (await bob.chat(SENTENCE))["status"] == "success"


@pytest.mark.proves("R-39")
async def test_a_moved_value_is_asked_for_at_once_with_what_was_never_given(
    alice: Person, superuser: Database
) -> None:
    first = await alice.chat(SENTENCE)
    given = values_for(first)
    withheld, _ = given["gmail"].popitem()
    waiting = await alice.chat("here", first["session_id"], given)
    assert asked(waiting) == [withheld]
    await move(superuser, alice, "changed")

    again = await alice.chat("thanks", first["session_id"])
    assert set(asked(again)) == {"NOTION_TOKEN", withheld}
    assert await noted(superuser) == GONE


@pytest.mark.proves("R-39", "R-65")
async def test_an_export_finds_a_moved_value_too(
    alice: Person, bob: Person, superuser: Database
) -> None:
    made = await alice.make_agent()
    await bob.make_agent()
    await move(superuser, alice, "from another user")

    for _ in range(2):
        refused = await alice.ask("POST", f"/api/agents/{made['agent_id']}/env")
        assert (refused.status_code, refused.json()["code"]) == (409, "credential_unreadable")
    assert await noted(superuser) == GONE
    assert asked(await alice.chat(SENTENCE)) == ["NOTION_TOKEN"]


@pytest.mark.proves("R-65")
async def test_an_export_that_gives_nothing_is_noted_as_refused(
    alice: Person, superuser: Database
) -> None:
    made = await alice.make_agent()
    env = f"/api/agents/{made['agent_id']}/env"
    statuses = [(await alice.ask("POST", env)).status_code]
    await move(superuser, alice, "changed")
    statuses.append((await alice.ask("POST", env)).status_code)
    await alice.ask("DELETE", "/api/credentials/notion")
    statuses.append((await alice.ask("POST", env)).status_code)

    assert statuses == [200, 409, 409]
    assert await noted(superuser, "agent.exported") == [
        ("agent.exported", made["agent_id"], outcome) for outcome in ("ok", "refused", "refused")
    ]


async def shown(person: Person, session: str) -> tuple[list[str], list[str]]:
    """The servers that something is stored for, and the keys that a session shows."""
    listed = [one["server"] for one in await person.get("/api/credentials")]
    detail = (await person.get(f"/api/sessions/{session}/messages"))["session"]
    collected = detail["collected_credentials"]
    return listed, sorted(one["key"] for keys in collected.values() for one in keys)


async def test_a_value_whose_key_is_gone_is_asked_for_but_comes_back_with_the_key(
    auth: AuthServerStandIn, urls: Urls, alice: Person, superuser: Database
) -> None:
    session = (await alice.make_agent())["session_id"]
    before = await shown(alice, session)
    async with running_api(auth, urls, credential_keys=Keyring.new("other")) as without:
        late = Person(without.client, alice.token)
        assert await shown(late, session) == ([], [])
        assert (await late.chat("thanks", session))["status"] == "pending_credentials"
    assert await noted(superuser) == []
    assert before[0]
    assert before[1]
    assert await shown(alice, session) == before
    assert (await alice.chat("thanks", session))["status"] == "success"


async def test_what_another_key_of_that_name_spoiled_comes_back_with_the_right_one(
    auth: AuthServerStandIn, urls: Urls, superuser: Database
) -> None:
    right = Keyring.new("k1")
    async with running_api(auth, urls, credential_keys=right) as api:
        alice = await api.person("alice@example.com")
        made = await alice.make_agent()
        session = made["session_id"]
        before = await shown(alice, session)
    env = f"/api/agents/{made['agent_id']}/env"
    async with running_api(auth, urls, credential_keys=Keyring.new("k1")) as wrong:
        late = Person(wrong.client, alice.token)
        for _ in range(2):
            assert set(asked(await late.chat("thanks", session))) == set(before[1])
        assert await shown(late, session) == ([], [])
        assert (await late.ask("POST", env)).status_code == 409
        assert len(await noted(superuser)) == len(before[1])
    async with running_api(auth, urls, credential_keys=right) as api:
        alice = Person(api.client, alice.token)
        assert (await alice.chat("thanks", session))["status"] == "success"
        assert await shown(alice, session) == before
        assert (await alice.ask("POST", env)).status_code == 200
    assert {one[2] for one in await noted(superuser, "credential_readable")} == {"ok"}
    assert len(await noted(superuser, "credential_readable")) == len(before[1])


async def test_a_value_that_was_given_anew_after_its_key_was_gone_is_listed(
    auth: AuthServerStandIn, urls: Urls, alice: Person
) -> None:
    session = (await alice.make_agent())["session_id"]
    async with running_api(auth, urls, credential_keys=Keyring.new("other")) as without:
        late = Person(without.client, alice.token)
        again = await late.chat("thanks", session)
        given = values_for(again)
        await late.chat("here", session, {"notion": given["notion"]})
        listed, _ = await shown(late, session)
        assert listed == ["notion"]
        assert (await late.ask("DELETE", "/api/credentials/gmail")).status_code == 204
    listed, _ = await shown(alice, session)
    assert listed == []
