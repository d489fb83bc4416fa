"""A user leaves, and everything of theirs with them."""

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import account, turns
from outfitter.core.user import User


class Account:
    """All that belongs to one user."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def delete(self, user: User, request_id: str | None) -> None:
        """Delete the user's sessions, messages, turns, agents and credentials.

        A message that is just being heard is waited for, so that nothing of it is left.
        """
        async with self._database.transaction(user, lock=turns.lock_of(user)) as tx:
            await account.delete(tx, user, request_id)
