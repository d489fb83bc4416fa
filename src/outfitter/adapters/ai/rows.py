"""Many vectors at once, as numpy holds them."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

_LARGEST = 127


def of_length_one(rows: Rows | NDArray[np.int8]) -> Rows:
    """The rows stretched to length 1; one that is all zeros stays so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    stretched: Rows = (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return stretched


def in_bytes(rows: Rows) -> NDArray[np.int8]:
    """The rows' directions as whole numbers from -127 to 127, within 0.001 of a cosine."""
    scaled: Rows = rows / np.abs(rows).max(axis=1, keepdims=True) * _LARGEST
    return np.rint(scaled).astype(np.int8)
