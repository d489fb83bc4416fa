"""Reading conversations back: sessions by the page, messages in order of time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text

from outfitter.adapters.store import Tx
from outfitter.core.user import User

MESSAGES_PER_SESSION = 100

# Said apart, as a plan that fits both all sessions and a single one reads all.
_ALL = "sessions WHERE user_id = CAST(:user AS uuid)"
_ONE = f"{_ALL} AND id = CAST(:session AS uuid)"


def _count(shown: str) -> TextClause:
    return text(f"SELECT count(*) FROM {shown}")  # noqa: S608 - made of constants only


def _page(shown: str) -> TextClause:
    return text(
        f"""
        SELECT page.id, page.created_at, said.messages, said.found,
               (SELECT title FROM sessions
                WHERE id = page.id AND user_id = CAST(:user AS uuid)) AS title
        FROM (SELECT id, created_at FROM {shown}
              ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset) AS page
        CROSS JOIN LATERAL (
            SELECT count(*) AS found,
                   jsonb_agg(jsonb_build_object(
                       'id', id, 'message', message, 'role', role, 'created_at', created_at,
                       'metadata', metadata) ORDER BY created_at, id) AS messages
            FROM (SELECT id, message, role, created_at, metadata FROM chat_messages
                  WHERE session_id = page.id AND user_id = CAST(:user AS uuid)
                  ORDER BY created_at DESC, id DESC LIMIT :per_session) AS last) AS said
        ORDER BY page.created_at DESC, page.id DESC
        """  # noqa: S608 - made of constants only
    )


_COUNT_ALL, _PAGE_ALL = _count(_ALL), _page(_ALL)
_COUNT_ONE, _PAGE_ONE = _count(_ONE), _page(_ONE)

_SESSION = text(
    """
    SELECT id, user_id, created_at, updated_at, status, title, context, collected_credentials
    FROM sessions WHERE id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
    """
)

_MESSAGES = text(
    """
    SELECT id, session_id, user_id, message, role, created_at, metadata FROM chat_messages
    WHERE session_id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
    ORDER BY created_at, id
    """
)

_DELETE = text(
    """
    WITH gone AS (
        DELETE FROM sessions WHERE id = CAST(:session AS uuid) AND user_id = CAST(:user AS uuid)
        RETURNING id, user_id
    ), noted AS (
        INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
        SELECT gen_random_uuid(), user_id, 'session.deleted', CAST(id AS text), 'ok', :request_id,
               CAST(CAST(:address AS text) AS inet)
        FROM gone
    )
    SELECT count(*) FROM gone
    """
)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A page of sessions, newest first, and how many there are in all."""

    sessions: list[dict[str, Any]]
    total_count: int


async def page(tx: Tx, user: User, *, limit: int, offset: int, session: str | None) -> SessionPage:
    """Sessions with their latest messages; `truncated` says that a session has more."""
    count, shown = (_COUNT_ALL, _PAGE_ALL) if session is None else (_COUNT_ONE, _PAGE_ONE)
    scope = {"user": user.id} if session is None else {"user": user.id, "session": session}
    total = int((await tx.execute(count, scope)).scalar_one())
    values = {**scope, "limit": limit, "offset": offset, "per_session": MESSAGES_PER_SESSION + 1}
    rows = await tx.execute(shown, values) if offset < total else ()
    return SessionPage([_session(row) for row in rows], total)


def _session(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row's columns are known to its query
    messages = (row.messages or [])[-MESSAGES_PER_SESSION:]
    return {
        "session_id": str(row.id),
        "created_at": row.created_at,
        "title": row.title,
        "messages": messages,
        "truncated": row.found > MESSAGES_PER_SESSION,
    }


async def session_with_messages(
    tx: Tx, user: User, session: str
) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """One session and all its messages in order of time; None if it is not theirs."""
    values = {"user": user.id, "session": session}
    row = (await tx.execute(_SESSION, values)).mappings().one_or_none()
    if row is None:
        return None
    messages = (await tx.execute(_MESSAGES, values)).mappings()
    return dict(row), [dict(message) for message in messages]


async def delete(tx: Tx, user: User, session: str, request_id: str | None) -> bool:
    """Delete a session with all that hangs on it; False if it is not theirs."""
    values = {
        "user": user.id,
        "address": user.address,
        "session": session,
        "request_id": request_id,
    }
    return bool((await tx.execute(_DELETE, values)).scalar_one())
