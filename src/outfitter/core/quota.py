"""How often a user may speak, and when a turn without an end counts as given up."""

from dataclasses import dataclass

_MINUTE, _DAY = 60, 24 * 3600


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many turns within any span of so many seconds."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast turns may come, and for how many seconds one may be under way."""

    quotas: tuple[Quota, ...]
    patience: float


def pace(*, per_minute: int | None, per_day: int | None, patience: float) -> Pace:
    """The pace of these limits; None is no limit."""
    limits = (("minute", per_minute, _MINUTE), ("day", per_day, _DAY))
    quotas = tuple(Quota(name, most, seconds) for name, most, seconds in limits if most)
    return Pace(quotas, patience)
