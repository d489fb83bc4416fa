"""How a logistic model over many rare signs is learnt."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Adam over all cases at once, ever slower; weights are drawn towards 0.
_ROUNDS, _PACE, _SLOWEST = 150, 0.05, 0.1
_FIRST_MOMENT, _SECOND_MOMENT, _TINY = 0.9, 0.99, 1e-8
_LARGEST = 127


class Case(NamedTuple):
    """The places of the signs that are seen, whether it is so, and how much it counts."""

    places: tuple[int, ...]
    is_so: bool
    weight: float = 1.0


def learnt(cases: Sequence[Case], places: int, *, shrink: float) -> Numbers:
    """A weight for each place; the more they are shrunk, the more cases it takes to have any."""
    rows = np.repeat(np.arange(len(cases)), [len(one.places) for one in cases])
    columns = np.concatenate([one.places for one in cases])
    wanted = np.array([one.is_so for one in cases], dtype=float)
    counts = np.array([one.weight for one in cases])
    weights, mean, square = np.zeros((3, places))
    for turn in range(1, _ROUNDS + 1):
        totals = np.bincount(rows, weights=weights[columns], minlength=len(cases))
        errors = counts * (1 / (1 + np.exp(-totals)) - wanted)
        slope = np.bincount(columns, weights=errors[rows], minlength=places) + shrink * weights
        mean = _FIRST_MOMENT * mean + (1 - _FIRST_MOMENT) * slope
        square = _SECOND_MOMENT * square + (1 - _SECOND_MOMENT) * slope**2
        step = mean / (1 - _FIRST_MOMENT**turn)
        step /= np.sqrt(square / (1 - _SECOND_MOMENT**turn)) + _TINY
        weights = weights - _PACE * (1 - (1 - _SLOWEST) * turn / _ROUNDS) * step
    return weights


def whole(weights: Numbers) -> tuple[NDArray[np.int8], float]:
    """The weights as whole numbers from -127 to 127, and what one of these is worth."""
    scale = float(np.abs(weights).max()) / _LARGEST
    return np.rint(weights / scale).astype(np.int8), scale
