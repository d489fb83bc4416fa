"""Finding servers for a message: one way for turns, searches and evaluation."""

from collections.abc import Iterable, Sequence

from outfitter.adapters.beside import beside
from outfitter.adapters.store import Tx, catalogue
from outfitter.adapters.store.server_cache import ServerCache
from outfitter.adapters.store.spoken import SpokenNames
from outfitter.core.analysis import Hear
from outfitter.core.errors import Unavailable
from outfitter.core.finding.hearing import deaf
from outfitter.core.finding.leaning import Lean
from outfitter.core.finding.ranking import NONE_MET, Met, Near
from outfitter.core.finding.sought import Sought, taken_apart
from outfitter.core.finding.vectors import Embed, Vector, mean
from outfitter.core.talk.context import Talk
from outfitter.core.talk.meant import Meant, meant
from outfitter.core.words.layout import laid_out

# With more parts than this their mean stands for the whole message, which takes long to embed.
_MANY = 5


class Finding:
    """Takes messages apart and finds the servers near them.

    `met` holds the needs that each service is known to meet, and `hear` hears in a text which of
    them it speaks of; `servers` is how many servers are kept in memory.
    """

    def __init__(
        self,
        embed: Embed,
        lean: Lean,
        *,
        met: Met = NONE_MET,
        hear: Hear = deaf,
        servers: int = 2048,
    ) -> None:
        self._embed = embed
        self._lean = lean
        self._met = met
        self._hear = hear
        self._cache = ServerCache(servers, met, hear)
        self._spoken = SpokenNames()

    async def seek(self, message: str) -> Sought:
        """What to search for, with vectors unless the embedder is away."""
        sought = await beside(len(message), self._apart, message)
        try:
            vectors = await self._vectors(sought)
        except Unavailable:
            return sought
        whole = sought.texts[0]
        return sought.leaning(await beside(len(message), self._lean, whole, vectors, sought.told))

    async def meant(self, tx: Tx, message: str, sought: Sought, talk: Talk) -> Meant:
        """The message with names put right, and with what it points at in the talk before it."""
        spellings = await self._spoken.spellings(tx)
        return meant(laid_out(message), sought, spellings, talk, self._met)

    async def near(
        self, tx: Tx, text: str, sought: Sought, wanted: Iterable[str] = ()
    ) -> list[Near]:
        """The servers that may do what is sought, and those that are wanted by name."""
        names = {*wanted, *sought.likely}
        return await catalogue.nearest(tx, text, sought.vectors, names, cache=self._cache)

    def _apart(self, message: str) -> Sought:
        return taken_apart(laid_out(message), self._hear)

    async def _vectors(self, sought: Sought) -> Sequence[Vector]:
        """A vector for each text, of which the first is the whole of the message."""
        count = sought.parts - 1
        if count <= _MANY:
            return await self._embed(list(sought.texts))
        vectors = await self._embed(list(sought.texts[1:]))
        return [mean(vectors[:count]), *vectors]
