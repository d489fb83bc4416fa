"""Opening the values a user has stored; those that do not open count as missing."""

from collections.abc import Sequence

from outfitter.adapters.store import Tx, credentials
from outfitter.adapters.store.credentials import Sealed, StoredKey
from outfitter.adapters.vault import Vault
from outfitter.core.user import User


async def opened(
    tx: Tx, user: User, vault: Vault | None, values: Sequence[Sealed], request_id: str | None
) -> dict[Sealed, str]:
    """What opens of these; what was tampered with counts as missing from now on, and is noted.

    What counted as missing and opens, as the key that sealed it is back, counts again.
    """
    if vault is None:
        return {}
    found = vault.opened(user, values)
    failed = [one for one in values if one not in found and not one.spoiled]
    if tampered := vault.tampered(failed):
        await credentials.spoil(tx, user, tampered, request_id)
    if restored := [one for one in found if one.spoiled]:
        await credentials.restore(tx, user, restored, request_id)
    return found


async def stored(tx: Tx, user: User, vault: Vault | None) -> list[StoredKey]:
    """What the user has stored, without what no key opens any more: a plan asks for it again."""
    # Without any key nothing could be given again, and a plan asks for nothing either.
    return await credentials.list_keys(tx, user, vault.key_ids if vault else None)
