"""What is said of a server without a fit pgvector, and of a database without room for all texts."""

import secrets

import pytest

from outfitter.adapters.postgres import migrations, revisions
from outfitter.adapters.postgres.database import Database
from outfitter.core.errors import Refused
from programs.databases import named, run

# Such servers are hard to come by: one is made to lie about what it has.
AVAILABLE = (
    "CREATE OR REPLACE VIEW pg_catalog.pg_available_extensions AS SELECT name,"
    " CAST('{version}' AS text) AS default_version,"
    ' CAST(NULL AS text) COLLATE "C" AS installed_version, comment'
    " FROM pg_available_extensions() WHERE name = '{name}'"
)
MADE_OF = "UPDATE pg_extension SET extversion = '{version}' WHERE extname = 'vector'"


async def told(url: str) -> str:
    """What a start and a migration alike say of the database; each refuses it."""
    database = Database(url)
    with pytest.raises(Refused) as at_start:
        await database.check(revisions.head())
    await database.close()
    with pytest.raises(Refused) as when_migrating:
        await migrations.upgrade(url)
    assert at_start.value.detail == when_migrating.value.detail
    return at_start.value.detail


async def lie(url: str, *, name: str = "vector", version: str = "0.8.0") -> None:
    """Let the server say that it has that extension alone, in that version."""
    said = AVAILABLE.format(name=name, version=version)
    await run(url, "SET allow_system_table_mods = on", said)


async def test_a_server_without_pgvector_is_told(database_url: str) -> None:
    await lie(database_url, name="plpgsql")

    assert await told(database_url) == (
        "The database server has no pgvector: install that extension on it."
    )


@pytest.mark.parametrize("version", ["0.6.2", "0.4.4"])
async def test_a_server_with_an_old_pgvector_is_told_before_anything_is_made(
    database_url: str, version: str
) -> None:
    await lie(database_url, version=version)

    assert await told(database_url) == (
        f"pgvector 0.7 or later is needed, the database server has {version}: "
        "install a later one on it."
    )


async def test_a_database_that_stayed_with_an_old_pgvector_is_told(database_url: str) -> None:
    await lie(database_url, version="0.10.1")
    await run(database_url, MADE_OF.format(version="0.5.1"))

    assert await told(database_url) == (
        "pgvector 0.7 or later is needed, the database has 0.5.1 and its server 0.10.1: "
        "run `ALTER EXTENSION vector UPDATE` in the database."
    )


@pytest.mark.parametrize("version", ["0.7.0", "0.7", "0.10.0", "1.0"])
async def test_a_later_pgvector_is_fit(database_url: str, version: str) -> None:
    await lie(database_url, version=version)
    await run(database_url, MADE_OF.format(version=version))

    await migrations.upgrade(database_url)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
async def test_a_database_that_lacks_what_people_write_is_told(
    postgres: str, encoding: str
) -> None:
    name = f"outfitter_narrow_{secrets.token_hex(4)}"
    made = f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C' ENCODING '{encoding}'"
    await run(postgres, made)
    try:
        assert await told(named(postgres, name)) == (
            f"The database keeps texts as {encoding}, which cannot hold what people write: "
            "create it anew with ENCODING 'UTF8'."
        )
    finally:
        await run(postgres, f"DROP DATABASE {name} WITH (FORCE)")
