"""What conversations have taught about which servers a message leaves in the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from zlib import crc32

_STEEPEST = 30.0


@dataclass(frozen=True, slots=True)
class Experience:
    """A logistic model over signs: each weighs what stands at its place, times the scale."""

    weights: Sequence[int]
    scale: float

    def likelihood(self, signs: Iterable[str]) -> float:
        """How likely a server with these signs is in the plan after the message, from 0 to 1."""
        total = sum(self.weights[place(one, len(self.weights))] for one in signs)
        return 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, self.scale * total))))


def place(sign: str, places: int) -> int:
    """Where the weight of a sign stands; two signs may share one."""
    return crc32(sign.encode()) % places
