"""What a stretch of a message leans to, by what people say who need something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from outfitter.core.analysis import Vector


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a text is like, by its vector.

    `vector` is drawn towards the need that the text is most like. `services` says how near each
    service is that meets a need like that, as a cosine; `idle` that the text is most like what
    people say who need no server at all.
    """

    vector: Vector
    services: Mapping[str, float] = field(default_factory=dict)
    idle: bool = False


Lean = Callable[[Sequence[Vector]], list[Leaning]]


def upright(vectors: Sequence[Vector]) -> list[Leaning]:
    """Texts that lean to nothing, for a model that no needs are known for."""
    return [Leaning(vector) for vector in vectors]
