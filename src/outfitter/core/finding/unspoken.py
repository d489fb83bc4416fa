"""Needs that no name tells of, and which servers of a shortlist meet them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from outfitter.core.analysis import Candidate, Question, Told
from outfitter.core.catalogue import Server
from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.capability import Capability
from outfitter.core.finding.fitting import fitting
from outfitter.core.finding.hearing import met_by, unmet
from outfitter.core.finding.rivals import MIXED, preferred
from outfitter.core.words.lexicon import DAYS
from outfitter.core.words.naming import said_names
from outfitter.core.words.text import stem

# How many other servers may be nearer to a part than the one that is known for its need.
_MOST_NEARER = 2

# For each need the servers that are known to meet it.
Able = Mapping[Capability, Sequence[Candidate]]
# The need of each hint, by the hint's place behind the clauses.
Hints = Mapping[int, Capability]


def known_for(needs: Sequence[Capability], shortlist: Sequence[Candidate]) -> Able:
    """Those of a shortlist that are known to meet each need; often none."""
    return {need: [one for one in shortlist if need.is_for(one.server)] for need in needs}


def done_there(able: Able, there: Sequence[Candidate]) -> Iterator[Capability]:
    """The needs that a server of the plan meets by its kind, though it is not known for them.

    For a need that it is known for, the choice may fall on it again.
    """
    kinds_there = _kinds(there)
    for need, alike in able.items():
        known = need.by_these_alone or any(need.is_for(one.server) for one in there)
        if not known and not kinds_there.isdisjoint(_kinds(alike) - MIXED):
            yield need


def known_to_meet(
    wanted: Able, question: Question, called: Sequence[Candidate]
) -> Iterator[Candidate]:
    """One server for each need that shows without a name, unless one called does it."""
    done = _kinds(called) - MIXED
    done_alike = met_by(called)
    for need, alike in wanted.items():
        if not alike:
            continue
        best = preferred(fitting(alike, question.told))
        if need.by_these_alone:
            met = any(need.is_for(one.server) for one in called)
        else:
            kinds = done | _beside(need, question.clauses, called)
            met = bool(_kinds(alike) & kinds) or frozenset() < best.needs <= done_alike
        if not met:
            yield best


def spoken_of(
    told: Sequence[Told],
    naming: Collection[int],
    shortlist: Sequence[Candidate],
    taken: Sequence[Candidate],
) -> Iterator[Candidate]:
    """One server for each need that a part beside the clauses `naming` one speaks of."""
    done = _kinds(taken) - MIXED
    met = met_by(taken)
    unnamed = [one for one in shortlist if not one.named and not is_day(one.server)]
    for need, part in unmet(told, naming, met):
        alike = [one for one in unnamed if need in one.needs]
        kinds = _kinds(alike)
        if alike and not kinds & done and _are_near(alike, unnamed, part.at):
            done |= kinds - MIXED
            yield replace(preferred(alike), need=part.place)


def naming_any(clauses: Sequence[str], called: Sequence[Candidate]) -> set[int]:
    """The places of the clauses that name a server."""
    servers = [one.server for one in called]
    return {at for at, text in enumerate(clauses) if said_names(text, servers)}


def where_met(hints: Hints, clauses: Sequence[str], taken: Sequence[Candidate]) -> set[int]:
    """The places of needs that one taken meets, and of clauses where a need shows that some do."""
    shown = {at for at, one in enumerate(clauses) if any(need.services for need in implied(one))}
    met = {at for at, need in hints.items() if any(need.is_for(one.server) for one in taken)}
    return shown | met


def is_day(server: Server) -> bool:
    """Whether a server is called like a day of the week: it comes near to whatever names one."""
    return stem(server.service) in DAYS


def _kinds(some: Sequence[Candidate]) -> frozenset[str]:
    return frozenset(one.server.category for one in some)


def _are_near(some: Sequence[Candidate], shortlist: Sequence[Candidate], at: int) -> bool:
    """Whether hardly any others are nearer to a text than the nearest of these."""
    nearest = max(one.nearness(at) for one in some)
    nearer = [one for one in shortlist if one not in some and one.nearness(at) > nearest]
    return len(nearer) <= _MOST_NEARER


def _beside(need: Capability, clauses: Sequence[str], called: Sequence[Candidate]) -> set[str]:
    """The categories of the servers that are called in a breath with a need."""
    servers = [one.server for one in called]
    said = {
        name
        for one in clauses[1:] or clauses
        if need.said.search(one)
        for name in said_names(one, servers)
    }
    return {one.category for one in servers if one.name in said}
