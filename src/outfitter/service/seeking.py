"""What a message is searched for in the catalogue, and the vectors of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Embed, Vector
from outfitter.core.errors import Unavailable
from outfitter.core.finding.capabilities import hints
from outfitter.core.finding.vectors import mean
from outfitter.core.words.text import clauses, parts

# The sentence as a whole says little more than so many clauses, and takes as long to embed.
_MANY = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """A message taken apart: its clauses, what to search for, and a vector for each of that.

    Searched for are its parts and its hints; `places` says which clause each of these belongs to,
    counting the hints behind the clauses. There are no vectors when the embedder is away; words
    and names still find servers then.
    """

    clauses: tuple[str, ...]
    texts: tuple[str, ...]
    places: tuple[int, ...]
    vectors: Sequence[Vector]


async def seek(embed: Embed, message: str) -> Sought:
    """Take a message apart and embed it."""
    said, implied = clauses(message), hints(message)
    searched, places = zip(*parts(message), strict=True)
    texts = (*searched, *implied)
    places = (*places, *range(len(said), len(said) + len(implied)))
    return Sought(said, texts, places, await _vectors(embed, texts, len(searched) - 1))


async def _vectors(embed: Embed, texts: tuple[str, ...], parts: int) -> Sequence[Vector]:
    """A vector for each text, of which the first is the whole of that many parts."""
    try:
        if parts <= _MANY:
            return await embed(list(texts))
        vectors = await embed(list(texts[1:]))
    except Unavailable:
        return []
    return [mean(vectors[:parts]), *vectors]
