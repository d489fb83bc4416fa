"""The database: short transactions as a user, and what keeps them from working."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache
from typing import Any

from sqlalchemy import TextClause, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import QueuePool

from outfitter.adapters.postgres.database_away import told_when_away
from outfitter.adapters.postgres.database_check import POOLED, check, diagnosis
from outfitter.adapters.postgres.database_url import async_url
from outfitter.core.errors import Refused, Unauthenticated
from outfitter.core.user import User

_CONNECT_WITHIN = 5.0
# Of the client, for a network that swallows packets; the server's own limits are below it.
_ANSWER_WITHIN = 30.0
_ONE_TRANSACTION = {
    "timezone": "UTC",  # times inside JSON are written in the session's zone
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "15s",
    "jit": "off",  # a search among thousands is thought dear enough, and runs for milliseconds
    "hnsw.ef_search": "60",  # an index scan stops there, and 60 tools are asked for
}
_OWNER = text("SELECT 1")
_PROCESS = text("SELECT pg_backend_pid()")
# Whoever hosts the database may have set limits of their own, one of which came with Postgres 17.
_PATIENT_OWNER = text(
    "SELECT count(set_config(name, '0', true)) FROM pg_settings WHERE name IN"
    " ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')"
)
# Our tables live in public, whatever path a role has of its own. pgvector may live in a schema of
# its own, Supabase's is `extensions`.
FIND_TABLES = """
    SELECT set_config('search_path', concat_ws(', ', 'public', coalesce(
        (SELECT quote_ident(nspname) FROM pg_extension
         JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'),
        'extensions')), false)
"""


class Database:
    """A pool of connections; every transaction begins by saying who asks.

    A statement is given up after `answer_within` seconds; None lets the owner's take their time.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 5,
        pool_timeout: float = 3.0,
        pooler: str = "none",
        answer_within: float | None = _ANSWER_WITHIN,
    ) -> None:
        self._owner = _PATIENT_OWNER if answer_within is None else _OWNER
        self._pooler = pooler
        self._engine = create_async_engine(
            async_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_timeout,
            # What others did before they let go of a lock counts, whatever a role would have.
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args=_driver_settings(pooler, answer_within),
        )
        event.listen(self._engine.sync_engine, "connect", _read_json)
        # Behind a pooler a session is not ours alone, and the path is what the role brings along.
        if pooler != "transaction":
            event.listen(self._engine.sync_engine, "connect", _find_tables)

    @property
    def pool_in_use(self) -> int:
        """How many connections are out just now."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @asynccontextmanager
    async def transaction(
        self,
        user: User | None,
        *,
        remember: bool = False,
        lock: str | None = None,
        shares: str | None = None,
    ) -> AsyncIterator[AsyncConnection]:
        """One transaction with the user's rights, or an anonymous visitor's.

        `remember` makes the user known to the database; `lock` is held to the end by one at a time,
        what it `shares` by any number, while nobody locks that.
        Raises Unauthenticated if the account was deleted after the user's token was issued.
        """
        values = {"role": _role(user), "claims": _claims(user)}
        locks = {"lock": lock, "shares": shares}
        values |= {name: what for name, what in locks.items() if what is not None}
        opening = _opening(user is not None, remember, lock is not None, shares is not None)
        async with self._begun(opening, values) as tx:
            yield tx

    @asynccontextmanager
    async def as_owner(self) -> AsyncIterator[AsyncConnection]:
        """One transaction with the rights of the URL's own role."""
        async with self._begun(self._owner, {}) as tx:
            yield tx

    async def check(self, head: str) -> None:
        """Find out whether the service can work here; an error says in one line what to do."""
        with self.diagnosed():
            async with self._engine.connect() as connection:
                await check(connection, head)

    async def check_pooler(self) -> None:
        """Refuse a pooler that hands connections on where none was named."""
        if self._pooler == "none" and await self._is_handed_on():
            raise Refused(POOLED)

    async def _is_handed_on(self) -> bool:
        """Whether two connections of ours, neither in a transaction, meet one of the server's."""
        processes = set()
        async with self._engine.connect() as one, self._engine.connect() as other:
            for connection in (one, other):
                processes.add(await connection.scalar(_PROCESS))
                await connection.rollback()
        return len(processes) == 1

    @contextmanager
    def diagnosed(self) -> Iterator[None]:
        """Turn what the database says against what is done inside into what to do about it."""
        with told_when_away():
            try:
                yield
            except (OSError, DBAPIError, PoolTimeout) as error:
                told = diagnosis(self._engine.url, error)
                if told is None:
                    raise
                raise told from None

    async def close(self) -> None:
        """Let all connections go."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _begun(
        self, opening: TextClause, values: dict[str, str]
    ) -> AsyncIterator[AsyncConnection]:
        with told_when_away():
            async with AsyncExitStack() as ending:
                tx = await self._first(opening, values, ending)
                yield tx

    async def _first(
        self, opening: TextClause, values: dict[str, str], ending: AsyncExitStack
    ) -> AsyncConnection:
        # A pooled connection may have died in its sleep. Nothing has happened yet when the first
        # statement finds out, so it is said again on a fresh one; the pool drops all old ones.
        try:
            return await self._said(opening, values, ending)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await self._said(opening, values, ending)

    async def _said(
        self, opening: TextClause, values: dict[str, str], ending: AsyncExitStack
    ) -> AsyncConnection:
        async with AsyncExitStack() as attempt:
            tx = await attempt.enter_async_context(self._engine.begin())
            opened = (await tx.execute(opening, values)).one()
            if getattr(opened, "has_left", False):
                raise _gone()
            ending.push_async_exit(attempt.pop_all())
            return tx


@cache
def _opening(known: bool, remember: bool, locks: bool, shares: bool) -> TextClause:  # noqa: FBT001 - cache's key
    says = [
        "set_config('role', :role, true)",
        "set_config('request.jwt.claims', :claims, true)",
        *(f"set_config('{name}', '{value}', true)" for name, value in _ONE_TRANSACTION.items()),
    ]
    # Locks come first: what others did before they let go of them counts.
    if locks:
        says.append("pg_advisory_xact_lock(hashtextextended(:lock, 0))")
    if shares:
        says.append("pg_advisory_xact_lock_shared(hashtextextended(:shares, 0))")
    if known:
        says.append("has_left() AS has_left")
    if remember:
        says.append("remember_user()")
    return text(f"SELECT {', '.join(says)}")


def _role(user: User | None) -> str:
    return "anon" if user is None else "authenticated"


def _claims(user: User | None) -> str:
    if user is None:
        return json.dumps({"role": _role(user)})
    return json.dumps(
        {"sub": user.id, "email": user.email, "role": _role(user), "iat": user.issued_at}
    )


def _gone() -> Unauthenticated:
    return Unauthenticated(
        "This account was deleted; sign in again to begin anew.", code="account_deleted"
    )


def _driver_settings(pooler: str, answer_within: float | None) -> dict[str, Any]:
    settings: dict[str, Any] = {"timeout": _CONNECT_WITHIN, "command_timeout": answer_within}
    if pooler == "transaction":
        # The next transaction may run on another connection, which knows no statement of ours.
        settings["statement_cache_size"] = 0
    else:
        settings["server_settings"] = {"application_name": "outfitter"}
    return settings


def _read_json(connection: Any, _record: object) -> None:  # noqa: ANN401 - the pool's own wrapper
    """Let JSON columns come back as objects, also from statements written as text."""

    async def teach(driver: Any) -> None:  # noqa: ANN401 - asyncpg has no types
        for kind in ("json", "jsonb"):
            await driver.set_type_codec(
                kind, encoder=_as_it_is, decoder=json.loads, schema="pg_catalog"
            )

    connection.run_async(teach)


def _find_tables(connection: Any, _record: object) -> None:  # noqa: ANN401 - see above
    # A replica refuses a transaction that a role's default would make serializable.
    alone = f"BEGIN ISOLATION LEVEL READ COMMITTED; {FIND_TABLES}; COMMIT"
    connection.run_async(lambda driver: driver.execute(alone))


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return value
