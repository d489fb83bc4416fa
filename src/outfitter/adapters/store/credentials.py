"""Sealed credentials: one row a value, so that concurrent turns lose none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.core.user import User

KEYS_OF_USER = """
    SELECT jsonb_object_agg(server, keys) FROM (
        SELECT server, jsonb_agg(key) AS keys FROM credentials
        WHERE user_id = CAST(:user AS uuid) AND state = 'stored'
        GROUP BY server) AS per_server
"""

_LIST = text(
    """
    SELECT server, account, key, updated_at FROM credentials
    WHERE user_id = CAST(:user AS uuid) ORDER BY server, account, key
    """
)

_SEALED = text(
    """
    SELECT server, account, key, sealed, key_id FROM credentials
    WHERE user_id = CAST(:user AS uuid) AND server = ANY(CAST(:servers AS text[]))
    """
)

_FORGET = text(
    """
    WITH gone AS (
        DELETE FROM credentials WHERE user_id = CAST(:user AS uuid) AND server = :server
        RETURNING key
    ), noted AS (
        INSERT INTO audit_log (id, user_id, action, object, outcome, request_id)
        SELECT gen_random_uuid(), CAST(:user AS uuid), 'credential.deleted', :server, 'ok',
               :request_id
        WHERE EXISTS (SELECT 1 FROM gone)
    )
    SELECT count(*) FROM gone
    """
)

_SPOIL = text(
    """
    UPDATE credentials SET state = 'unreadable', checked_at = now()
    WHERE user_id = CAST(:user AS uuid) AND server = :server AND key = :key
    """
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed value with the id of the key that seals it."""

    server: str
    key: str
    sealed: str
    key_id: str
    account: str = "default"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """That a credential is there, never what it is."""

    server: str
    account: str
    key: str
    updated_at: datetime


def by_server(keys: dict[str, list[str]] | None) -> dict[str, frozenset[str]]:
    """The names of stored keys per server."""
    return {server: frozenset(names) for server, names in (keys or {}).items()}


async def list_keys(tx: AsyncConnection, user: User) -> list[StoredKey]:
    """What the user has stored, without values."""
    rows = await tx.execute(_LIST, {"user": user.id})
    return [StoredKey(*row) for row in rows]


async def sealed_of(tx: AsyncConnection, user: User, servers: Iterable[str]) -> list[Sealed]:
    """The sealed values of those servers."""
    rows = await tx.execute(_SEALED, {"user": user.id, "servers": list(servers)})
    return [Sealed(row.server, row.key, row.sealed, row.key_id, row.account) for row in rows]


async def forget(tx: AsyncConnection, user: User, server: str, request_id: str | None) -> int:
    """Delete a server's credentials; the number of values that are gone."""
    values: dict[str, Any] = {"user": user.id, "server": server, "request_id": request_id}
    return int((await tx.execute(_FORGET, values)).scalar_one())


async def spoil(tx: AsyncConnection, user: User, server: str, key: str) -> None:
    """Mark a value that cannot be opened, so that it is asked for again."""
    await tx.execute(_SPOIL, {"user": user.id, "server": server, "key": key})
