"""What a stretch of a message leans to, by what people say who need something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from outfitter.core.analysis import Vector

# What asks for something less surely than this is a mere remark.
REMARK = -6.0


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a text is like, by its vector.

    `vector` is drawn towards the need that the text is most like. `services` says how near each
    service is that meets a need like that, as a cosine; `asking` how surely the text asks for
    what takes a server: about the logarithm of how much likelier that is than a mere remark.
    """

    vector: Vector
    services: Mapping[str, float] = field(default_factory=dict)
    asking: float = 0.0


Lean = Callable[[Sequence[Vector]], list[Leaning]]


def upright(vectors: Sequence[Vector]) -> list[Leaning]:
    """Texts that lean to nothing, for a model that no needs are known for."""
    return [Leaning(vector) for vector in vectors]
