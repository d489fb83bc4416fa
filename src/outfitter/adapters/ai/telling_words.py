"""The words that tell of a need, as what people say who have it shows them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from math import log
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from outfitter.core.analysis import Sureness
from outfitter.core.finding.hearing import telling

# What one person of a need says counts half as much as what two say.
_SURE = 2
# What is added to a count, so that a word that is said once somewhere proves little.
_SMALL, _OTHERS = 0.1, 0.5
# A weight is kept in a byte.
_STEPS, _HEAVIEST = 25.0, 255


class Weights(NamedTuple):
    """Places of words in rising order, and for each a need that it tells of and its weight."""

    words: NDArray[np.uint32]
    needs: NDArray[np.uint16]
    weights: NDArray[np.uint8]

    @classmethod
    def kept(cls, held: Mapping[str, NDArray[Any]], of: str = "need") -> Self:
        """Those that were stored under that name."""
        return cls(held[f"{of}_words"], held[f"{of}_told"], held[f"{of}_weights"])

    def stored(self, of: str = "need") -> dict[str, NDArray[Any]]:
        """The three rows by name."""
        return {f"{of}_words": self.words, f"{of}_told": self.needs, f"{of}_weights": self.weights}


class TellingWords:
    """Hears in the words of a text which needs it speaks of."""

    def __init__(self, known: Weights) -> None:
        self._known = known

    def __call__(self, text: str) -> Sureness:
        """How surely the text speaks of each need, as a sum of what its words tell."""
        asked = np.array([*map(_place, telling(text))], dtype=np.uint32)
        begin, end = (self._known.words.searchsorted(asked, side) for side in ("left", "right"))
        at = [*chain.from_iterable(map(range, begin.tolist(), end.tolist()))]
        sums = np.bincount(self._known.needs[at], self._known.weights[at]) / _STEPS
        heard = np.flatnonzero(sums)
        return dict(zip(heard.tolist(), sums[heard].tolist(), strict=True))


def weighed(said: Sequence[Sequence[str]], remarks: Sequence[str]) -> Weights:
    """What the words of texts tell of the needs they were said for, none of which remarks have.

    A word weighs the logarithm of how much oftener it is said for that need than for all others.
    """
    counts = [_counted(texts) for texts in said]
    everywhere = sum(counts, _counted(remarks))
    texts = sum(map(len, said), len(remarks))
    found = sorted(
        (_place(word), need, weight)
        for need, count in enumerate(counts)
        for word, times in count.items()
        if (weight := _weight(times, len(said[need]), everywhere[word] - times, texts)) > 0
    )
    words, of, weights = zip(*found, strict=True)
    return Weights(
        np.array(words, dtype=np.uint32),
        np.array(of, dtype=np.uint16),
        np.array(weights, dtype=np.uint8),
    )


def _counted(texts: Sequence[str]) -> Counter[str]:
    return Counter(word for text in texts for word in telling(text))


def _weight(times: int, said: int, elsewhere: int, texts: int) -> int:
    here = (times + _SMALL) / (said + 1)
    there = (elsewhere + _OTHERS) / (texts - said + 1)
    return min(_HEAVIEST, round(_STEPS * min(1.0, times / _SURE) * log(here / there)))


def _place(word: str) -> int:
    return crc32(word.encode())
