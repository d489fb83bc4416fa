"""Turns: a message heard, and its answer recorded, in one statement each."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.adapters.store.credentials import Sealed
from outfitter.core.analysis import Role
from outfitter.core.errors import TooManyTurns
from outfitter.core.quota import Quota, reached
from outfitter.core.user import User

# Without the lock a session that is just being deleted would be seen, and then referred to in vain.
_HEAR = text(
    """
    WITH turn AS (
        INSERT INTO turns (id, user_id, session_id, idempotency_key, request_hash)
        SELECT CAST(:turn AS uuid), CAST(:user AS uuid), CAST(:session AS uuid),
               CAST(:idempotency_key AS text), CAST(:request_hash AS text)
        WHERE (:opens OR EXISTS (
            SELECT 1 FROM sessions
            WHERE id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
            FOR KEY SHARE))
          AND NOT EXISTS (
            SELECT 1 FROM turns
            WHERE user_id = CAST(:user AS uuid) AND idempotency_key = :as_given)
        ON CONFLICT (user_id, idempotency_key) DO NOTHING
        RETURNING id, user_id, session_id
    ), opened AS (
        INSERT INTO sessions (id, user_id, title)
        SELECT session_id, user_id, :title FROM turn WHERE :opens
        RETURNING context
    ), said AS (
        INSERT INTO chat_messages (id, session_id, user_id, turn_id, message, role)
        SELECT CAST(:message_id AS uuid), session_id, user_id, id, :message, 'user' FROM turn
        ON CONFLICT (id) DO NOTHING
    ), kept AS (
        INSERT INTO credentials (user_id, server, key, sealed, key_id)
        SELECT turn.user_id, given.server, given.key, given.sealed, given.key_id
        FROM turn, unnest(CAST(:servers AS text[]), CAST(:keys AS text[]),
                          CAST(:sealed AS text[]), CAST(:key_ids AS text[]))
                   AS given (server, key, sealed, key_id)
        ON CONFLICT (user_id, server, account, key) DO UPDATE
        SET sealed = excluded.sealed, key_id = excluded.key_id,
            state = 'stored', updated_at = now()
    ), noted AS (
        INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
        SELECT gen_random_uuid(), turn.user_id, 'credential.set', given.name, 'ok', :request_id,
               CAST(CAST(:address AS text) AS inet)
        FROM turn, unnest(CAST(:names AS text[])) AS given (name)
    )
    SELECT take_turn(CAST(:most AS integer[]), CAST(:spans AS integer[])) AS waits,
           coalesce((SELECT context FROM opened),
                    (SELECT context FROM sessions
                     WHERE id = turn.session_id AND user_id = turn.user_id)) AS context,
           (SELECT jsonb_agg(jsonb_build_array(role, message) ORDER BY created_at, id)
            FROM (SELECT role, message, created_at, id FROM chat_messages
                  WHERE session_id = turn.session_id AND user_id = turn.user_id
                        AND id <> CAST(:message_id AS uuid)
                  ORDER BY created_at DESC, id DESC LIMIT 6) AS last) AS earlier
    FROM turn
    """
)

_REJOIN = text(
    """
    SELECT context, collected_credentials,
           (SELECT jsonb_agg(jsonb_build_array(server, key, sealed, key_id, account,
                                               state = 'unreadable'))
            FROM credentials
            WHERE user_id = CAST(:user AS uuid) AND state IN ('stored', 'unreadable')) AS sealed,
           (SELECT jsonb_build_object('id', id, 'version', version, 'spec', spec) FROM agents
            WHERE session_id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
            ORDER BY version DESC LIMIT 1) AS agent
    FROM sessions WHERE id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
    FOR NO KEY UPDATE
    """
)

_RECORD = text(
    """
    WITH session AS (
        UPDATE sessions SET context = CAST(:context AS jsonb), updated_at = now(),
               collected_credentials = CAST(:collected AS jsonb)
        WHERE id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid) AND EXISTS (
            SELECT 1 FROM turns WHERE id = CAST(:turn AS uuid) AND state <> 'failed')
        RETURNING id, user_id
    ), agent AS (
        INSERT INTO agents (id, user_id, session_id, version, name, spec)
        SELECT CAST(:agent AS uuid), user_id, id, :version, :name, CAST(:spec AS jsonb)
        FROM session WHERE :makes_agent
    ), noted AS (
        INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
        SELECT gen_random_uuid(), user_id, 'agent.created', :agent, 'ok', :request_id,
               CAST(CAST(:address AS text) AS inet)
        FROM session WHERE :makes_agent
    ), answered AS (
        INSERT INTO chat_messages (id, session_id, user_id, turn_id, message, role, metadata)
        SELECT CAST(:message_id AS uuid), id, user_id, CAST(:turn AS uuid), :message,
               'assistant', CAST(:metadata AS jsonb)
        FROM session
    ), turn AS (
        UPDATE turns SET state = 'answered', updated_at = now(),
               analysis = CAST(:analysis AS jsonb), response = CAST(:response AS jsonb)
        FROM session WHERE turns.id = CAST(:turn AS uuid) AND turns.user_id = session.user_id
    )
    SELECT id FROM session
    """
)

_FAIL = text(
    """
    UPDATE turns SET state = 'failed', updated_at = now()
    WHERE id = CAST(:turn AS uuid) AND user_id = CAST(:user AS uuid) AND state <> 'answered'
    """
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """One message to be heard: everything a turn stores before the analyzer is asked."""

    turn: str
    session: str
    opens: bool
    message_id: str
    message: str
    sealed: tuple[Sealed, ...] = ()
    idempotency_key: str | None = None
    request_hash: str | None = None
    request_id: str | None = None
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """The session as the message found it, which may have opened it.

    `waits` says for each quota how many seconds the next message must wait.
    """

    context: dict[str, Any]
    earlier: tuple[tuple[Role, str], ...]
    waits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejoined:
    """The session as it is when the answer is ready: others may have written meanwhile.

    `sealed` is all that its user has stored, for whatever servers the plan has by now; what is
    spoiled among it does not count as long as it does not open.
    """

    context: dict[str, Any]
    collected: dict[str, Any]
    sealed: tuple[Sealed, ...]
    agent: dict[str, Any] | None

    @property
    def stored(self) -> dict[str, frozenset[str]]:
        """The names of what is stored, per server."""
        names: dict[str, frozenset[str]] = {}
        for one in (sealed for sealed in self.sealed if not sealed.spoiled):
            names[one.server] = names.get(one.server, frozenset()) | {one.key}
        return names


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one answer changes."""

    turn: str
    session: str
    message_id: str
    message: str
    metadata: dict[str, Any]
    context: dict[str, Any]
    collected: dict[str, Any]
    analysis: dict[str, Any]
    response: dict[str, Any]
    agent: str | None = None
    version: int | None = None
    name: str | None = None
    spec: dict[str, Any] | None = None
    request_id: str | None = None


def lock_of(user: User) -> str:
    """The lock that storing what is about the user shares, and deleting the account holds alone."""
    return f"turns {user.id}"


def keys_of(user: User, given: str | None) -> dict[str, str | None]:
    """An idempotency key as it is stored, and as it was stored by the version before.

    What users send as a key may be a secret, so that it is not kept.
    """
    mark = None if given is None else sha256(f"{user.id} {given}".encode()).hexdigest()
    return {"idempotency_key": mark, "as_given": given}


async def hear(tx: Tx, user: User, hearing: Hearing) -> Joined | None:
    """Store a message and its credentials; None if the session is not theirs or the key is used.

    Raises TooManyTurns if a quota of the message is used up; the transaction must then end.
    """
    row = (await tx.execute(_HEAR, _heard_values(user, hearing))).one_or_none()
    if row is None:
        return None
    if full := reached(hearing.quotas, [wait for wait, _ in row.waits]):
        raise TooManyTurns(reached=full[0], quotas=hearing.quotas, retry_after=full[1])
    earlier = tuple((role, said) for role, said in row.earlier or ())
    return Joined(row.context, earlier, tuple(then for _, then in row.waits))


async def rejoin(tx: Tx, user: User, session: str) -> Rejoined | None:
    """Read the session again before the answer is recorded; None if it was deleted.

    From then on it cannot be, until the transaction ends.
    """
    row = (await tx.execute(_REJOIN, {"user": user.id, "session": session})).one_or_none()
    if row is None:
        return None
    sealed = tuple(Sealed(*one) for one in row.sealed or ())
    return Rejoined(row.context, row.collected_credentials, sealed, row.agent)


async def record(tx: Tx, user: User, entry: Record) -> bool:
    """Store an answer and all it changes; False if the session is gone or the turn given up."""
    values = {
        "user": user.id,
        "address": user.address,
        "turn": entry.turn,
        "session": entry.session,
        "message_id": entry.message_id,
        "message": entry.message,
        "metadata": json.dumps(entry.metadata),
        "context": json.dumps(entry.context),
        "collected": json.dumps(entry.collected),
        "analysis": json.dumps(entry.analysis),
        "response": json.dumps(entry.response),
        "agent": entry.agent,
        "makes_agent": entry.agent is not None,
        "version": entry.version,
        "name": entry.name,
        "spec": json.dumps(entry.spec),
        "request_id": entry.request_id,
    }
    return (await tx.execute(_RECORD, values)).one_or_none() is not None


async def fail(tx: Tx, user: User, turn: str) -> None:
    """Mark a turn that could not be answered, so that the same request may be heard again."""
    await tx.execute(_FAIL, {"turn": turn, "user": user.id})


def _heard_values(user: User, hearing: Hearing) -> dict[str, Any]:
    return {
        "turn": hearing.turn,
        "user": user.id,
        "address": user.address,
        "session": hearing.session,
        "opens": hearing.opens,
        **keys_of(user, hearing.idempotency_key),
        "request_hash": hearing.request_hash,
        "request_id": hearing.request_id,
        "title": hearing.message[:80],
        "message_id": hearing.message_id,
        "message": hearing.message,
        "servers": [one.server for one in hearing.sealed],
        "keys": [one.key for one in hearing.sealed],
        "sealed": [one.sealed for one in hearing.sealed],
        "key_ids": [one.key_id for one in hearing.sealed],
        "names": [f"{one.server}/{one.key}" for one in hearing.sealed],
        "most": [quota.most for quota in hearing.quotas],
        "spans": [quota.seconds for quota in hearing.quotas],
    }
