"""What the log keeps of a user's doings: what was done to what, and no value."""

import pytest
from sqlalchemy import text

from api import SENTENCE, Person, values_for
from outfitter.adapters.postgres.database import Database

NOTED = """
    SELECT action, object, outcome, request_id, host(ip), CAST(audit_log AS text) FROM audit_log
    WHERE action <> 'sign_in' ORDER BY created_at, object
"""


async def noted(superuser: Database) -> list[tuple[str, ...]]:
    """The log, oldest first, each line as a whole at its end."""
    async with superuser.as_owner() as tx:
        return [tuple(row) for row in await tx.execute(text(NOTED))]


@pytest.mark.proves("R-65")
async def test_what_is_done_with_credentials_agents_and_sessions_is_noted(
    alice: Person, superuser: Database
) -> None:
    first = await alice.chat(SENTENCE)
    session, given = first["session_id"], values_for(first)
    brought = {"message": "here", "session_id": session, "credentials": given}
    alice.headers["X-Forwarded-For"] = "192.0.2.7"
    made = await alice.ask("POST", "/api/chat", json=brought, headers={"X-Request-ID": "r1"})
    agent = made.json()["agent_id"]
    for request, method, path in (
        ("r2", "POST", f"/api/agents/{agent}/env"),
        ("r3", "DELETE", "/api/credentials/notion"),
        ("r4", "POST", f"/api/agents/{agent}/env"),
        ("r5", "DELETE", "/api/credentials/notion"),
        ("r6", "DELETE", f"/api/sessions/{session}"),
    ):
        await alice.ask(method, path, headers={"X-Request-ID": request})

    found = await noted(superuser)
    keys = sorted(f"{server}/{key}" for server, values in given.items() for key in values)
    assert [one[:4] for one in found] == [
        *(("credential.set", key, "ok", "r1") for key in keys),
        ("agent.created", agent, "ok", "r1"),
        ("agent.exported", agent, "ok", "r2"),
        ("credential.deleted", "notion", "ok", "r3"),
        ("agent.exported", agent, "refused", "r4"),
        ("session.deleted", session, "ok", "r6"),
    ]
    assert {one[4] for one in found} == {"192.0.2.7"}
    assert not [line for *_, line in found if "value-of" in line]
