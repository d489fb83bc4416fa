"""The forms in which people write a Postgres address, as the one our driver takes."""

from collections.abc import Iterator

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from outfitter.core.address import LAST_PORT
from outfitter.core.errors import Refused

_SCHEMES = {"postgres", "postgresql", "postgresql+asyncpg"}
_TAKEN = {"host", "port", "ssl", "target_session_attrs"}
# Advice to other drivers, or something asyncpg settles with the server by itself.
_PASSED_OVER = {"application_name", "channel_binding", "gssencmode", "pgbouncer", "connect_timeout"}


def async_url(url: str) -> str:
    """The asyncpg form of a Postgres URL; Refused, without quoting it, if there is none."""
    parsed = _parsed(url)
    options = dict(parsed.query)
    if mode := options.pop("sslmode", None):
        options["ssl"] = mode
    unknown = sorted(options.keys() - _TAKEN - _PASSED_OVER)
    if "sslrootcert" in unknown:
        raise Refused("Take sslrootcert from the database URL: set PGSSLROOTCERT to that file.")
    if unknown:
        raise Refused(
            f"The database URL has options we cannot follow, take them away: {', '.join(unknown)}."
        )
    kept = {name: value for name, value in options.items() if name in _TAKEN}
    changed = parsed.set(drivername="postgresql+asyncpg", query=kept)
    return changed.render_as_string(hide_password=False)


def _parsed(url: str) -> URL:
    # No message of the parser is passed on: it quotes the URL, and the URL holds the password.
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        raise Refused("The database URL cannot be read: postgresql://USER@HOST/DATABASE.") from None
    if parsed.drivername not in _SCHEMES:
        raise Refused("The database URL must begin with postgresql:// (only Postgres will do).")
    # What a password has behind its first @ would pass for the host, which messages name.
    if "@" in (parsed.host or "") or "@" in _path(url):
        raise Refused("The database URL has two @: write the one within the password as %40.")
    if "%2f" in (parsed.host or "").lower():
        raise Refused(
            "Name a socket's folder in an option: postgresql://USER@/DATABASE?host=/FOLDER."
        )
    if not parsed.database:
        raise Refused("The database URL names no database: postgresql://USER@HOST/DATABASE.")
    if any(not _is_port(one) for one in _ports(parsed)):
        raise Refused(f"The port of a database URL is a number from 1 to {LAST_PORT}.")
    return parsed


def _path(url: str) -> str:
    """What stands as the name of the database, as it is written."""
    return url.partition("://")[2].partition("?")[0].partition("/")[2]


def _ports(url: URL) -> Iterator[str]:
    """Every port that is named, where the others stand or in an option."""
    if url.port is not None:
        yield str(url.port)
    for listed in url.normalized_query.get("port", ()):
        yield from listed.split(",")


def _is_port(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) <= LAST_PORT
