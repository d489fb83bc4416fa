"""The whole service behind a pooler in transaction mode: the main job, for two users at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from api import SENTENCE, Api, Person, api_process, values_for
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from programs.pgbouncer import pooled
from stand_ins.auth_server import AuthServerStandIn

ROUNDS = 4


@pytest.fixture
async def pooled_api(urls: Urls, auth: AuthServerStandIn, home: Path) -> AsyncIterator[Api]:
    """A process of the service that reaches its database over two shared connections."""
    with pooled(urls.api, pool=2) as url:
        async with api_process(auth, url, home, DB_POOLER="transaction") as (api, _):
            yield api


async def whole_job(person: Person, own: str) -> tuple[str, str]:
    """From the sentence to an agent: its id, and its `.env`."""
    first = await person.chat(SENTENCE)
    values = {
        server: {key: f"{own}-{value}" for key, value in keys.items()}
        for server, keys in values_for(first).items()
    }
    # Another of the person's sessions may have brought the values by now.
    made = first if not values else await person.chat("here", first["session_id"], values)
    assert made["status"] == "success"
    answer = await person.ask("POST", f"/api/agents/{made['agent_id']}/env")
    assert answer.status_code == 200, answer.text
    return made["agent_id"], answer.text


async def serving(superuser: Database) -> int:
    """How many processes of the database work for the service."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'outfitter_api'"
    async with superuser.as_owner() as tx:
        found = await tx.execute(text(f"{count} AND datname = current_database()"))
        return int(found.scalar_one())


@pytest.mark.proves("R-33", "R-51")
async def test_two_users_do_the_main_job_at_once_over_shared_connections(
    pooled_api: Api, superuser: Database
) -> None:
    alice = await pooled_api.person("alice@example.com")
    bob = await pooled_api.person("bob@example.com")
    people = {"of-alice": alice, "of-bob": bob}

    done = await asyncio.gather(
        *(whole_job(person, own) for _ in range(ROUNDS) for own, person in people.items())
    )

    agents = {own: {agent for agent, env in done if own in env} for own in people}
    assert all(
        env.count("of-alice-") in {0, 3} and env.count("of-bob-") in {0, 3} for _, env in done
    )
    assert {own: len(found) for own, found in agents.items()} == dict.fromkeys(people, ROUNDS)
    assert not agents["of-alice"] & agents["of-bob"]
    for own, person in people.items():
        listed = await person.get("/api/agents?limit=20")
        assert {one["id"] for one in listed["agents"]} == agents[own]
        assert (await person.get("/api/chat/history"))["total_count"] == ROUNDS
        for other in set().union(*agents.values()) - agents[own]:
            await person.get(f"/api/agents/{other}", 404)
    assert 1 <= await serving(superuser) <= 2
