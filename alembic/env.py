"""How migrations meet the database: in one transaction, one run at a time."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from outfitter.adapters.database_url import async_url
from outfitter.adapters.tables import Base
from outfitter.settings import Settings

ONE_AT_A_TIME = 7_308_604_895

# pgvector may live in a schema of its own, Supabase's is `extensions`; our tables live in public.
SEARCH_PATH = """
    SELECT set_config('search_path', concat_ws(', ', 'public', coalesce(
        (SELECT quote_ident(nspname) FROM pg_extension
         JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'),
        'extensions')), true)
"""


def compared(thing: Any, _name: str | None, kind: str, *_: object) -> bool:  # noqa: ANN401 - any item
    """Whether a thing of the models is compared with the database: not what is in `auth`."""
    return kind != "table" or thing.schema != "auth"


def migrate(connection: Connection) -> None:
    """Run what alembic was asked for, after any run before this one has ended."""
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    connection.execute(text("SET LOCAL statement_timeout = '15min'"))
    connection.execute(text(SEARCH_PATH))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=compared,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_from_settings() -> None:
    """Connect as the owner that the settings name, and migrate."""
    settings = Settings()
    url = settings.migration_database_url or settings.database_url
    if url is None:
        raise SystemExit("Set MIGRATION_DATABASE_URL or DATABASE_URL to the owner's address.")
    engine = create_async_engine(async_url(url.get_secret_value()), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    raise SystemExit("The migrations look at the database they run on: --sql cannot be had.")
if (given := context.config.attributes.get("connection")) is not None:
    migrate(given)
else:
    asyncio.run(migrate_from_settings())
