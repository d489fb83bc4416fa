"""What conversations have taught about which servers a message leaves in the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outfitter.core.words.grams import place


@dataclass(frozen=True, slots=True)
class Experience:
    """A linear model over signs: each weighs what stands at its place, as a whole number."""

    weights: Sequence[int]

    def wants(self, signs: Iterable[str]) -> bool:
        """Whether a server with these signs is in the plan after the message, most likely."""
        return sum(self.weights[place(one, len(self.weights))] for one in signs) > 0
