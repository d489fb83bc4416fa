"""Which servers of a shortlist a person would take: one for each need, none where none fits."""

from collections.abc import Iterator, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Access
from outfitter.core.lexicon import is_small_talk, services
from outfitter.core.naming import Said, said_names
from outfitter.core.text import terms

_FLOOR = 0.42
_SECOND = 0.12
_ALIKE = 0.2
_MOST = 8
_LEAST_WORK = {Access.OPEN: 0, Access.PASTE: 1, Access.FILE: 2, Access.SIGN_IN: 3}

Named = dict[str, tuple[Said, ...]]


def choose(
    message: str, clauses: tuple[str, ...], shortlist: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The servers to use, best first; empty when nothing fits or nothing is asked."""
    if not shortlist or is_small_talk(terms(message)):
        return ()
    taken = list(_called(message, shortlist))
    parts = clauses[1:] or (message,)
    rest = [one for one in parts if not _calls(one, taken)] if taken else parts
    taken += _implied(rest, shortlist, taken)
    return tuple(sorted(taken or _nearest(shortlist), key=lambda one: -one.score))[:_MOST]


def alternatives(chosen: Candidate, shortlist: Sequence[Candidate]) -> tuple[str, ...]:
    """The names of at most three others that could do the same job, best first."""
    same = [
        one
        for one in shortlist
        if one.server.name != chosen.server.name
        and (one.server.service == chosen.server.service or one.need == chosen.need)
    ]
    same.sort(key=lambda one: one.server.service != chosen.server.service)
    return tuple(one.server.name for one in same[:3])


def _called(message: str, shortlist: Sequence[Candidate]) -> Iterator[Candidate]:
    """One server for each name in the message."""
    said = _strong(said_names(message, [one.server for one in shortlist]))
    places = dict.fromkeys(one for many in said.values() for one in many)
    done: set[str] = set()
    for place in sorted(places, key=lambda one: (one.start, one.end)):
        alike = [one for one in shortlist if place in said.get(one.server.name, ())]
        if not done & {one.server.service for one in alike}:
            best = _preferred(alike)
            done.add(best.server.service)
            yield best


def _strong(said: Named) -> Named:
    kept = {name: tuple(one for one in many if not one.generic) for name, many in said.items()}
    return {name: many for name, many in kept.items() if many}


def _calls(clause: str, taken: Sequence[Candidate]) -> bool:
    return bool(_strong(said_names(clause, [one.server for one in taken])))


def _implied(
    clauses: Sequence[str], shortlist: Sequence[Candidate], taken: Sequence[Candidate]
) -> Iterator[Candidate]:
    """One server for each service that the clauses ask for without a name."""
    done = {one.server.service for one in taken}
    for clause in clauses:
        for service in services(clause):
            alike = [one for one in shortlist if one.server.service == service]
            if alike and service not in done:
                done.add(service)
                yield _preferred(alike)


def _nearest(shortlist: Sequence[Candidate]) -> Iterator[Candidate]:
    """The best server by meaning and words, and for each other need one that is nearly as good."""
    ordered = sorted(shortlist, key=lambda one: -one.score)
    best = ordered[0]
    if best.score < _FLOOR:
        return
    needs: set[int] = set()
    services_: set[str] = set()
    for one in ordered:
        if one.score < max(_FLOOR, best.score - _SECOND):
            return
        if one.need not in needs and one.server.service not in services_:
            needs.add(one.need)
            services_.add(one.server.service)
            yield _preferred([two for two in ordered if two.server.service == one.server.service])


def _preferred(alike: Sequence[Candidate]) -> Candidate:
    """The look-alike that asks least of the user, then the official, then the popular one."""
    best = max(one.score for one in alike)
    return min((one for one in alike if one.score >= best - _ALIKE), key=_preference)


def _preference(one: Candidate) -> tuple[bool, int, bool, int, float, str]:
    server = one.server
    work = _LEAST_WORK[server.access]
    retired = server.status == "archived"
    return (retired, work, not server.official, -server.popularity, -one.score, server.name)
