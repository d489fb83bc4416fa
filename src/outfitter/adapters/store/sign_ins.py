"""Sign-ins, noted for whoever looks into the log."""

from sqlalchemy import text

from outfitter.adapters.store import AuditOutcome, Tx
from outfitter.adapters.store.turns import lock_of
from outfitter.core.user import User

_SHARE = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:lock, 0))")

# The driver takes no text for an address, hence the two casts.
_NOTE = text(
    """
    SELECT note_sign_in(CAST(:user AS uuid), CAST(:outcome AS text),
                        CAST(CAST(:address AS text) AS inet), CAST(:request_id AS text))
    """
)


async def note(
    tx: Tx,
    outcome: AuditOutcome,
    user_id: str | None,
    address: str | None,
    request_id: str,
) -> None:
    """Write one sign-in to the audit log; the user of a refused one is not known."""
    if user_id is not None:
        # Who leaves just now waits for it, and makes it anonymous with the rest.
        await tx.execute(_SHARE, {"lock": lock_of(User(user_id))})
    values = {"outcome": outcome, "user": user_id, "address": address, "request_id": request_id}
    await tx.execute(_NOTE, values)
