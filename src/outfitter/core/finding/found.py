"""What a search of the catalogue finds, of all that it looked at."""

from collections.abc import Sequence
from itertools import chain

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Server
from outfitter.core.finding.ranking import Features, Near
from outfitter.core.finding.sought import Sought
from outfitter.core.words.text import terms

# Letters without a sense come about as near to some server, or to what people say, by chance.
_BY_CHANCE, _LIKE_BY_CHANCE = 0.6, 0.35


def found(ranked: Sequence[Candidate], sought: Sought, near: Sequence[Near]) -> list[Candidate]:
    """Those that more than chance speaks for: a name, a word, a need, or a very near meaning."""
    said = set(chain.from_iterable(map(terms, sought.texts)))
    told = {one.server.name for one in near if not said.isdisjoint(_words(one.seen))}
    return [
        one
        for one in ranked
        if one.named
        or one.server.name in told
        or _likeness(sought, one.server) >= _LIKE_BY_CHANCE
        or one.score >= _BY_CHANCE
    ]


def _words(seen: Features) -> set[str]:
    """The words by which a server tells of itself, and those of its names."""
    return seen.terms.keys() | seen.spoken


def _likeness(sought: Sought, server: Server) -> float:
    """How near the server is by the needs that it is known to meet."""
    names = (server.name, server.service)
    return max((known.get(name, 0.0) for known in sought.known for name in names), default=0.0)
