"""Servers kept in memory."""

import asyncio
from itertools import count

from sqlalchemy import text

from catalogues import a_server
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store.server_cache import ServerCache
from outfitter.core.analysis import Sureness
from outfitter.core.catalogue import Server
from outfitter.core.finding.vectors import Vector
from outfitter.core.user import User
from outfitter.service.loading import Loader


async def _embed(texts: list[str]) -> list[Vector]:
    return [[1.0, *[0.0] * 1535] for _ in texts]


async def test_while_many_servers_are_looked_at_others_have_their_turn(
    database: Database, owner: Database, user: User
) -> None:
    servers = [a_server(f"quux-{number}") for number in range(20)]
    await Loader(owner, _embed, "one").load(servers, lambda _done, _total: None)
    turns, heard_in = count(), set[int]()
    turn = 0

    async def others() -> None:
        nonlocal turn
        for turn in turns:  # noqa: B007 - who hears reads it
            await asyncio.sleep(0)

    def hear(_text: str) -> Sureness:
        heard_in.add(turn)
        return {}

    going = asyncio.create_task(others())
    async with database.transaction(user) as tx:
        hashes = (await tx.execute(text("SELECT content_hash FROM mcp_servers"))).scalars().all()
        found = await ServerCache(hear=hear).fetch(tx, hashes)
    going.cancel()

    assert len(found) == len(servers)
    assert len(heard_in) == len(servers)


async def test_a_server_that_several_read_at_once_is_looked_at_and_kept_once(
    database: Database, owner: Database, user: User
) -> None:
    servers = [a_server(f"quux-{number}") for number in range(20)]
    await Loader(owner, _embed, "one").load(servers, lambda _done, _total: None)
    heard = list[str]()

    def hear(text: str) -> Sureness:
        heard.append(text)
        return {}

    cache = ServerCache(hear=hear)

    async def fetched() -> list[Server]:
        async with database.transaction(user) as tx:
            hashes = await tx.scalars(text("SELECT content_hash FROM mcp_servers ORDER BY name"))
            found = await cache.fetch(tx, hashes.all())
        return [found[one][0] for one in sorted(found)]

    one, other = await asyncio.gather(fetched(), fetched())

    assert len(heard) == len(servers)
    assert all(mine is theirs for mine, theirs in zip(one, other, strict=True))
