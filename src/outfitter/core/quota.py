"""How often something may be done, and when a turn without an end counts as given up."""

from collections.abc import Sequence
from dataclasses import dataclass

_MINUTE, _DAY = 60, 24 * 3600


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many times within any span of so many seconds."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast turns may come, and for how many seconds one may be under way."""

    quotas: tuple[Quota, ...]
    patience: float


def pace(*, per_minute: int, per_day: int, patience: float) -> Pace:
    """The pace of these limits; 0 is no limit."""
    limits = (("minute", per_minute, _MINUTE), ("day", per_day, _DAY))
    quotas = tuple(Quota(name, most, seconds) for name, most, seconds in limits if most)
    return Pace(quotas, patience)


def reached(quotas: Sequence[Quota], waits: Sequence[int]) -> tuple[Quota, int] | None:
    """The used up quota with the longest wait, and that wait in seconds; None if none is."""
    wait, place = max(((wait, place) for place, wait in enumerate(waits)), default=(0, 0))
    return (quotas[place], wait) if wait > 0 else None
