"""The catalogue as users browse and search it."""

from collections.abc import Sequence
from dataclasses import replace

from outfitter.adapters.beside import beside
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Server
from outfitter.core.errors import NotFound
from outfitter.core.finding.found import found
from outfitter.core.finding.ranking import Near, rank
from outfitter.core.secrets import redact
from outfitter.core.talk import context
from outfitter.core.talk.meant import Meant
from outfitter.core.user import User
from outfitter.service.finding import Finding


class Catalogue:
    """Every server that can be chosen."""

    def __init__(self, database: Database, finding: Finding) -> None:
        self._database = database
        self._finding = finding

    async def page(self, user: User, *, limit: int, offset: int) -> tuple[list[Server], int]:
        """A page of servers by name, and how many there are in all."""
        async with self._database.transaction(user) as tx:
            return await catalogue.page(tx, limit=limit, offset=offset)

    async def search(
        self, user: User, query: str, *, limit: int, offset: int
    ) -> tuple[list[Candidate], int]:
        """A page of the servers that a query finds, nearest first, and how many it finds at all."""
        query = redact(query).text
        # Who looks for servers asks for some, whatever it sounds like.
        sought = replace(await self._finding.seek(query), asking=0.0)
        async with self._database.transaction(user) as tx:
            meant = await self._finding.meant(tx, query, sought, context.talk_of({}))
            near = await self._finding.near(tx, meant.text, meant.sought)
        servers = await beside(len(meant.text), _found, meant, near)
        return servers[offset : offset + limit], len(servers)

    async def one(self, user: User, name: str) -> Server:
        """The server of that name. Raises NotFound."""
        async with self._database.transaction(user) as tx:
            held = await catalogue.by_name(tx, [name])
        if name not in held:
            raise NotFound("There is no such server in the catalogue.")
        return held[name]


def _found(meant: Meant, near: Sequence[Near]) -> list[Candidate]:
    """The servers that a query finds, nearest first."""
    return found(rank(meant.text, meant.sought, near, limit=len(near)), meant.sought, near)
