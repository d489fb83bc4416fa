"""The names by which people call the servers of the catalogue, read now and then."""

from time import monotonic

from sqlalchemy import text

from outfitter.adapters.store import Tx
from outfitter.core.words.spelling import Spellings

_FRESH = 300.0

_SPOKEN = text(
    """
    SELECT name, coalesce(metadata ->> 'title', name) AS title,
           coalesce(metadata -> 'aliases', '[]'::jsonb) AS aliases
    FROM mcp_servers WHERE reviewed
    """
)


class SpokenNames:
    """How the reviewed servers are called; what was read serves for five minutes."""

    def __init__(self) -> None:
        self._spellings = Spellings(())
        self._until = 0.0

    async def spellings(self, tx: Tx) -> Spellings:
        """The names, to tell misspelt ones by."""
        if monotonic() >= self._until:
            rows = await tx.execute(_SPOKEN)
            self._spellings = Spellings(
                spoken for row in rows for spoken in (row.title, row.name, *row.aliases)
            )
            self._until = monotonic() + _FRESH
        return self._spellings
