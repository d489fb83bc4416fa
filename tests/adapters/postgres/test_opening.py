"""What every transaction begins with, and every connection before it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from outfitter.adapters.postgres import database as adapter
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store.catalogue import NEAR_TOOLS
from outfitter.core.user import User
from programs.databases import run

_LIMITS = text("""
    SELECT name, CAST(current_setting(name) AS interval) AS given
    FROM unnest(ARRAY['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'])
         AS name
""")


async def test_the_server_gives_up_on_a_user_before_the_client_gives_up_on_it(
    database: Database, user: User
) -> None:
    async with database.transaction(user) as tx:
        limits = {row.name: row.given for row in await tx.execute(_LIMITS)}

    never, last = timedelta(0), timedelta(seconds=adapter._ANSWER_WITHIN)  # noqa: SLF001 - the client's
    assert never < limits["lock_timeout"] < limits["statement_timeout"] < last
    assert never < limits["idle_in_transaction_session_timeout"] < last


@pytest.mark.parametrize(
    ("pooler", "path"), [("none", "public, public"), ("transaction", "theirs")]
)
async def test_the_path_of_a_session_that_is_not_ours_alone_stays_as_it_is(
    database_url: str, api_url: str, pooler: str, path: str
) -> None:
    name = make_url(database_url).database
    await run(database_url, f"ALTER DATABASE {name} SET search_path = theirs")
    database = Database(api_url, pooler=pooler)
    async with database.transaction(None) as tx:
        assert await tx.scalar(text("SHOW search_path")) == path
    await database.close()


async def test_a_search_by_index_ends_when_it_has_as_many_tools_as_are_asked_for(
    database: Database,
) -> None:
    async with database.transaction(None) as tx:
        assert await tx.scalar(text("SHOW hnsw.ef_search")) == str(NEAR_TOOLS)


async def test_no_statement_is_compiled_before_it_runs(database: Database) -> None:
    async with database.transaction(None) as tx:
        assert await tx.scalar(text("SHOW jit")) == "off"
