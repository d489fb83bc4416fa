"""The catalogue searched on a streaming replica."""

import asyncio
from pathlib import Path

from sqlalchemy import text

from api import Person, running_api
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from programs.postgres_programs import followed
from stand_ins.auth_server import AuthServerStandIn
from waiting import until

_QUERY = "/api/servers?q=save%20notes%20to%20Notion"


async def _messages(urls: Urls) -> int:
    database = Database(urls.owner)
    async with database.as_owner() as tx:
        found = (await tx.execute(text("SELECT count(*) FROM chat_messages"))).scalar_one()
    await database.close()
    return int(found)


async def _arrives(urls: Urls, expected: int) -> None:
    async def are_there() -> bool:
        return await _messages(urls) == expected

    await until(are_there)


async def test_a_replica_follows_and_the_catalogue_is_searched_there(
    urls: Urls, auth: AuthServerStandIn, tmp_path: Path
) -> None:
    async with followed(urls.owner, tmp_path / "outfitter.dump") as (primary, follower):
        async with running_api(auth, primary.urls) as api:
            alice = await api.person("alice@example.com")
            expected = await alice.get(_QUERY)
            await alice.chat("tell me the time in Tokyo")
        await _arrives(follower, 2)
        split = {"catalogue_database_url": follower.api}
        async with running_api(auth, primary.urls, **split) as api:
            alice = Person(api.client, alice.token, alice.email)
            assert (await api.client.get("/readyz")).status_code == 200
            await asyncio.to_thread(primary.postgres.stop)
            found = await alice.get(_QUERY)
            one = await alice.get("/api/servers/notion")
            history = await alice.ask("GET", "/api/chat/history")

    assert found == expected
    assert one["name"] == "notion"
    assert history.status_code == 503
