"""The catalogue as users browse and search it."""

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.adapters.store.shelf import Shelf
from outfitter.core.analysis import Candidate, Embed
from outfitter.core.catalogue import Server
from outfitter.core.errors import NotFound
from outfitter.core.finding.ranking import rank
from outfitter.core.secrets import redact
from outfitter.core.user import User
from outfitter.service.seeking import seek


class Catalogue:
    """Every server that can be chosen."""

    def __init__(self, database: Database, embed: Embed) -> None:
        self._database = database
        self._embed = embed
        self._shelf = Shelf()

    async def page(self, user: User, *, limit: int, offset: int) -> tuple[list[Server], int]:
        """A page of servers by name, and how many there are in all."""
        async with self._database.transaction(user) as tx:
            return await catalogue.page(tx, limit=limit, offset=offset)

    async def search(
        self, user: User, query: str, *, limit: int, offset: int
    ) -> tuple[list[Candidate], int]:
        """A page of the servers nearest to a query, and how many are near at all."""
        query = redact(query).text
        sought = await seek(self._embed, query)
        async with self._database.transaction(user) as tx:
            near = await catalogue.nearest(tx, query, sought.vectors, (), shelf=self._shelf)
        ranked = rank(query, sought.texts, near, limit=len(near))
        return list(ranked[offset : offset + limit]), len(ranked)

    async def one(self, user: User, name: str) -> Server:
        """The server of that name. Raises NotFound."""
        async with self._database.transaction(user) as tx:
            found = await catalogue.by_name(tx, [name])
        if name not in found:
            raise NotFound("There is no such server in the catalogue.")
        return found[name]
