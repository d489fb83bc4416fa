"""What conversations have taught: which servers a message leaves, and what it says of the work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outfitter.core.talk.detail_signs import signs_in
from outfitter.core.words.details import is_idle
from outfitter.core.words.grams import place


@dataclass(frozen=True, slots=True)
class Experience:
    """Linear models over signs: each weighs what stands at its place, as a whole number."""

    weights: Sequence[int]
    details: Sequence[int]

    def wants(self, signs: Iterable[str]) -> bool:
        """Whether a server with these signs is in the plan after the message, most likely."""
        return _weighed(self.weights, signs) > 0

    def tells_how(self, text: str) -> bool:
        """Whether what is said of a plan tells how its work is to be done, most likely."""
        return not is_idle(text) and _weighed(self.details, set(signs_in(text))) > 0


def _weighed(weights: Sequence[int], signs: Iterable[str]) -> int:
    return sum(weights[place(one, len(weights))] for one in signs)
