"""Everything of one user, gone at once."""

from uuid import UUID

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.core.user import User

# In pieces, as a statement has 15 seconds and some have said more than it deletes in these. Each
# goes on behind the last, or it would read again all that this transaction has deleted.
_SESSIONS = text(
    """
    WITH piece AS (
        SELECT id FROM sessions WHERE user_id = CAST(:user AS uuid) AND id > CAST(:last AS uuid)
        ORDER BY id LIMIT 5000
    ), gone AS (
        DELETE FROM sessions
        WHERE user_id = CAST(:user AS uuid) AND id IN (SELECT id FROM piece)
    )
    SELECT CAST(id AS text) FROM piece ORDER BY piece.id DESC LIMIT 1
    """
)

_CREDENTIALS = text("DELETE FROM credentials WHERE user_id = CAST(:user AS uuid)")

# Who stays cannot do it: what is called alone, as by Supabase's own API, finds this not set.
_HIDE = text("SELECT hide_actions(50000) FROM set_config('outfitter.leaving', 'on', true)")

_LEAVE = text("SELECT leave_account(CAST(:request_id AS text))")

_BEFORE_ALL = str(UUID(int=0))


async def delete(tx: Tx, user: User, request_id: str | None) -> None:
    """Delete the user's sessions, messages, turns, agents and credentials.

    What was noted of them stays under a pseudonym, and tokens issued so far count no more.
    """
    last: str | None = _BEFORE_ALL
    while last:
        last = (await tx.execute(_SESSIONS, {"user": user.id, "last": last})).scalar()
    await tx.execute(_CREDENTIALS, {"user": user.id})
    while await tx.scalar(_HIDE):
        pass
    await tx.execute(_LEAVE, {"request_id": request_id})
