"""What is old taken out of the tables, a piece at a time, while the service serves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import Tx, pruning
from outfitter.service.loading import Progress

# Of 8 KiB: some hundred turns, or ten thousand slots, which take some hundredths of a second.
PAGES = 64

_Piece = Callable[[Tx, str, range, datetime], Awaitable[int]]


class Pruning:
    """Goes through tables piece by piece, each committed: interrupted, the next run goes on."""

    def __init__(self, owner: Database) -> None:
        self._owner = owner

    async def look(self, tables: Sequence[str], days: int, progress: Progress) -> dict[str, int]:
        """How many rows of each table are older than so many days, and needed no more."""
        async with self._owner.as_owner() as tx:
            before, pages = await pruning.begin(tx, tables, days)
        return await self._walk(pruning.count, pages, before, progress)

    async def run(self, tables: Sequence[str], days: int, progress: Progress) -> dict[str, int]:
        """Delete these rows, and say how many; the log tells of it before anything is gone."""
        async with self._owner.as_owner() as tx:
            before, pages = await pruning.begin(tx, tables, days)
            await pruning.note(tx, tables, before)
        return await self._walk(pruning.delete, pages, before, progress)

    async def _walk(
        self, piece: _Piece, pages: Mapping[str, int], before: datetime, progress: Progress
    ) -> dict[str, int]:
        found = dict.fromkeys(pages, 0)
        done = 0
        for table, size in pages.items():
            for first in range(0, size, PAGES):
                some = range(first, min(first + PAGES, size))
                async with self._owner.as_owner() as tx:
                    found[table] += await piece(tx, table, some, before)
                done += len(some)
                progress(done, sum(pages.values()))
        return found
