"""A backup is worth what its restore shows: a new server, and the same service."""

from pathlib import Path

import pytest

from api import Person, running_api
from outfitter.adapters.postgres import migrations
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from programs.postgres_programs import carry, new_server
from stand_ins.auth_server import AuthServerStandIn

_OWN = ("sessions", "chat_messages", "turns", "credentials", "agents")


async def _seen(person: Person, agent: str) -> list[object]:
    """What a user has: conversations, agents, credentials by name, and an agent's values."""
    values = await person.ask("POST", f"/api/agents/{agent}/env")
    assert values.status_code == 200, values.text
    paths = ("/api/chat/history", "/api/agents", f"/api/agents/{agent}", "/api/credentials")
    return [values.text, *[await person.get(path) for path in paths]]


@pytest.mark.parametrize("revision", ["head", "0005"])
async def test_a_dump_restored_on_a_new_server_gives_everyone_what_was_theirs(
    urls: Urls, auth: AuthServerStandIn, tmp_path: Path, revision: str
) -> None:
    async with running_api(auth, urls) as api:
        alice, bob = [await api.person(f"{one}@example.com") for one in ("alice", "bob")]
        made, other = await alice.make_agent(), (await bob.make_agent())["agent_id"]
        session, agent = made["session_id"], made["agent_id"]
        before = [await _seen(alice, agent), await _seen(bob, other)]

    if revision != "head":
        await migrations.downgrade(urls.owner, revision)
    async with new_server() as server:
        await carry(urls.owner, server.urls.owner, tmp_path / "outfitter.dump")
        await migrations.check(server.urls.owner)
        async with running_api(auth, server.urls) as api:
            ready = await api.client.get("/readyz")
            alice = Person(api.client, alice.token, alice.email)
            bob = Person(api.client, bob.token, bob.email)
            after = [await _seen(alice, agent), await _seen(bob, other)]
            hidden = await bob.ask("GET", f"/api/sessions/{session}/messages")
            again = await alice.chat("also post it to Slack", session)
        shown = await _rows_without_a_user(server.urls)

    assert ready.status_code == 200, ready.text
    assert after == before
    assert "value-of-gmail" in str(after[0][0])
    assert hidden.status_code == 404
    assert again["status"] == "pending_credentials"
    assert shown == dict.fromkeys(_OWN, 0)


async def _rows_without_a_user(urls: Urls) -> dict[str, int]:
    """How many rows of each table the service's role sees for somebody unknown."""
    database, found = Database(urls.api), {}
    for table in _OWN:
        async with database.transaction(None) as tx:
            await tx.exec_driver_sql("SET LOCAL ROLE authenticated")
            rows = await tx.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608 - ours
            found[table] = int(rows.scalar_one())
    await database.close()
    return found
