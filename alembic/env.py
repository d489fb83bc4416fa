"""How migrations meet the database: each in a transaction of its own, one run at a time."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from outfitter.adapters.postgres.database_url import async_url
from outfitter.adapters.postgres.migration_locks import alone
from outfitter.adapters.postgres.tables import Base
from outfitter.settings import Settings


def compared(thing: Any, _name: str | None, kind: str, *_: object) -> bool:  # noqa: ANN401 - any item
    """Whether a thing of the models is compared with the database: not what is in `auth`."""
    return kind != "table" or thing.schema != "auth"


def migrate(connection: Connection) -> None:
    """Run what alembic was asked for."""

    def run() -> None:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=compared,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()

    alone(connection, run)


async def migrate_from_settings() -> None:
    """Connect as the owner that the settings name, and migrate."""
    settings = Settings()
    url = settings.migration_database_url or settings.database_url
    if url is None:
        raise SystemExit("Set MIGRATION_DATABASE_URL or DATABASE_URL to the owner's address.")
    engine = create_async_engine(async_url(url.get_secret_value()), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    raise SystemExit("The migrations look at the database they run on: --sql cannot be had.")
if (given := context.config.attributes.get("connection")) is not None:
    migrate(given)
else:
    asyncio.run(migrate_from_settings())
