"""The catalogue's writer as it is put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from catalogues import a_server
from outfitter import wiring
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.settings import Settings
from programs.databases import run
from waiting import until

MISSING = text("""
    SELECT count(*) FROM unnest(ARRAY['idx_mcp_near', 'idx_mcp_tools_near']) AS name
    WHERE to_regclass(name) IS NULL
""")
# Longer than the database lets anybody work on one.
WAITING = text("""
    SELECT EXISTS (
        SELECT FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND query LIKE '%CREATE INDEX%'
        AND clock_timestamp() - query_start > interval '400 ms')
""")


@pytest.fixture
async def hurried_url(database_url: str) -> str:
    """The owner's URL of a database that gives a statement little time."""
    name = make_url(database_url).database
    await run(database_url, f"ALTER DATABASE {name} SET statement_timeout = '200ms'")
    return database_url


async def test_an_index_may_take_longer_than_any_statement(
    hurried_url: str, owner: Database
) -> None:
    async with owner.as_owner() as tx:
        await catalogue.drop_indexes(tx)

    async with _somebody_writes(owner) as writing:
        bringing = asyncio.create_task(_bring(hurried_url))
        await until(lambda: bringing.done() or _waits(owner))
        assert not bringing.done()
        writing.set()
        await bringing

    async with owner.as_owner() as tx:
        assert await tx.scalar(MISSING) == 0


async def test_indexes_that_are_there_wait_for_nobody(hurried_url: str, owner: Database) -> None:
    async with _somebody_writes(owner):
        await asyncio.wait_for(_bring(hurried_url), 20)


async def _waits(owner: Database) -> bool:
    async with owner.as_owner() as tx:
        return bool(await tx.scalar(WAITING))


async def _bring(url: str) -> None:
    async with wiring.loading(Settings(_env_file=None), url) as loader:
        await loader.bring([a_server("one")], lambda _done, _total: None)


@asynccontextmanager
async def _somebody_writes(owner: Database) -> AsyncIterator[asyncio.Event]:
    """A transaction beside which rows can be written but no index made, until it is let go."""
    held, enough = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with owner.as_owner() as tx:
            await tx.execute(text("LOCK mcp_servers, mcp_tools IN ROW EXCLUSIVE MODE"))
            held.set()
            await enough.wait()

    writing = asyncio.create_task(write())
    await held.wait()
    try:
        yield enough
    finally:
        enough.set()
        await writing
