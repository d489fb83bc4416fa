"""The file that holds what conversations have taught."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from outfitter.adapters.ai import logistic
from outfitter.adapters.ai.logistic import Numbers
from outfitter.adapters.whole_file import written
from outfitter.core.talk.experience import Experience

FILE = Path(__file__).parents[2] / "experience" / "weights.npz"


def read(file: Path = FILE) -> Experience:
    """What ships with the package, or what was taught anew."""
    with np.load(file) as held:
        return Experience(_row(held["weights"]), _row(held["details"]))


def made_of(file: Path = FILE) -> str:
    """What it was taught by."""
    with np.load(file) as held:
        return str(held["made_of"])


def write(file: Path, weights: Numbers, details: Numbers, made_of: str) -> None:
    """Keep weights as whole numbers from -127 to 127: how they compare is all that counts."""
    (servers, _), (told, _) = logistic.whole(weights), logistic.whole(details)
    with written(file) as opened:
        np.savez_compressed(opened, weights=servers, details=told, made_of=np.array(made_of))


def _row(stored: NDArray[np.int8]) -> Sequence[int]:
    return memoryview(stored.tobytes()).cast("b")
