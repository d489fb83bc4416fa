"""Stored JSON that a later version wrote, met by this one beside it or in its place again."""

import json
from typing import Any

from sqlalchemy import text

from api import SENTENCE, Json, Person, values_for
from outfitter.adapters.postgres.database import Database
from outfitter.core.rendering.clients import Client

JSON_COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE data_type = 'jsonb' AND table_schema = 'public'
""")
# Whoever has read a server by its hash does not read it again.
NEW_HASHES = text("UPDATE mcp_servers SET content_hash = 'later ' || content_hash")
# These are keyed by names that somebody chose, not by fields.
MAPS = {"env", "headers", "arguments", "required_tokens", "collected_credentials"}


async def test_fields_that_a_later_version_stored_disturb_nobody(
    alice: Person, superuser: Database
) -> None:
    asked = await alice.chat(SENTENCE)
    made = await _here(alice, asked)
    planted = await _plant(superuser)
    assert planted >= {"spec", "context", "response", "config_template", "tools", "metadata"}

    replayed = await _here(alice, asked)
    assert replayed["agent_id"] == made["agent_id"]
    again = await alice.chat("what does notion need?", asked["session_id"])
    assert again["plan"]["servers"] == made["plan"]["servers"]
    # The same servers as they are now, so the agent is the same too.
    same = await alice.chat("go on", asked["session_id"])
    assert same["agent_id"] == made["agent_id"]
    other = await alice.chat(SENTENCE)
    assert other["status"] == "success"

    listed = await alice.get("/api/agents")
    assert {one["id"] for one in listed["agents"]} == {made["agent_id"], other["agent_id"]}
    for path in _readable(made):
        assert (await alice.ask("GET", path)).status_code == 200, path


async def _here(person: Person, asked: Json) -> Json:
    """The answer to the credentials, the same one whenever they are brought again."""
    answer = await person.ask(
        "POST",
        "/api/chat",
        json={
            "message": "here",
            "session_id": asked["session_id"],
            "credentials": values_for(asked),
        },
        headers={"Idempotency-Key": "here"},
    )
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def _readable(made: Json) -> list[str]:
    agent = f"/api/agents/{made['agent_id']}"
    return [
        agent,
        f"{agent}/bundle",
        *(f"{agent}/config?client={client}" for client in Client),
        "/api/chat/history",
        f"/api/sessions/{made['session_id']}/messages",
        "/api/credentials",
        "/api/servers",
        "/api/servers?q=mail",
        "/api/servers/gmail",
    ]


async def _plant(superuser: Database) -> set[str]:
    """Add a field to each object of each JSON column; the columns that held one."""
    planted = set()
    async with superuser.as_owner() as tx:
        for table, column in (await tx.execute(JSON_COLUMNS)).all():
            rows = await tx.execute(text(f"SELECT ctid, {column} FROM {table}"))  # noqa: S608
            for place, document in rows.all():
                later = _later(document, column)
                if later == document:
                    continue
                planted.add(column)
                await tx.execute(
                    text(
                        f"UPDATE {table} SET {column} = CAST(:later AS jsonb) "  # noqa: S608
                        "WHERE ctid = CAST(:place AS tid)"
                    ),
                    {"later": json.dumps(later), "place": place},
                )
        await tx.execute(NEW_HASHES)
    return planted


def _later(document: Any, name: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(document, list):
        return [_later(one, name) for one in document]
    if not isinstance(document, dict):
        return document
    told = {key: _later(one, key) for key, one in document.items()}
    return told if name in MAPS else {**told, "of_a_later_version": {"colour": "blue"}}
