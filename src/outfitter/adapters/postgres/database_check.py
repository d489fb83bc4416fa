"""What must be true of a database before the service starts, told in one line if it is not."""

import re
from dataclasses import dataclass
from errno import EACCES, ENOENT
from ssl import SSLCertVerificationError, SSLError
from typing import Any

from asyncpg.exceptions import ClientConfigurationError
from sqlalchemy import Row, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.adapters.postgres.database_away import driver_error, is_away, sqlstate, words
from outfitter.core.errors import OutfitterError, Refused, Unavailable

_OLDEST = 15
# The first with vectors at half precision, and with parts of vectors.
_OLDEST_VECTOR = "0.7"
_MIGRATE = "run `outfitter migrate`"
_RIGHT_ROLE = "let DATABASE_URL name outfitter_api"
POOLED = (
    "A pooler hands connections of the database on between transactions: set DB_POOLER=transaction."
)
# What the states mean that somebody has to mend; see PostgreSQL's list of error codes.
_REFUSALS = {
    "28P01": "The database refuses {role}: correct user and password of its URL.",
    "28000": "The database does not let {role} in from here: let a line of its pg_hba.conf do so, "
    "with TLS or without as the URL says, and let the role log in.",
    "3D000": "There is no database {database}: create it first.",
    "42501": f"The database refuses {{role}} something, {{said}}: {_MIGRATE}, {_RIGHT_ROLE}, or "
    "give that right back, which a restore without privileges loses.",
    "25006": "The database takes nothing new: let its URL name the primary, or end what keeps it "
    "from writing.",
    "42P05": POOLED,
    "26000": POOLED,
}
_TOO_MANY = "53300"
_NUMBERED = re.compile(r"[0-9]{4}")

STATE = text(
    """
    SELECT CAST(current_setting('server_version_num') AS int) / 10000 AS version,
           current_setting('server_encoding') AS encoding,
           (SELECT default_version FROM pg_available_extensions WHERE name = 'vector') AS vector,
           (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS made_of,
           to_regclass('alembic_version') IS NOT NULL AS has_tables,
           to_regclass('public.alembic_version') IS NOT NULL AS is_made
    """
)
# Since Postgres 16 whoever makes a role is its member, and may yet not become it. What a user needs
# of the tables is asked for one right each: they are lost together, by a restore without them.
_RIGHTS = text(
    """
    SELECT CAST(current_user AS text) AS name, rolsuper OR rolbypassrls AS is_above,
           ARRAY(SELECT place FROM (VALUES
                     ('sessions', 'INSERT'), ('turns', 'INSERT'), ('chat_messages', 'INSERT'),
                     ('credentials', 'INSERT'), ('agents', 'INSERT'), ('audit_log', 'INSERT'),
                     ('mcp_servers', 'SELECT'), ('mcp_tools', 'SELECT')) AS given (place, what)
                 WHERE NOT has_table_privilege(
                     to_regrole('authenticated'), to_regclass(place), what)) AS lost,
           ARRAY(SELECT wanted FROM unnest(ARRAY['anon', 'authenticated']) AS wanted
                 WHERE coalesce(NOT pg_has_role(current_user, to_regrole(wanted), becoming), true)
                ) AS lacking
    FROM pg_roles, (SELECT CASE WHEN CAST(current_setting('server_version_num') AS int) < 160000
                           THEN 'MEMBER' ELSE 'SET' END AS becoming) AS since
    WHERE rolname = current_user
    """
)
_IDENTITY = text(
    "SELECT oid, pg_postmaster_start_time() FROM pg_database WHERE datname = current_database()"
)
_ONLY_READS = text("SELECT CAST(current_setting('transaction_read_only') AS boolean)")
_CLOCK = text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)")
_WRITTEN = text("SELECT CAST(pg_current_wal_lsn() - '0/0' AS bigint)")
_REPLAYED = text(
    """
    SELECT CASE WHEN pg_is_in_recovery()
           THEN CAST(pg_last_wal_replay_lsn() - '0/0' AS bigint) END
    """
)
# How many connections the role may have at once, as the server, itself and the database allow.
_ROOM = text(
    """
    SELECT least(
        CAST(current_setting('max_connections') AS int)
            - CAST(current_setting('superuser_reserved_connections') AS int)
            - coalesce(CAST(current_setting('reserved_connections', true) AS int), 0),
        (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
        (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()))
    """
)
_OWNS = text(
    "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('mcp_servers')"
)
_REVISION = text("SELECT version_num FROM alembic_version")


async def check(connection: AsyncConnection, head: str) -> None:
    """Refuse a database that is too old, lacks pgvector, or is not yet at the revision `head`."""
    state = (await connection.execute(STATE)).one()
    require_able(state)
    revision = (await connection.execute(_REVISION)).scalar() if state.has_tables else None
    if state.is_made and not state.has_tables:
        raise Refused(
            "The tables are in the schema public, where this role does not look; behind a pooler "
            "only it can say so: put public into its search_path, or reset that."
        )
    if revision is None:
        raise Refused(f"The database has no tables yet: {_MIGRATE}.")
    if not serves(revision, head):
        raise Refused(f"The database is at revision {revision}, not at {head}: {_MIGRATE}.")


def require_able(state: Row[Any]) -> None:
    """Refuse, by its STATE, a server too old or without a fit pgvector, and texts not in UTF-8."""
    if state.version < _OLDEST:
        raise Refused(f"Postgres {_OLDEST} or later is needed, this is {state.version}.")
    if state.encoding != "UTF8":
        raise Refused(
            f"The database keeps texts as {state.encoding}, which cannot hold what people write: "
            "create it anew with ENCODING 'UTF8'."
        )
    if state.vector is None:
        raise no_pgvector()
    if not _is_able(state.vector):
        raise Refused(
            f"pgvector {_OLDEST_VECTOR} or later is needed, the database server has "
            f"{state.vector}: install a later one on it."
        )
    if state.made_of and not _is_able(state.made_of):
        raise Refused(
            f"pgvector {_OLDEST_VECTOR} or later is needed, the database has {state.made_of} and "
            f"its server {state.vector}: run `ALTER EXTENSION vector UPDATE` in the database."
        )


def _is_able(version: str) -> bool:
    """Whether a version of pgvector has what the tables are made of."""
    oldest, numbers = (
        [int(one) for one in re.findall(r"[0-9]+", said)[:2]] for said in (_OLDEST_VECTOR, version)
    )
    return numbers >= oldest


def no_pgvector() -> Refused:
    """What to say of a server that lacks the extension, whoever finds out."""
    return Refused("The database server has no pgvector: install that extension on it.")


def serves(revision: str | None, head: str) -> bool:
    """Whether code that needs the revision `head` can work on tables of that revision.

    Revisions are numbered in order, and later ones only add.
    """
    return revision is not None and bool(_NUMBERED.fullmatch(revision)) and revision >= head


@dataclass(frozen=True, slots=True)
class Role:
    """Whom the service is in the database, and what is risky about that."""

    name: str
    risk: str | None


async def role_of(connection: AsyncConnection) -> Role:
    """The role that connected; Refused unless it can act as users."""
    found = (await connection.execute(_RIGHTS)).one()
    if found.lacking:
        raise Refused(f"{found.name} may not act as {' or '.join(found.lacking)}: {_RIGHT_ROLE}.")
    if found.lost:
        raise Refused(
            f"Users may not use {', '.join(found.lost)}: give authenticated its rights there back, "
            "which a restore without privileges loses."
        )
    risk = f"{found.name} stands above row security: {_RIGHT_ROLE}." if found.is_above else None
    return Role(found.name, risk)


async def identity_of(connection: AsyncConnection) -> tuple[object, ...]:
    """What tells the connected database from any other, on whichever server, by whatever URL."""
    return tuple((await connection.execute(_IDENTITY)).one())


async def only_reads(connection: AsyncConnection) -> bool:
    """Whether nothing can be written, as on a replica."""
    return bool(await connection.scalar(_ONLY_READS))


async def time_of(connection: AsyncConnection) -> float:
    """What the server's clock says, in seconds."""
    return float((await connection.execute(_CLOCK)).scalar_one())


async def written_by(connection: AsyncConnection) -> int:
    """How far a server has written its log."""
    return int((await connection.execute(_WRITTEN)).scalar_one())


async def replayed_by(connection: AsyncConnection) -> int | None:
    """How far into another's log a server has come; None if it follows none."""
    found: int | None = await connection.scalar(_REPLAYED)
    return found


async def room_of(connection: AsyncConnection) -> int:
    """How many connections the role that connected may have at once."""
    return int((await connection.execute(_ROOM)).scalar_one())


async def check_owner(connection: AsyncConnection) -> None:
    """Refuse a role that may not do what is left to the owner of the tables."""
    if not (await connection.execute(_OWNS)).scalar():
        raise Refused(
            "Let MIGRATION_DATABASE_URL name the owner of the tables: only it can do this."
        )


def diagnosis(url: URL, error: Exception) -> OutfitterError | None:
    """What to do about an error that came instead of an answer; None if it is a fault of ours."""
    state, role = sqlstate(error), url.username
    if state in _REFUSALS:
        said = _REFUSALS[state].format(role=role, database=url.database, said=words(error))
        return Refused(said)
    if state == _TOO_MANY:
        return Unavailable(
            f"The database at {_place(url)} has no connection left for {role}: raise its "
            "max_connections or the limit of that role, or lower DB_POOL_SIZE or WORKERS.",
            retry_after=2,
        )
    # The driver read the URL and did not get as far as asking.
    if isinstance(cause := driver_error(error), ClientConfigurationError):
        return Refused(f"The database URL cannot be followed: {cause.args[0]}.")
    return _unreached(url, error) if is_away(error) else None


def _unreached(url: URL, error: Exception) -> OutfitterError:
    place = _place(url)
    if isinstance(error, SSLCertVerificationError):
        return Refused(
            f"The certificate of the database at {place} is not trusted, "
            f"{error.verify_message.rstrip('.')}: "
            "let PGSSLROOTCERT name the file of whoever signed it, or correct the host in its URL."
        )
    # The driver looks into the home too, which a supervisor may have left as root's.
    if url.host and _lacks_a_file(error):
        return Refused(
            f"A file for TLS to the database at {place} cannot be read: let PGSSLROOTCERT name one "
            "that can, and HOME the home of whoever runs this."
        )
    # The driver tells this from a server that is away by its words alone.
    if isinstance(error, ConnectionError) and "rejected SSL" in str(error):
        return Refused(
            f"The database at {place} has no TLS: switch it on there, or take sslmode from its URL."
        )
    return Unavailable(
        f"The database at {place} does not answer: start it, or correct its URL.",
        retry_after=2,
    )


def _lacks_a_file(error: Exception) -> bool:
    """Whether a file could not be opened, or held no certificate."""
    if isinstance(error, SSLError):
        return error.library in {"X509", "PEM"}
    return isinstance(error, OSError) and error.errno in {EACCES, ENOENT}


def _place(url: URL) -> str:
    """Where the server should be: hosts may stand in an option too, and none is a socket here."""
    if url.host:
        return f"{url.host}:{url.port or 5432}"
    return ",".join(url.normalized_query.get("host", ())) or "the socket of this machine"
