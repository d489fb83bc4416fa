"""Which of several look-alikes are for what a message speaks of: some do what others do not."""

from collections.abc import Sequence

from outfitter.core.analysis import Candidate, Sureness, Told
from outfitter.core.finding.hearing import met_by

# How surely a need has to be heard, and how much less sure one that is met counts as much.
_LEAST, _BEHIND = 5.0, 3.0


def fitting(alike: Sequence[Candidate], told: Sequence[Told]) -> Sequence[Candidate]:
    """Those of the look-alikes that are known for what is heard most surely; else all of them."""
    sureness = [max(_heard(server, told).values(), default=0.0) for server in alike]
    most = max(sureness, default=0.0)
    if most < _LEAST:
        return alike
    found = zip(alike, sureness, strict=True)
    return [server for server, sure in found if sure >= most - _BEHIND]


def repeats(one: Candidate, taken: Sequence[Candidate], told: Sequence[Told]) -> bool:
    """Whether what a server is known for and heard for most surely is met by one of those taken."""
    sureness = _heard(one, told)
    most = max(sureness, key=sureness.__getitem__, default=None)
    return most is not None and most in met_by(taken)


def _heard(one: Candidate, told: Sequence[Told]) -> Sureness:
    """How surely each need that a server is known for is heard in any part."""
    return {need: max(part.heard.get(need, 0.0) for part in told) for need in one.needs if told}
