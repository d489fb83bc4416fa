"""Needs that a message speaks of and nothing at hand meets: better no server than a wrong one."""

from outfitter.core.analysis import Candidate, Question, Sureness, Told
from outfitter.core.finding.hearing import met_by

# How surely a need has to be heard, and by how much more than any that a server is known for which
# is as near as the second number.
_LEAST, _NEAR, _MORE = 3.5, 0.5, 6.0


def is_for_another(one: Candidate, question: Question) -> bool:
    """Whether all that a server could be for speaks of a need which none of the shortlist meets.

    Of a server that is known for nothing nobody can say so.
    """
    parts = [part for part in question.told if one.need in (0, part.place)]
    if not one.needs or not parts:
        return False
    more = _MORE if max(one.near, default=0.0) >= _NEAR else 0.0
    return all(_passes_by(one, part, question, more) for part in parts)


def lacks(question: Question) -> bool:
    """Whether a message speaks most surely of a need which none of the shortlist meets."""
    met = met_by(question.shortlist)
    heard = [part.heard for part in question.told]
    return any(
        _open(one, met) > max((one.get(at, 0.0) for at in met), default=0.0) for one in heard
    )


def _passes_by(one: Candidate, part: Told, question: Question, more: float) -> bool:
    mine = max(part.heard.get(need, 0.0) for need in one.needs)
    return _open(part.heard, met_by(question.shortlist)) > mine + more


def _open(heard: Sureness, met: frozenset[int]) -> float:
    """How surely a need is heard that nothing meets; 0 where that is not sure enough."""
    most = max((sure for need, sure in heard.items() if need not in met), default=0.0)
    return most if most >= _LEAST else 0.0
