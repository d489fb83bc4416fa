"""The tables brought to this version, or taken away, by the database's owner."""

import hashlib
import hmac
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from outfitter.adapters.postgres.database_away import sqlstate, words
from outfitter.adapters.postgres.database_check import (
    STATE,
    diagnosis,
    no_pgvector,
    require_able,
    serves,
)
from outfitter.adapters.postgres.database_url import async_url
from outfitter.adapters.postgres.migration_locks import LOCKED
from outfitter.adapters.postgres.revisions import INI, head
from outfitter.core.errors import OutfitterError, Refused

_ROUNDS = 4096
_NO_RIGHT = "42501"
_OWNER = "; let MIGRATION_DATABASE_URL name the owner of the database"
# By what is in a statement: what to do where its right is lacking.
_REMEDIES = {
    "CREATE EXTENSION": ", so a superuser must first run `CREATE EXTENSION vector` in {database}",
    "CREATE ROLE": "; let the owner have CREATEROLE, or a superuser make the roles first, as "
    "docs/operating.md says",
    "ALTER ROLE outfitter_api IN DATABASE": "; let a superuser run `ALTER EXTENSION vector SET "
    "SCHEMA public` in {database}",
    "ALTER ROLE outfitter_api PASSWORD": "; let whoever made that role set the password, and "
    "migrate without DATABASE_URL",
}
_NO_PGVECTOR = frozenset({"0A000", "58P01"})


async def upgrade(owner_url: str) -> None:
    """Bring the tables to this version; nothing happens if they are, or if a later one did.

    Alembic keeps what it works on in a module, so a process migrates one database at a time.
    """

    def on(config: Config) -> None:
        connection: Connection = config.attributes["connection"]
        require_able(connection.execute(STATE).one())
        if _later(config) is None:
            command.upgrade(config, "head")

    await _with_config(owner_url, on)


async def downgrade(owner_url: str, to: str = "base") -> None:
    """Take the tables back to an earlier revision, or away."""

    def on(config: Config) -> None:
        if (later := _later(config)) is not None:
            raise Refused(f"Only a later version of the service can take revision {later} back.")
        command.downgrade(config, to)

    await _with_config(owner_url, on)


async def check(owner_url: str) -> None:
    """Raise alembic's error if the tables are not what the models say."""
    await _with_config(owner_url, command.check)


async def set_api_password(owner_url: str, password: str) -> None:
    """Let the service's own role log in with that password."""
    # The server is given what it stores anyway, so that no log of statements shows the password.
    statement = f"ALTER ROLE outfitter_api PASSWORD '{scram_verifier(password)}'"
    await _as_owner(owner_url, lambda connection: connection.exec_driver_sql(statement))


def scram_verifier(password: str) -> str:
    """The password as SCRAM-SHA-256 keeps it (RFC 5803)."""
    salt = secrets.token_bytes(16)
    plain = unicodedata.normalize("NFKC", password).encode()
    salted = hashlib.pbkdf2_hmac("sha256", plain, salt, _ROUNDS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    shown = (salt, hashlib.sha256(client).digest(), server)
    salted_with, stored, of_server = (b64encode(part).decode() for part in shown)
    return f"SCRAM-SHA-256${_ROUNDS}:{salted_with}${stored}:{of_server}"


def _later(config: Config) -> str | None:
    """The revision of the database, if it is one that only later versions know."""
    connection: Connection = config.attributes["connection"]
    revision = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    return revision if revision != head() and serves(revision, head()) else None


async def _with_config(owner_url: str, run: Callable[[Config], None]) -> None:
    def on(connection: Connection) -> None:
        config = Config(INI)
        config.attributes["connection"] = connection
        run(config)

    await _as_owner(owner_url, on)


async def _as_owner(owner_url: str, run: Callable[[Connection], object]) -> None:
    engine = create_async_engine(
        async_url(owner_url),
        poolclass=NullPool,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
    )
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    except (OSError, DBAPIError) as error:
        raise _told(engine.url, error) from None
    finally:
        await engine.dispose()


def _told(url: URL, error: OSError | DBAPIError) -> OutfitterError:
    """What the owner can do about it, in one line."""
    state = sqlstate(error)
    if state in _NO_PGVECTOR:
        return no_pgvector()
    if state == LOCKED:
        return Refused("Somebody holds the tables: migrate again when the service is quiet.")
    if state != _NO_RIGHT and (known := diagnosis(url, error)):
        return known
    return Refused(f"The database refuses the migration: {words(error)}{_remedy(url, error)}.")


def _remedy(url: URL, error: OSError | DBAPIError) -> str:
    """Who can do what the owner lacks the right for, told by the statement that failed.

    The server's words tell nothing: it speaks the language that it was set up with.
    """
    if sqlstate(error) != _NO_RIGHT:
        return ""
    tried = str(getattr(error, "statement", ""))
    told = (remedy for part, remedy in _REMEDIES.items() if part in tried)
    return next(told, _OWNER).format(database=url.database)
