"""Real databases for tests: one server a run, one migrated template, one clone a test.

DATABASE_URL names a server to use (scratch databases are made there, the named one is left alone,
the password of the role `outfitter_api` is set anew) and a superuser, as tests end connections
and look past row security. What carries a dump from there to the embedded server fails where the
embedded one lacks security releases of Postgres that the other has. TEST_DB=docker starts a
container; otherwise the embedded server runs in a folder that goes away.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from outfitter import wiring
from outfitter.adapters.postgres import migrations
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_away import sqlstate
from outfitter.adapters.postgres.database_url import async_url
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.core.catalogue import Server
from outfitter.core.user import User
from outfitter.settings import Settings

API_ROLE = "outfitter_api"
# Everything that keeps rows, whoever it belongs to, but what is Postgres' own.
_TABLES = """
    SELECT one.oid::regclass::text FROM pg_catalog.pg_class AS one
    JOIN pg_catalog.pg_namespace AS place ON place.oid = one.relnamespace
    WHERE one.relkind IN ('r', 'p', 'm') AND place.nspname !~ '^(pg_|information_schema$)'
"""
_TIMES = {
    "turns": ("created_at", "updated_at"),
    "sessions": ("created_at", "updated_at"),
    "chat_messages": ("created_at",),
    "turn_slots": ("heard_at",),
    "audit_log": ("created_at",),
}
_API_PASSWORD = "outfitter-test"
_IMAGE = "pgvector/pgvector:pg17"
_LOCK = 7_205_759
_ROOMY = 4 * 2**30


@contextmanager
def running_server() -> Iterator[str]:
    """The owner's URL of a server for this run."""
    if url := os.environ.get("DATABASE_URL"):
        yield async_url(url)
    elif os.environ.get("TEST_DB") == "docker":
        with _container() as url:
            yield url
    else:
        with open_folder() as folder, EmbeddedPostgres(folder, durable=False) as url:
            yield url


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that other users of the machine may pass through."""
    with tempfile.TemporaryDirectory(prefix="outfitter-test-", dir=_memory()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@asynccontextmanager
async def migrated_template(server: str) -> AsyncIterator[str]:
    """The name of a migrated database that nobody can connect to, only copy."""
    name = f"outfitter_test_{secrets.token_hex(4)}"
    await run(server, f"CREATE DATABASE {name}")
    try:
        await migrations.upgrade(named(server, name))
        await _set_password(server)
        await run(server, f"ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
        yield name
    finally:
        await run(
            server,
            f"ALTER DATABASE {name} WITH IS_TEMPLATE false",
            f"DROP DATABASE {name} WITH (FORCE)",
        )


@asynccontextmanager
async def stocked_template(server: str, servers: Sequence[Server]) -> AsyncIterator[str]:
    """As `migrated_template`, with these servers in the catalogue."""
    async with migrated_template(server) as name:
        await run(server, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        await stock(named(server, name), servers)
        await run(server, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        yield name


@asynccontextmanager
async def clone(server: str, template: str) -> AsyncIterator[str]:
    """The owner's URL of a fresh copy of the template."""
    name = f"{template}_{secrets.token_hex(4)}"
    await run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield named(server, name)
    finally:
        await run(server, f"DROP DATABASE {name} WITH (FORCE)")


async def stock(
    url: str,
    servers: Sequence[Server],
    **settings: Any,  # noqa: ANN401 - any setting
) -> None:
    """Load servers into the catalogue of a database, given the owner's URL."""
    async with wiring.loading(Settings(_env_file=None, **settings), url) as loader:
        await loader.load(servers, lambda _done, _total: None)


async def run(url: str, *statements: str) -> None:
    """Run statements one by one, each committed at once."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    await engine.dispose()


def named(url: str, database: str) -> str:
    """The same server's URL with another database."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def on_port(url: str, port: int) -> str:
    """The same database's URL behind another port of its host."""
    return make_url(url).set(port=port).render_as_string(hide_password=False)


def plain(url: str) -> str:
    """A database's URL as an operator writes it, and asyncpg itself reads it."""
    # What stands for a blank in SQLAlchemy's is one, and libpq refuses that.
    return url.replace("+asyncpg", "").replace(" ", "%20")


def as_api(url: str) -> str:
    """The same database's URL with the service's own role."""
    changed = make_url(url).set(username=API_ROLE, password=_API_PASSWORD)
    return changed.render_as_string(hide_password=False)


def is_refused(error: DBAPIError) -> bool:
    """Whether the role lacked a right, in whatever language the server says so."""
    return sqlstate(error) == "42501"


async def make_user(owner: Database, email: str | None = None) -> User:
    """A user whom the database knows."""
    user = User(id=str(uuid4()), email=email or f"{secrets.token_hex(4)}@example.com")
    async with owner.as_owner() as tx:
        await tx.execute(
            text("INSERT INTO auth.users (id, email) VALUES (CAST(:id AS uuid), :email)"),
            {"id": user.id, "email": user.email},
        )
    return user


async def grow_old(owner: Database, days: int) -> None:
    """Let all that was said and noted be so many days older."""
    async with owner.as_owner() as tx:
        for table, columns in _TIMES.items():
            older = ", ".join(f"{one} = {one} - make_interval(days => :days)" for one in columns)
            await tx.execute(text(f"UPDATE {table} SET {older}"), {"days": days})  # noqa: S608


async def all_rows(owner: Database) -> dict[str, str]:
    """Each table of the owner's database with all that is in it."""
    rows = "SELECT to_jsonb(one)::text FROM {} AS one"
    async with owner.as_owner() as tx:
        tables = (await tx.execute(text(_TABLES))).scalars().all()
        return {
            one: "\n".join((await tx.execute(text(rows.format(one)))).scalars()) for one in tables
        }


async def somebody_waits(owner: Database) -> bool:
    """Whether anybody waits for a lock in the owner's database."""
    return await waiting(owner) > 0


async def waiting(owner: Database) -> int:
    """How many wait for a lock in the owner's database; others of its server do not count."""
    asked = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with owner.as_owner() as tx:
        return int((await tx.execute(asked)).scalar_one())


def _memory() -> Path | None:
    # Copying a database is many small files: in memory it takes a tenth of the time.
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOMY
    return memory if roomy and os.access(memory, os.W_OK) else None


@contextmanager
def _container() -> Iterator[str]:
    from testcontainers.postgres import PostgresContainer  # noqa: PLC0415 - slow, and rarely used

    with PostgresContainer(_IMAGE, driver="asyncpg") as container:
        yield container.get_connection_url()


async def _set_password(server: str) -> None:
    # Roles belong to the whole server, and several workers may share one.
    engine = create_async_engine(server, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await migrations.set_api_password(server, _API_PASSWORD)
    await engine.dispose()
