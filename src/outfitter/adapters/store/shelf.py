"""What was read of the catalogue before and need not be read again."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from math import inf
from time import monotonic

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.core.analysis import Vector
from outfitter.core.catalogue import Server
from outfitter.core.columns import from_columns
from outfitter.core.ranking import Features, features_of

SAMPLE, SECONDS = 512, 600.0

_COMMON = text(
    """
    SELECT CAST(avg(embedding) AS text)
    FROM (SELECT embedding FROM mcp_servers ORDER BY content_hash LIMIT :sample) AS seen
    """
)

_BY_HASH = text(
    """
    SELECT content_hash, name, description, tools, config_template, credential_info, metadata
    FROM mcp_servers WHERE content_hash = ANY(CAST(:hashes AS text[]))
    """
)


class Shelf:
    """Servers that were read before, by the hash of their content; they never change.

    Beside each lies what the ranking sees in it, so that this too is made once.
    """

    def __init__(self, most: int = 2048) -> None:
        self._most = most
        self._servers: OrderedDict[str, tuple[Server, Features]] = OrderedDict()
        self._common: Vector = []
        self._read_at = -inf

    async def fetch(
        self, tx: AsyncConnection, hashes: Iterable[str]
    ) -> dict[str, tuple[Server, Features]]:
        """The servers of those hashes; only what is not on the shelf is read."""
        wanted = list(hashes)
        absent = [one for one in wanted if one not in self._servers]
        found = {one: self._servers[one] for one in wanted if one in self._servers}
        if absent:
            rows = await tx.execute(_BY_HASH, {"hashes": absent})
            for row in rows.mappings():
                server = from_columns(dict(row))
                found[row["content_hash"]] = (server, features_of(server))
        self._keep(found)
        return found

    async def common(self, tx: AsyncConnection) -> Vector:
        """The mean of the servers' vectors, read again every ten minutes; empty without any."""
        if monotonic() - self._read_at > SECONDS:
            found = (await tx.execute(_COMMON, {"sample": SAMPLE})).scalar_one()
            self._common = json.loads(found) if found else []
            self._read_at = monotonic()
        return self._common

    def _keep(self, used: dict[str, tuple[Server, Features]]) -> None:
        for one, known in used.items():
            self._servers[one] = known
            self._servers.move_to_end(one)
        while len(self._servers) > self._most:
            self._servers.popitem(last=False)
