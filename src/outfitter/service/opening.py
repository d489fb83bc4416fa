"""Opening the values a user has stored; those that were moved or changed count as missing."""

from collections.abc import Sequence

from outfitter.adapters.store import Tx, credentials
from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.vault import Vault
from outfitter.core.user import User


async def opened(
    tx: Tx, user: User, vault: Vault | None, values: Sequence[Sealed], request_id: str | None
) -> dict[Sealed, str]:
    """What opens of these; what was tampered with counts as missing from now on, and is noted."""
    if vault is None:
        return {}
    found = vault.opened(user, values)
    if tampered := vault.tampered(one for one in values if one not in found):
        await credentials.spoil(tx, user, tampered, request_id)
    return found
