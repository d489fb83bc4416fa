"""Telling requests from remarks by their vectors: a network of two layers, and how it learns."""

from collections.abc import Mapping, Sequence, Sized
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from outfitter.adapters.ai.rows import Rows

_UNITS = 64
# A vector's columns are about a twentieth; the layers learn sooner from larger numbers.
_SCALE = 3.0
# Gradient descent with momentum over small batches, ever slower; weights are drawn towards 0.
_ROUNDS, _BATCH, _PACE, _MOMENTUM, _DECAY = 30, 128, 0.1, 0.9, 1e-3
_SEED = 1

_Numbers = NDArray[np.float64]


class Asking(NamedTuple):
    """How surely texts ask for what takes a server, by their vectors.

    `inner` is (columns, units), `shift` and `outer` are (units,), `base` is (1,).
    """

    inner: NDArray[np.floating]
    shift: NDArray[np.floating]
    outer: NDArray[np.floating]
    base: NDArray[np.floating]

    def __call__(self, rows: Rows) -> Rows:
        """For each about the logarithm of how much likelier it is a request than a remark."""
        # A product of matrices would wake a thread for each core, to wait for the next one.
        units = np.maximum(0, np.einsum("tc,cu->tu", rows * _SCALE, self.inner) + self.shift)
        found: Rows = np.einsum("tu,u->t", units, self.outer) + self.base
        return found

    @classmethod
    def kept(cls, held: Mapping[str, NDArray[np.float16]], of: str = "asking") -> Self:
        """The one that was stored under that name."""
        return cls(*(held[f"{of}_{name}"].astype(np.float32) for name in cls._fields))

    def stored(self, of: str = "asking") -> dict[str, NDArray[np.float16]]:
        """Its layers by name."""
        return {f"{of}_{name}": one.astype(np.float16) for name, one in self._asdict().items()}


def learnt(requests: Sequence[Rows], remarks: Rows) -> Asking:
    """What tells these requests from these remarks, each of which counts its share."""
    rows = np.concatenate([*requests, remarks]).astype(np.float64) * _SCALE
    asks = np.arange(len(rows)) < len(rows) - len(remarks)
    weights = shares(requests, remarks)
    dice = np.random.default_rng(_SEED)
    layers: list[_Numbers] = [
        dice.normal(0, 0.05, (rows.shape[1], _UNITS)),
        np.zeros(_UNITS),
        dice.normal(0, 0.3, _UNITS),
        np.zeros(1),
    ]
    moves = [np.zeros_like(one) for one in layers]
    for at in range(_ROUNDS):
        for batch in np.array_split(dice.permutation(len(rows)), -(-len(rows) // _BATCH)):
            slopes = _slopes(layers, rows[batch], asks[batch], weights[batch])
            pace = _PACE * (1 - at / _ROUNDS)
            moves = [
                _MOMENTUM * move - pace * slope for move, slope in zip(moves, slopes, strict=True)
            ]
            layers = [layer + move for layer, move in zip(layers, moves, strict=True)]
    return Asking(*layers)


def shares(requests: Sequence[Sized], remarks: Sized) -> _Numbers:
    """What each request and then each remark counts, one on average.

    Each group of requests counts alike, however many there are in it; all of them count as much
    as the remarks.
    """
    parts = [np.full(len(one), 1 / len(one) / len(requests)) for one in requests]
    parts.append(np.full(len(remarks), 1 / len(remarks)))
    return np.concatenate(parts) * sum(map(len, parts)) / 2


def _slopes(
    layers: Sequence[_Numbers], rows: _Numbers, asks: NDArray[np.bool_], weights: _Numbers
) -> tuple[_Numbers, ...]:
    """How each layer's weights change what the answers to a batch cost (the logistic loss)."""
    inner, shift, outer, base = layers
    units = np.maximum(0, rows @ inner + shift)
    wrong = weights * (1 / (1 + np.exp(-(units @ outer + base))) - asks) / len(rows)
    blame = np.outer(wrong, outer) * (units > 0)
    return (
        rows.T @ blame + _DECAY * inner,
        blame.sum(axis=0),
        units.T @ wrong + _DECAY * outer,
        wrong.sum(keepdims=True),
    )
