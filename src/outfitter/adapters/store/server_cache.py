"""Servers of the catalogue kept in memory, so that each is read and analysed once."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import RowMapping, text

from outfitter.adapters.store import Tx
from outfitter.core.analysis import Hear
from outfitter.core.catalogue import Server
from outfitter.core.entries.columns import from_columns
from outfitter.core.finding.hearing import deaf
from outfitter.core.finding.ranking import NONE_MET, Features, Met, features_of

_BY_HASH = text(
    """
    SELECT content_hash, name, description, tools, config_template, credential_info, metadata
    FROM mcp_servers WHERE content_hash = ANY(CAST(:hashes AS text[]))
    """
)


class ServerCache:
    """The servers used last, at `most` so many, each with what the ranking sees in it.

    They are kept by the hash of their content, so no entry can be out of date.
    """

    def __init__(self, most: int = 2048, met: Met = NONE_MET, hear: Hear = deaf) -> None:
        self._most = most
        self._met = met
        self._hear = hear
        self._servers: OrderedDict[str, tuple[Server, Features]] = OrderedDict()

    async def fetch(self, tx: Tx, hashes: Iterable[str]) -> dict[str, tuple[Server, Features]]:
        """The servers of those hashes; only what is not in the cache is read."""
        wanted = list(hashes)
        absent = [one for one in wanted if one not in self._servers]
        found = {one: self._servers[one] for one in wanted if one in self._servers}
        if absent:
            rows = await tx.execute(_BY_HASH, {"hashes": absent})
            for row in rows.mappings():
                found[row["content_hash"]] = self._known(row)
                # The first message of a process reads hundreds: others have their turn between.
                await asyncio.sleep(0)
        self._keep(found)
        return found

    def _known(self, row: RowMapping) -> tuple[Server, Features]:
        """A server as it is kept, also for others who read it at the same time."""
        kept = self._servers.get(row["content_hash"])
        if kept is None:
            server = from_columns(dict(row))
            kept = server, features_of(server, self._met, self._hear)
            self._servers[row["content_hash"]] = kept
        return kept

    def _keep(self, used: dict[str, tuple[Server, Features]]) -> None:
        for one, known in used.items():
            self._servers[one] = known
            self._servers.move_to_end(one)
        while len(self._servers) > self._most:
            self._servers.popitem(last=False)
