"""The catalogue as users browse and search it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Server
from outfitter.core.errors import NotFound
from outfitter.core.finding.ranking import Near, features_of, rank
from outfitter.core.finding.sought import Sought
from outfitter.core.secrets import redact
from outfitter.core.user import User
from outfitter.core.words.text import terms
from outfitter.service.finding import Finding

# Letters without a sense come about as near to some server, or to what people say, by chance.
_BY_CHANCE, _LIKE_BY_CHANCE = 0.6, 0.35


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
        sought = replace(await self._finding.seek(query), idle=False)
        async with self._database.transaction(user) as tx:
            near = await self._finding.near(tx, query, sought)
        found = _found(rank(query, sought, near, limit=len(near)), sought, near)
        return found[offset : offset + limit], len(found)

    async def one(self, user: User, name: str) -> Server:
        """The server of that name. Raises NotFound."""
        async with self._database.transaction(user) as tx:
            found = await catalogue.by_name(tx, [name])
        if name not in found:
            raise NotFound("There is no such server in the catalogue.")
        return found[name]


def _found(ranked: Sequence[Candidate], sought: Sought, near: Sequence[Near]) -> list[Candidate]:
    """Those that more than chance speaks for: a name, a word, a need, or a very near meaning."""
    said = set(chain.from_iterable(map(terms, sought.texts)))
    told = {one.server.name for one in near if not said.isdisjoint(_words(one))}
    return [
        one
        for one in ranked
        if one.named
        or one.server.name in told
        or _likeness(sought, one.server) >= _LIKE_BY_CHANCE
        or one.score >= _BY_CHANCE
    ]


def _words(one: Near) -> set[str]:
    """The words by which a server tells of itself, and those of its names."""
    features = one.features or features_of(one.server)
    return features.terms.keys() | features.spoken


def _likeness(sought: Sought, server: Server) -> float:
    """How near the server is by the needs that it is known to meet."""
    names = (server.name, server.service)
    return max((known.get(name, 0.0) for known in sought.known for name in names), default=0.0)
