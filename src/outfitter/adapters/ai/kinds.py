"""What many texts of one kind say, in a few vectors."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outfitter.adapters.ai.rows import Rows, of_length_one

# What people say for one thing falls into a few kinds; each is drawn towards the middle of all.
_KINDS = 3
_MIDDLE, _CALLED = 0.3, 0.3
_ROUNDS = 15


def kinds(rows: Rows, called: Rows | None = None) -> Rows:
    """What is said in a few vectors, each drawn towards all of it and what that is called."""
    mean: NDArray[Any] = rows.mean(axis=0)
    middle = of_length_one((mean if called is None else mean + _CALLED * called)[None])
    return of_length_one((1 - _MIDDLE) * _middles(rows) + _MIDDLE * middle)


def in_a_row(groups: Sequence[Rows]) -> tuple[Rows, NDArray[np.int64]]:
    """The vectors of all groups behind each other, and where each group begins."""
    return np.concatenate(groups), np.cumsum([0, *map(len, groups[:-1])])


def _middles(rows: Rows) -> Rows:
    """The middles of groups of vectors (k-means, begun with those that are far apart)."""
    middles: Rows = rows[(rows @ rows.mean(axis=0)).argmax()][None]
    while len(middles) < min(_KINDS, len(rows)):
        middles = np.concatenate([middles, rows[(rows @ middles.T).max(axis=1).argmin()][None]])
    for _ in range(_ROUNDS):
        group = (rows @ middles.T).argmax(axis=1)
        means = [rows[group == one].mean(axis=0) for one in np.unique(group)]
        middles = of_length_one(np.array(means))
    return middles
