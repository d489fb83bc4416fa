"""Arithmetic with vectors as they go to the database."""

from collections.abc import Sequence

from outfitter.core.analysis import Vector


def mean(vectors: Sequence[Vector]) -> Vector:
    """The mean of vectors of one length.

    >>> mean([[1.0, 0.0], [0.0, 1.0]])
    [0.5, 0.5]
    """
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
