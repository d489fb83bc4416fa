"""Telling a database that is away from a mistake of ours."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from asyncpg import InterfaceError, PostgresError, TargetServerAttributeNotMatched
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from outfitter.core.errors import Unavailable

_log = logging.getLogger(__name__)

# Classes of SQLSTATE: connection, authorization, no such database, conflicts that a second try
# settles, resources, locks, operator's doing, system.
_AWAY_CLASSES = frozenset({"08", "28", "3D", "40", "53", "57", "58"})
_AWAY_STATES = frozenset({"25006", "25P03", "25P04", "55P03"})
_FULL = "53100"


@contextmanager
def told_when_away() -> Iterator[None]:
    """Turn every error that means "not now" into one answer that says nothing of the inside."""
    try:
        yield
    except (PoolTimeout, OSError, DBAPIError, InterfaceError, PostgresError) as error:
        if not is_away(error):
            raise
        _log.warning("the database is away: %s", reason(error))
        raise _told(error) from None


def _told(error: BaseException) -> Unavailable:
    if sqlstate(error) == _FULL:
        detail = "There is no room to store anything just now; what is stored can be read."
        return Unavailable(detail, code="storage_full", retry_after=60)
    return Unavailable("The database is not available just now.", retry_after=2)


def is_away(error: BaseException) -> bool:
    """Whether the error comes from the database's absence and not from the statement."""
    # The driver's own errors come from a connection that ends before it was quite open.
    if isinstance(error, PoolTimeout | OSError | InterfaceError):
        return True
    if isinstance(driver_error(error), TargetServerAttributeNotMatched):
        return True  # while one server of several takes over, none may be what the URL asks for
    state, lost = sqlstate(error), isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or state[:2] in _AWAY_CLASSES or state in _AWAY_STATES


def driver_error(error: BaseException) -> BaseException | None:
    """What the driver itself raised, where an error was made of that."""
    return getattr(error, "orig", error).__cause__


def sqlstate(error: BaseException) -> str:
    """The five characters by which Postgres names an error; empty if it never got that far."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(driver, "sqlstate", None) or "")


def reason(error: BaseException) -> str:
    """The kind of the error, without a word of its text."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(part for part in (type(driver).__name__, sqlstate(error)) if part)


def words(error: BaseException) -> str:
    """What the server itself said, in one line; for those who run it."""
    lines = str(getattr(error, "orig", error)).rpartition(">: ")[2].splitlines()
    return lines[0] if lines else type(error).__name__
