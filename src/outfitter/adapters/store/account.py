"""Everything of one user, gone at once."""

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.core.user import User

_DELETE = text(
    """
    WITH sessions_gone AS (
        DELETE FROM sessions WHERE user_id = CAST(:user AS uuid)
    )
    DELETE FROM credentials WHERE user_id = CAST(:user AS uuid)
    """
)

_LEAVE = text("SELECT leave_account(CAST(:request_id AS text))")


async def delete(tx: Tx, user: User, request_id: str | None) -> None:
    """Delete the user's sessions, messages, turns, agents and credentials.

    What was noted of them stays under a pseudonym, and tokens issued so far count no more.
    """
    await tx.execute(_DELETE, {"user": user.id})
    await tx.execute(_LEAVE, {"request_id": request_id})
