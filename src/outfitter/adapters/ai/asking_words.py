"""Telling requests from remarks by their words, beside what their vectors tell."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from outfitter.adapters.ai import logistic
from outfitter.adapters.ai.asking import shares
from outfitter.adapters.ai.logistic import Case
from outfitter.core.words.grams import grams, place, spoken

_PLACES = 1 << 16
_SHRINK = 3.0
# Two words that follow each other say as much as three do.
_LONGEST = 2
_MOST_COUNTED, _STEP = 30, 4


class AskingWords(NamedTuple):
    """How surely a text asks for what takes a server, by its words: a weight for each place."""

    weights: NDArray[np.int8]
    scale: float

    def __call__(self, text: str) -> float:
        """About the logarithm of how much likelier it is a request than a remark."""
        return float(self.weights[list(_places(text))].sum(dtype=np.int64)) * self.scale

    @classmethod
    def kept(cls, held: Mapping[str, NDArray[Any]], of: str = "asking") -> Self:
        """The one that was stored under that name."""
        return cls(held[f"{of}_words"], float(held[f"{of}_scale"]))

    def stored(self, of: str = "asking") -> dict[str, NDArray[Any]]:
        """What there is to store, by name."""
        return {f"{of}_words": self.weights, f"{of}_scale": np.array(self.scale)}


def learnt(requests: Sequence[Sequence[str]], remarks: Sequence[str]) -> AskingWords:
    """What tells these requests from these remarks, each of which counts its share."""
    asked = list(chain(*requests))
    weights = shares(requests, remarks)
    cases = [
        Case(_places(text), at < len(asked), weight)
        for at, (text, weight) in enumerate(zip([*asked, *remarks], weights, strict=True))
    ]
    return AskingWords(*logistic.whole(logistic.learnt(cases, _PLACES, shrink=_SHRINK)))


# What a message asks for and what of the service it asks about are told from the same signs.
@lru_cache(maxsize=16)
def _places(text: str) -> tuple[int, ...]:
    return tuple({place(sign, _PLACES) for sign in _signs(text)})


def _signs(text: str) -> Iterator[str]:
    """The words of a text and each two that follow each other, from end to end; its length."""
    said = [_alike(one) for one in spoken(text.lower())]
    yield from grams(["<", *said, ">"], _LONGEST)
    yield f"length {min(_MOST_COUNTED, len(said)) // _STEP}"


def _alike(word: str) -> str:
    """All numbers are one word."""
    return "9" if word.isdigit() else word
