"""Requests that come again under the same idempotency key."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.adapters.store.turns import Hearing, keys_of
from outfitter.core.user import User

_SAME_KEY = text(
    """
    SELECT state, request_hash, response FROM turns
    WHERE user_id = CAST(:user AS uuid) AND idempotency_key IN (:idempotency_key, :as_given)
    """
)

_RELEASE = text(
    """
    UPDATE turns SET state = 'failed', idempotency_key = NULL, updated_at = now()
    WHERE user_id = CAST(:user AS uuid) AND idempotency_key IN (:idempotency_key, :as_given)
      AND request_hash = :request_hash AND (state = 'failed' OR state <> 'answered'
          AND updated_at < now() - make_interval(secs => :patience))
    RETURNING CAST(session_id AS text)
    """
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A turn that bore the same idempotency key."""

    state: str
    request_hash: str | None
    response: dict[str, Any] | None


async def with_key(tx: Tx, user: User, idempotency_key: str) -> Earlier | None:
    """The turn of this user that bears the idempotency key."""
    values = {"user": user.id, **keys_of(user, idempotency_key)}
    row = (await tx.execute(_SAME_KEY, values)).first()
    return None if row is None else Earlier(row.state, row.request_hash, row.response)


async def release(tx: Tx, user: User, hearing: Hearing, patience: float) -> str | None:
    """Free the key of the same request if its turn failed, or has had no end for so many seconds.

    In the second case its process was killed: it would have recorded an end by then. Gives the
    session in which the request was heard, so that it is not heard in another one.
    """
    if hearing.idempotency_key is None:
        return None
    values = {
        "user": user.id,
        **keys_of(user, hearing.idempotency_key),
        "request_hash": hearing.request_hash,
        "patience": patience,
    }
    session: str | None = (await tx.execute(_RELEASE, values)).scalars().first()
    return session
