"""How much of the tables a statement reads: what it is asked for, and not all that a user has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from catalogues import a_server
from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue, history, turns
from outfitter.adapters.store.catalogue import Embedded
from outfitter.adapters.store.server_cache import ServerCache
from outfitter.core.entries.columns import content_hash
from outfitter.core.user import User
from programs.databases import make_user

LONG = 400

# Somebody with many sessions, one of them long, among others with one session each.
_CROWD = (
    "INSERT INTO auth.users (id) SELECT gen_random_uuid() FROM generate_series(1, 600)",
    """
    INSERT INTO sessions (user_id, created_at, title)
    SELECT id, now() - n * interval '1 hour', email || ' ' || n FROM auth.users,
           generate_series(1, CASE email WHEN 'busy@example.com' THEN 300 ELSE 1 END) AS n
    """,
    """
    INSERT INTO turns (id, user_id, session_id)
    SELECT gen_random_uuid(), user_id, id FROM sessions,
           generate_series(1, CASE title WHEN 'busy@example.com 1' THEN 400 ELSE 10 END)
    """,
    """
    INSERT INTO chat_messages (user_id, session_id, turn_id, message, role)
    SELECT user_id, session_id, id, 'said', 'user' FROM turns
    """,
    "ANALYZE",
)
_LONG = text("SELECT CAST(id AS text) FROM sessions WHERE title = 'busy@example.com 1'")
_READ = text(
    """
    SELECT CAST(sum(pg_stat_get_xact_tuples_returned(part)) AS integer)
    FROM (SELECT indexrelid AS part FROM pg_index WHERE indrelid = to_regclass(:table)
          UNION ALL SELECT to_regclass(:table)) AS parts
    """
)

_SCANNED = text("SELECT pg_stat_get_xact_tuples_returned(to_regclass(:table))")


@pytest.fixture
async def busy(owner: Database) -> User:
    """Who has many sessions, among others."""
    user = await make_user(owner, "busy@example.com")
    async with owner.as_owner() as tx:
        for statement in _CROWD:
            await tx.execute(text(statement))
    return user


@asynccontextmanager
async def planned_once(database: Database, user: User) -> AsyncIterator[AsyncConnection]:
    """A transaction in which Postgres plans for all values at once, as it may after a few."""
    async with database.transaction(user) as tx:
        await tx.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        yield tx


async def read(tx: AsyncConnection, table: str) -> int:
    """How many rows of a table and entries of its indexes the transaction has read."""
    return int((await tx.execute(_READ, {"table": table})).scalar_one())


async def long_session(owner: Database) -> str:
    """The session with the most messages."""
    async with owner.as_owner() as tx:
        return str((await tx.execute(_LONG)).scalar_one())


async def test_a_message_reads_the_last_ones_of_a_long_session_only(
    database: Database, owner: Database, busy: User
) -> None:
    session = await long_session(owner)
    hearing = turns.Hearing(new_id(), session, False, new_id(), "hello")
    async with planned_once(database, busy) as tx:
        joined = await turns.hear(tx, busy, hearing)
        assert await read(tx, "chat_messages") < 2 * turns_told(joined)


def turns_told(joined: turns.Joined | None) -> int:
    """How many earlier messages a turn was told."""
    assert joined is not None
    return len(joined.earlier)


async def test_a_page_of_the_history_reads_the_messages_that_it_shows(
    database: Database, busy: User
) -> None:
    async with planned_once(database, busy) as tx:
        page = await history.page(tx, busy, limit=5, offset=0, session=None)
        shown = sum(len(one["messages"]) for one in page.sessions)
        assert await read(tx, "chat_messages") <= shown + len(page.sessions)


async def test_one_session_is_shown_without_a_look_at_the_users_others(
    database: Database, owner: Database, busy: User
) -> None:
    session = await long_session(owner)
    async with planned_once(database, busy) as tx:
        page = await history.page(tx, busy, limit=5, offset=0, session=session)
        assert page.total_count == 1
        assert await read(tx, "sessions") < 10


async def test_a_session_is_deleted_without_a_look_at_the_users_others(
    database: Database, owner: Database, busy: User
) -> None:
    session = await long_session(owner)
    async with planned_once(database, busy) as tx:
        assert await history.delete(tx, busy, session, None)
        for table in ("chat_messages", "turns"):
            assert await read(tx, table) <= LONG + 1


async def test_servers_and_models_are_known_without_reading_the_catalogue(
    database: Database, owner: Database
) -> None:
    servers = [a_server(name) for name in ("mail", "notes", "files")]
    vector = [0.5] * 384
    async with owner.as_owner() as tx:
        await catalogue.upsert(tx, [Embedded(one, vector, ()) for one in servers], "test-model")
    wanted = content_hash(servers[0])
    async with database.transaction(None) as tx:
        # Three servers are read from end to end whatever indexes there are.
        await tx.execute(text("SET LOCAL enable_seqscan = off"))
        found = await ServerCache().fetch(tx, [wanted])
        assert found[wanted][0] == servers[0]
        assert await read(tx, "mcp_servers") == 1
        assert await catalogue.models(tx) == {"test-model"}
        assert await tx.scalar(_SCANNED, {"table": "mcp_servers"}) == 0
