"""What a user has stored, named but never shown."""

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials
from outfitter.adapters.store.credentials import StoredKey
from outfitter.adapters.vault import Vault
from outfitter.core.errors import NotFound
from outfitter.core.user import User
from outfitter.service.opening import stored


class Credentials:
    """A user's credentials; values go in through the chat and never come back from here."""

    def __init__(self, database: Database, vault: Vault | None) -> None:
        self._database = database
        self._vault = vault

    async def list(self, user: User) -> list[StoredKey]:
        """Every stored key whose value opens, in the order of servers."""
        async with self._database.transaction(user) as tx:
            return await stored(tx, user, self._vault)

    async def forget(self, user: User, server: str, request_id: str | None) -> None:
        """Delete what is stored for a server. Raises NotFound if nothing is."""
        async with self._database.transaction(user) as tx:
            if not await credentials.forget(tx, user, server, request_id):
                raise NotFound("Nothing is stored for such a server.")
