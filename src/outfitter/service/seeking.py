"""What a message is searched for in the catalogue, and the vectors of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Embed, Vector
from outfitter.core.capabilities import hints
from outfitter.core.errors import Unavailable
from outfitter.core.text import clauses
from outfitter.core.vectors import mean

# The sentence as a whole says little more than so many clauses, and takes as long to embed.
_MANY = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """A message taken apart: its clauses, these with its hints, and a vector for each of those.

    There are no vectors when the embedder is away; words and names still find servers then.
    """

    clauses: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Sequence[Vector]


async def seek(embed: Embed, message: str) -> Sought:
    """Take a message apart and embed it."""
    parts = clauses(message)
    texts = (*parts, *hints(message))
    whole, *rest = texts
    try:
        if len(parts) - 1 <= _MANY:
            return Sought(parts, texts, await embed([whole, *rest]))
        vectors = await embed(rest)
    except Unavailable:
        return Sought(parts, texts, [])
    return Sought(parts, texts, [mean(vectors[: len(parts) - 1]), *vectors])
