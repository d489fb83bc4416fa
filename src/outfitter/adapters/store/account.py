"""Everything of one user, gone at once."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.core.user import User

_DELETE = text(
    """
    WITH sessions_gone AS (
        DELETE FROM sessions WHERE user_id = CAST(:user AS uuid)
    ), credentials_gone AS (
        DELETE FROM credentials WHERE user_id = CAST(:user AS uuid)
    )
    INSERT INTO audit_log (id, user_id, action, object, outcome, request_id)
    VALUES (gen_random_uuid(), CAST(:user AS uuid), 'account.deleted', NULL, 'ok', :request_id)
    """
)


async def delete(tx: AsyncConnection, user: User, request_id: str | None) -> None:
    """Delete the user's sessions, messages, turns, agents and credentials."""
    await tx.execute(_DELETE, {"user": user.id, "request_id": request_id})
