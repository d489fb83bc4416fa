"""Turns that came to nothing: they are marked, so that the same request may be heard again."""

import asyncio
import time
from contextlib import suppress

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import turns
from outfitter.core.errors import Unauthenticated, Unavailable
from outfitter.core.user import User

_PAUSE = 0.25


class Unanswered:
    """Marks turns as failed; `patience` is for how many seconds it waits for the database."""

    def __init__(self, database: Database, patience: float) -> None:
        self._database = database
        self._patience = patience
        self._waiting: set[asyncio.Task[None]] = set()

    async def mark(self, user: User, turn: str) -> None:
        """Mark a turn now, or as soon as the database is back."""
        try:
            await self._mark(user, turn)
        except Unavailable:
            self.mark_later(user, turn)
        except Unauthenticated:
            return  # the account is gone, and the turn with it

    def mark_later(self, user: User, turn: str) -> None:
        """Mark a turn as soon as the database is back: nobody knows yet what it has stored."""
        task = asyncio.create_task(self._until_marked(user, turn))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def close(self) -> None:
        """Give up: the idempotency keys come free later, by the age of their turns."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _until_marked(self, user: User, turn: str) -> None:
        end = time.monotonic() + self._patience
        with suppress(Unauthenticated):
            while time.monotonic() < end:
                # Not at once: a commit that was cut off may still be on its way.
                await asyncio.sleep(_PAUSE)
                with suppress(Unavailable):
                    await self._mark(user, turn)
                    return

    async def _mark(self, user: User, turn: str) -> None:
        async with self._database.transaction(user) as tx:
            await turns.fail(tx, user, turn)
