"""The locks of a migration of a database in use: one runs at a time, waits briefly, and retries."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only

from outfitter.adapters.postgres.database import FIND_TABLES
from outfitter.adapters.postgres.database_away import sqlstate
from outfitter.core.errors import Unavailable

_log = logging.getLogger(__name__)

_ONE_AT_A_TIME = 7_308_604_895
_TURN_WITHIN, _LOOK_EVERY = 60.0, 0.2
# Whoever asks for a table waits behind a statement that waits for its lock, so it gives up soon and
# lets them all through before it tries again; before Postgres looks for deadlocks, too, which comes
# after a second and might end a request rather than the migration.
_SETTINGS = {"lock_timeout": "500ms", "statement_timeout": "15min", "transaction_timeout": "0"}
# The last of them came with Postgres 17.
_SET = text("SELECT set_config(name, :value, false) FROM pg_settings WHERE name = :name")
_WAITS = (0.5, 1.0, 2.0, 4.0, *(8.0,) * 7)
LOCKED, _DEADLOCK = "55P03", "40P01"


def alone(connection: Connection, migrate: Callable[[], None]) -> None:
    """Run a migration after any run before it has ended, again and again while others hold locks.

    Each revision is committed for itself, so a second try goes on where the first one stood.
    """
    _wait_for_turn(connection)
    for name, value in _SETTINGS.items():
        connection.execute(_SET, {"name": name, "value": value})
    connection.execute(text(FIND_TABLES))
    connection.commit()
    for wait in _WAITS:
        try:
            migrate()
        except DBAPIError as error:
            if sqlstate(error) not in {LOCKED, _DEADLOCK}:
                raise
            connection.rollback()
            _log.warning("somebody holds the tables: trying again in %s s", wait)
            await_only(asyncio.sleep(wait))
        else:
            return
    migrate()


def _wait_for_turn(connection: Connection) -> None:
    """Ask now and again: an index made concurrently waits for whoever waits in a statement."""
    mine = text("SELECT pg_try_advisory_lock(:key)")
    for _ in range(round(_TURN_WITHIN / _LOOK_EVERY)):
        has_turn = connection.scalar(mine, {"key": _ONE_AT_A_TIME})
        connection.commit()
        if has_turn:
            return
        await_only(asyncio.sleep(_LOOK_EVERY))
    raise Unavailable("Another migration is still under way: try again when it has ended.")
