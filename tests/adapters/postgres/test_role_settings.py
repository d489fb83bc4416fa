"""Roles that bring settings of their own along: the service works as it does without them."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from outfitter.adapters.postgres import revisions
from outfitter.adapters.postgres.database import Database
from outfitter.core.errors import Refused
from outfitter.core.user import User
from programs.databases import run, somebody_waits
from waiting import until

NEWEST = "SELECT name FROM pg_settings WHERE name = 'transaction_timeout'"


async def sessions_seen(database: Database, user: User) -> int:
    """How many sessions a user sees once it is their turn."""
    async with database.transaction(user, lock="one") as tx:
        return int((await tx.execute(text("SELECT count(*) FROM sessions"))).scalar_one())


async def test_tables_are_found_whatever_path_a_role_has(database_url: str, api_url: str) -> None:
    name = make_url(database_url).database
    roles = ("CURRENT_USER", "outfitter_api")
    await run(
        database_url,
        "CREATE SCHEMA vectors",
        "ALTER EXTENSION vector SET SCHEMA vectors",
        "GRANT USAGE ON SCHEMA vectors TO public",
        *(f"ALTER ROLE {one} IN DATABASE {name} SET search_path = elsewhere" for one in roles),
    )
    for url in (database_url, api_url):
        database = Database(url)
        await database.check(revisions.head())
        async with database.transaction(None) as tx:
            await tx.execute(text("SELECT CAST('[1]' AS vector) <=> embedding FROM mcp_servers"))
        await database.close()


async def test_a_path_without_the_tables_is_told_where_it_cannot_be_set(
    database_url: str, api_url: str
) -> None:
    alter = f"ALTER ROLE outfitter_api IN DATABASE {make_url(database_url).database}"
    await run(database_url, f"{alter} SET search_path = elsewhere")
    database = Database(api_url, pooler="transaction")
    with pytest.raises(Refused, match="put public into its search_path"):
        await database.check(revisions.head())
    await database.close()


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
async def test_what_was_done_before_a_lock_was_had_counts_whatever_a_role_keeps_apart(
    database: Database, owner: Database, user: User, level: str
) -> None:
    async with owner.as_owner() as tx:
        name = (await tx.execute(text("SELECT current_database()"))).scalar_one()
        alter = f"ALTER ROLE outfitter_api IN DATABASE {name} SET default_transaction_isolation"
        await tx.execute(text(f"{alter} = '{level}'"))
    async with owner.as_owner() as tx:
        await tx.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('one', 0))"))
        seen = asyncio.create_task(sessions_seen(database, user))
        await until(lambda: somebody_waits(owner))
        await tx.execute(
            text("INSERT INTO sessions (user_id) VALUES (CAST(:id AS uuid))"), {"id": user.id}
        )
    assert await seen == 1


async def test_the_owner_takes_the_time_that_it_needs(database_url: str, owner: Database) -> None:
    async with owner.as_owner() as tx:
        newest = (await tx.execute(text(NEWEST))).scalars().all()
    limits = ("statement_timeout", "idle_in_transaction_session_timeout", *newest)
    name = make_url(database_url).database
    await run(
        database_url,
        *(f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET {one} = '500ms'" for one in limits),
    )
    patient = Database(database_url, answer_within=None)
    async with patient.as_owner() as tx:
        await tx.execute(text("SELECT pg_sleep(0.7)"))
        await asyncio.sleep(0.7)
        await tx.execute(text("SELECT 1"))
    await patient.close()
