"""Sealed credentials: one row a value, so that concurrent turns lose none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.core.user import User

_LIST = text(
    """
    SELECT server, account, key, updated_at FROM credentials
    WHERE user_id = CAST(:user AS uuid) AND state = 'stored'
      AND (CAST(:key_ids AS text[]) IS NULL OR key_id = ANY(CAST(:key_ids AS text[])))
    ORDER BY server, account, key
    """
)

_SEALED = text(
    """
    SELECT server, key, sealed, key_id, account, state = 'unreadable' FROM credentials
    WHERE user_id = CAST(:user AS uuid) AND server = ANY(CAST(:servers AS text[]))
    """
)

_FORGET = text(
    """
    WITH gone AS (
        DELETE FROM credentials WHERE user_id = CAST(:user AS uuid) AND server = :server
        RETURNING key
    ), noted AS (
        INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
        SELECT gen_random_uuid(), CAST(:user AS uuid), 'credential.deleted', :server, 'ok',
               :request_id, CAST(CAST(:address AS text) AS inet)
        WHERE EXISTS (SELECT 1 FROM gone)
    )
    SELECT count(*) FROM gone
    """
)

# Not one that was given anew meanwhile.
_JUDGE = text(
    """
    WITH judged AS (
        UPDATE credentials SET state = :state, checked_at = now()
        FROM unnest(CAST(:servers AS text[]), CAST(:accounts AS text[]), CAST(:keys AS text[]),
                    CAST(:sealed AS text[])) AS found (server, account, key, sealed)
        WHERE user_id = CAST(:user AS uuid) AND state = :before
          AND credentials.server = found.server AND credentials.account = found.account
          AND credentials.key = found.key AND credentials.sealed = found.sealed
        RETURNING credentials.server, credentials.key
    )
    INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
    SELECT gen_random_uuid(), CAST(:user AS uuid), :action, server || '/' || key,
           :outcome, :request_id, CAST(CAST(:address AS text) AS inet)
    FROM judged
    """
)
_SPOILED = {
    "before": "stored",
    "state": "unreadable",
    "action": "credential_tamper",
    "outcome": "refused",
}
_RESTORED = {
    "before": "unreadable",
    "state": "stored",
    "action": "credential_readable",
    "outcome": "ok",
}

# Row security lets the owner at the credentials of all users in no other transaction.
_SEALING = text("SELECT set_config('outfitter.sealing', 'on', true)")

# The planner takes that rule for one that hardly any row meets, and would sort all that is left for
# each piece rather than walk along the primary key.
_SEALING_IN_ORDER = text(
    "SELECT set_config('outfitter.sealing', 'on', true), set_config('enable_sort', 'off', true)"
)

_KEY_IDS = text("SELECT key_id, count(*) AS held FROM credentials GROUP BY key_id")

_SAMPLES = text(
    """
    SELECT CAST(user_id AS text) AS user_id, server, key, sealed, key_id, account
    FROM (SELECT *, row_number() OVER (PARTITION BY key_id ORDER BY user_id, server, account, key)
          FROM credentials WHERE state = 'stored') AS numbered
    WHERE row_number <= 20
    """
)

_STALE = text(
    """
    SELECT CAST(user_id AS text) AS user_id, server, key, sealed, key_id, account
    FROM credentials
    WHERE key_id <> :newest AND (user_id, server, account, key)
        > (CAST(:user AS uuid), CAST(:server AS text), CAST(:account AS text), CAST(:key AS text))
    ORDER BY credentials.user_id, server, account, key LIMIT :limit FOR UPDATE SKIP LOCKED
    """
)

_RESEAL = text(
    """
    WITH done AS (
        UPDATE credentials SET sealed = new.sealed, key_id = new.key_id,
               state = CASE state WHEN 'unreadable' THEN 'stored' ELSE state END
        FROM unnest(CAST(:users AS uuid[]), CAST(:servers AS text[]), CAST(:accounts AS text[]),
                    CAST(:keys AS text[]), CAST(:sealed AS text[]), CAST(:key_ids AS text[]))
             AS new (user_id, server, account, key, sealed, key_id)
        WHERE credentials.user_id = new.user_id AND credentials.server = new.server
          AND credentials.account = new.account AND credentials.key = new.key
        RETURNING credentials.user_id, credentials.key_id
    )
    INSERT INTO audit_log (id, user_id, action, object, outcome)
    SELECT gen_random_uuid(), user_id, 'credential.resealed', key_id, 'ok'
    FROM done GROUP BY user_id, key_id
    """
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed value with the id of the key that seals it; `spoiled` if it once did not open."""

    server: str
    key: str
    sealed: str
    key_id: str
    account: str = "default"
    spoiled: bool = False


@dataclass(frozen=True, slots=True)
class StoredKey:
    """That a credential is there, never what it is."""

    server: str
    account: str
    key: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OfUser:
    """A sealed value and whose it is."""

    user: User
    sealed: Sealed


_BEFORE_ALL = OfUser(User(str(UUID(int=0))), Sealed("", "", "", "", account=""))


async def list_keys(tx: Tx, user: User, key_ids: Sequence[str] | None = None) -> list[StoredKey]:
    """What the user has stored, without values; with key ids only what one of them seals."""
    wanted = None if key_ids is None else list(key_ids)
    rows = await tx.execute(_LIST, {"user": user.id, "key_ids": wanted})
    return [StoredKey(*row) for row in rows]


async def sealed_of(tx: Tx, user: User, servers: Iterable[str]) -> list[Sealed]:
    """The sealed values of those servers."""
    rows = await tx.execute(_SEALED, {"user": user.id, "servers": list(servers)})
    return [Sealed(*row) for row in rows]


async def forget(tx: Tx, user: User, server: str, request_id: str | None) -> int:
    """Delete a server's credentials; the number of values that are gone."""
    values: dict[str, Any] = {
        "user": user.id,
        "address": user.address,
        "server": server,
        "request_id": request_id,
    }
    return int((await tx.execute(_FORGET, values)).scalar_one())


async def spoil(tx: Tx, user: User, tampered: Sequence[Sealed], request_id: str | None) -> None:
    """Let values count as missing that were moved or changed, and note each."""
    await _judge(tx, user, tampered, request_id, _SPOILED)


async def restore(tx: Tx, user: User, opening: Sequence[Sealed], request_id: str | None) -> None:
    """Let spoiled values count again that open after all, and note each."""
    await _judge(tx, user, opening, request_id, _RESTORED)


async def _judge(
    tx: Tx,
    user: User,
    judged: Sequence[Sealed],
    request_id: str | None,
    verdict: Mapping[str, str],
) -> None:
    await tx.execute(
        _JUDGE,
        {
            **verdict,
            "user": user.id,
            "address": user.address,
            "servers": [one.server for one in judged],
            "accounts": [one.account for one in judged],
            "keys": [one.key for one in judged],
            "sealed": [one.sealed for one in judged],
            "request_id": request_id,
        },
    )


async def values_by_key(tx: Tx) -> dict[str, int]:
    """How many values each key seals, of all users; for the owner."""
    await tx.execute(_SEALING)
    return {row.key_id: row.held for row in await tx.execute(_KEY_IDS)}


async def samples_by_key(tx: Tx) -> list[OfUser]:
    """A few values that each key seals, of any users; for the owner."""
    await tx.execute(_SEALING)
    return _of_users(await tx.execute(_SAMPLES))


async def stale(tx: Tx, newest: str, *, after: OfUser | None, limit: int) -> list[OfUser]:
    """The next values that another key than the newest seals, locked; for the owner."""
    await tx.execute(_SEALING_IN_ORDER)
    last = after or _BEFORE_ALL
    values = {
        "newest": newest,
        "limit": limit,
        "user": last.user.id,
        "server": last.sealed.server,
        "account": last.sealed.account,
        "key": last.sealed.key,
    }
    return _of_users(await tx.execute(_STALE, values))


async def reseal(tx: Tx, fresh: Sequence[OfUser]) -> None:
    """Put other seals on values of the same transaction's `stale`, and note it."""
    await tx.execute(
        _RESEAL,
        {
            "users": [one.user.id for one in fresh],
            "servers": [one.sealed.server for one in fresh],
            "accounts": [one.sealed.account for one in fresh],
            "keys": [one.sealed.key for one in fresh],
            "sealed": [one.sealed.sealed for one in fresh],
            "key_ids": [one.sealed.key_id for one in fresh],
        },
    )


def _of_users(rows: Iterable[Sequence[Any]]) -> list[OfUser]:
    return [OfUser(User(user), Sealed(*sealed)) for user, *sealed in rows]
