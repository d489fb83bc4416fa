"""A user leaves, and everything of theirs with them."""

from outfitter.adapters.database import Database
from outfitter.adapters.store import account
from outfitter.core.user import User


class Account:
    """All that belongs to one user."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def delete(self, user: User, request_id: str | None) -> None:
        """Delete the user's sessions, messages, turns, agents and credentials."""
        async with self._database.transaction(user, remember=True) as tx:
            await account.delete(tx, user, request_id)
