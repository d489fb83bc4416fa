"""The vectors of texts: what gives them, and arithmetic with them on the way to the database."""

from collections.abc import Awaitable, Callable, Sequence

Vector = list[float]
Embed = Callable[[list[str]], Awaitable[list[Vector]]]

COLUMNS = 1536  # as wide as the widest model; shorter vectors are stored with zeros behind


def mean(vectors: Sequence[Vector]) -> Vector:
    """The mean of vectors of one length.

    >>> mean([[1.0, 0.0], [0.0, 1.0]])
    [0.5, 0.5]
    """
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def blend(one: Vector, other: Vector, share: float) -> Vector:
    """A vector between two of one length, with that share of the first one.

    >>> blend([1.0, 0.0], [0.0, 1.0], 0.25)
    [0.25, 0.75]
    """
    return [share * a + (1 - share) * b for a, b in zip(one, other, strict=True)]
