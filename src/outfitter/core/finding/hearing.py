"""What the words of a message tell of the needs it has."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp, hypot

from outfitter.core.analysis import Candidate, Sureness, Told
from outfitter.core.words.text import terms

# How surely a part must speak of a need that nothing meets yet, more so where it names a server,
# and by how much more than of what is met.
_LEAST, _LEAST_BESIDE_A_NAME, _MORE = 7.0, 20.0, 6.0
# How far the surest of a text's needs stand out, and how much less sure one that counts may be.
_SHARP, _BEHIND = 0.6, 5.0

# For each need that a text speaks of its share; the squares of all come to one.
Shares = Mapping[int, float]


def telling(text: str) -> frozenset[str]:
    """The words of a text that may tell of a need, and each two of them that follow each other.

    >>> sorted(telling("speak it aloud"))
    ['aloud', 'speak', 'speak aloud']
    """
    words = terms(text)
    return frozenset((*words, *map(" ".join, pairwise(words))))


def deaf(_text: str) -> Sureness:
    """Hears nothing, where no needs are known."""
    return {}


def shares(heard: Sureness) -> Shares:
    """What a text speaks of, so that it can be compared with another.

    >>> shares({7: 9.0})
    {7: 1.0}
    """
    surest = max(heard.values(), default=0.0)
    near = ((need, sure - surest) for need, sure in heard.items() if sure > surest - _BEHIND)
    told = {need: exp(_SHARP * less) for need, less in near}
    length = hypot(*told.values())
    return {need: share / length for need, share in told.items()}


def alike(one: Shares, other: Shares) -> float:
    """How far two texts speak of the same needs, from 0 to 1."""
    # Most texts share none, which is told four times as fast.
    if one.keys().isdisjoint(other):
        return 0.0
    return sum([share * other[need] for need, share in one.items() if need in other])


def met_by(some: Iterable[Candidate]) -> frozenset[int]:
    """The needs that any of these is known to meet."""
    return frozenset().union(*(one.needs for one in some))


def unmet(
    told: Sequence[Told], naming: Collection[int], met: Collection[int]
) -> Iterator[tuple[int, Told]]:
    """Each need that a part speaks of and that nothing meets yet, with the part.

    `naming` are the clauses that name a server, `met` the needs that are met.
    """
    for part in told:
        heard = part.heard
        need = max(heard, key=heard.__getitem__, default=None)
        if need is None or need in met:
            continue
        least = _LEAST_BESIDE_A_NAME if part.place in naming else _LEAST
        already = max((heard.get(one, 0.0) for one in met), default=0.0)
        if heard[need] >= max(least, already + _MORE):
            yield need, part
