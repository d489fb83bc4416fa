"""What a message leans to, by what people say who need something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Told
from outfitter.core.finding.vectors import Vector

# What asks for something less surely than this is a mere remark.
REMARK = -5.0


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the texts of a message are like, by their vectors, of which the first is the whole's.

    `vectors` are these, each drawn towards the need that its text is most like. `known` says for
    each text how near every service is that meets a need like that, as a cosine; `asking` how
    surely the whole asks for what takes a server: about the logarithm of how much likelier that is
    than a mere remark. `about` is what of the service itself it asks about, if it does.
    """

    vectors: Sequence[Vector]
    known: tuple[Mapping[str, float], ...] = ()
    asking: float = 0.0
    about: str = ""


Lean = Callable[[str, Sequence[Vector], Sequence[Told]], Leaning]
