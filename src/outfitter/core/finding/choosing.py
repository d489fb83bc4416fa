"""Which servers of a shortlist a person would take: one for each need, none where none fits."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from outfitter.core.analysis import Candidate, Question, Told
from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import apps_in, knows
from outfitter.core.finding.capabilities import implied, refused, refuses
from outfitter.core.finding.capability import Capability
from outfitter.core.finding.hearing import unmet
from outfitter.core.finding.leaning import REMARK
from outfitter.core.finding.rivals import preferred
from outfitter.core.words.lexicon import DAYS, MIXED, is_idle
from outfitter.core.words.moments import without_days
from outfitter.core.words.naming import Mention, is_kind, said_names, told_apart
from outfitter.core.words.text import stem, terms, tokens

# The fewer the words of a message, the nearer it is to something by chance: what any message needs,
# what one of a single word needs more, and what the more surely asking ones need less.
_FLOOR, _SHORT, _ASKING, _SUREST = 0.28, 0.8, 0.05, 4.0
# What is named weighs the more, the fewer other words there are.
_STRANGE = 1.0
_SECOND = 0.09
_MOST, _MOST_NEARER = 8, 2
_NONE: frozenset[int] = frozenset()
# Servers to try clients with are for whoever names them.
_OF_NO_USE = "test"


def choose(question: Question) -> tuple[Candidate, ...]:
    """The servers to use, best first; empty when nothing fits or nothing is asked.

    What servers of the plan do already is no need.
    """
    message, clauses, shortlist = question.message, question.clauses, question.shortlist
    if not shortlist or not clauses or is_idle(message):
        return ()
    called = list(_called(message, shortlist))
    if _is_remark(question, called):
        return ()
    needs = implied(message)
    there = [one for one in shortlist if one.server.name in question.plan.names]
    done = frozenset(_done(needs, there, shortlist))
    needless = refused(message) | done
    wanted = [one for one in needs if one not in needless]
    taken = called + list(_implied(wanted, clauses, shortlist, called))
    if called:
        told = [one for one in question.told if not refuses(clauses[one.place])]
        taken += _told(told, clauses, shortlist, called, [*taken, *there])
    else:
        hints = enumerate(needs, len(clauses))
        shut = {place for place, need in hints if need in needless}
        near = [one for one in _near(question) if one.need not in shut]
        taken += _fitting(needs, len(clauses), near, taken)
        met = {0, *_met(needs, clauses, taken)} if taken or done else set()
        taken += _nearest(near, taken, met)
    once = {one.server.name: one for one in taken}
    return tuple(sorted(once.values(), key=lambda one: -one.score))[:_MOST]


def _done(
    needs: Sequence[Capability], there: Sequence[Candidate], shortlist: Sequence[Candidate]
) -> Iterator[Capability]:
    """The needs that a server of the plan meets though it is not known for them: it is of the kind.

    What is known to meet one is chosen for it anew.
    """
    for need in needs:
        alike = [one for one in shortlist if need.is_for(one.server)]
        kinds = {one.server.category for one in alike} - MIXED
        known = need.by_these_alone or any(need.is_for(one.server) for one in there)
        if not known and any(one.server.category in kinds for one in there):
            yield need


def _is_remark(question: Question, called: Sequence[Candidate]) -> bool:
    """Whether a first message hardly asks for anything, and names no two servers."""
    return question.asking < REMARK and not called[1:] and not question.plan.names


def _near(question: Question) -> Iterator[Candidate]:
    """The candidates that score enough, more where they do not know the apps that are named."""
    message, clauses = question.message, question.clauses
    asking = _ASKING * max(-_SUREST, min(question.asking, _SUREST))
    floor = _floor(message) - asking
    # Another app than the one that is named does not do, however surely something is asked for.
    strange = _STRANGE / len(terms(message)) + max(0.0, asking)
    apps = [apps_in(one) for one in (message, *clauses[1:])] if apps_in(message) else []
    for one in question.shortlist:
        if not one.named and (one.server.category == _OF_NO_USE or _is_day(one.server)):
            continue
        asked = apps[one.need if one.need < len(apps) else 0] if apps else ()
        if one.score >= floor + (strange if asked and not knows(one.server, asked) else 0):
            yield one


def _is_day(server: Server) -> bool:
    """Whether a server is called like a day of the week: it comes near to whatever names one."""
    return stem(server.service) in DAYS


def _floor(message: str) -> float:
    """The score from which a server fits, whatever the message names and whenever it is for."""
    return _FLOOR + _SHORT / max(1, len(terms(without_days(message))))


def _called(message: str, shortlist: Sequence[Candidate]) -> Iterator[Candidate]:
    """One server for each name in the message."""
    named = [one for one in shortlist if one.named]
    if not named:
        return
    said = said_names(message, [one.server for one in named])
    places = Counter(one for many in said.values() for one in many if not one.generic)
    sharing: dict[Mention, list[Candidate]] = defaultdict(list)
    for one in named:
        for place in said.get(one.server.name, ()):
            sharing[place].append(one)
    stems = tokens(message)
    done: dict[Mention, Candidate] = {}
    # A name that several share means the one of them that is named by itself as well.
    for place in sorted(places, key=lambda one: (places[one], one.start, one.end)):
        alike = sharing[place]
        services = _services(place, alike)
        same = [at for at, one in done.items() if one.server.service in services]
        if same and all(told_apart(stems, place, at) for at in same):
            alike = [one for one in alike if one not in done.values()]
        elif same:
            continue
        if alike:
            done[place] = preferred(alike)
            yield done[place]


def _services(place: Mention, alike: Sequence[Candidate]) -> set[str]:
    """The services that a name may mean; by its own name a server means itself, not its kind."""
    services = {one.server.service for one in alike}
    return services if place.generic else {one for one in services if not is_kind(one)}


def _implied(
    needs: Sequence[Capability],
    clauses: Sequence[str],
    shortlist: Sequence[Candidate],
    called: Sequence[Candidate],
) -> Iterator[Candidate]:
    """One server for each need that shows without a name, unless one called does it."""
    done = {one.server.category for one in called} - MIXED
    done_alike = _NONE.union(*(one.needs for one in called))
    for need in needs:
        alike = [one for one in shortlist if need.is_for(one.server)]
        if not alike:
            continue
        best = preferred(alike)
        if need.by_these_alone:
            met = any(need.is_for(one.server) for one in called)
        else:
            kinds = {one.server.category for one in alike}
            beside = _beside(need, clauses, called)
            met = bool(kinds & (done | beside)) or _NONE < best.needs <= done_alike
        if not met:
            yield best


def _told(
    told: Sequence[Told],
    clauses: Sequence[str],
    shortlist: Sequence[Candidate],
    called: Sequence[Candidate],
    taken: Sequence[Candidate],
) -> Iterator[Candidate]:
    """One server for each need that a part beside those with the called ones speaks of."""
    servers = [one.server for one in called]
    naming = {at for at, text in enumerate(clauses) if said_names(text, servers)}
    done = {one.server.category for one in taken} - MIXED
    met = _NONE.union(*(one.needs for one in taken))
    unnamed = [one for one in shortlist if not one.named]
    for need, part in unmet(told, naming, met):
        alike = [one for one in unnamed if need in one.needs]
        kinds = {one.server.category for one in alike}
        if alike and not kinds & done and _are_near(alike, unnamed, part.at):
            done |= kinds - MIXED
            yield replace(preferred(alike), need=part.place)


def _are_near(some: Sequence[Candidate], shortlist: Sequence[Candidate], at: int) -> bool:
    """Whether hardly any others are nearer to a text than the nearest of these."""
    nearest = max(_nearness(one, at) for one in some)
    nearer = [one for one in shortlist if one not in some and _nearness(one, at) > nearest]
    return len(nearer) <= _MOST_NEARER


def _nearness(one: Candidate, at: int) -> float:
    return one.near[at] if at < len(one.near) else 0.0


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


def _met(
    needs: Sequence[Capability], clauses: Sequence[str], taken: Sequence[Candidate]
) -> set[int]:
    """The places of needs that one taken meets, and of clauses where a need shows that some do."""
    shown = {at for at, one in enumerate(clauses) if any(need.services for need in implied(one))}
    hints = enumerate(needs, len(clauses))
    return shown | {at for at, need in hints if any(need.is_for(one.server) for one in taken)}


def _fitting(
    needs: Sequence[Capability],
    clauses: int,
    near: Sequence[Candidate],
    taken: Sequence[Candidate],
) -> Iterator[Candidate]:
    """For each need that nothing is known to meet the best server that was found by its hint."""
    met = {one.need for one in taken}
    services = {one.server.service for one in taken}
    for place, need in enumerate(needs, clauses):
        best = next((one for one in near if one.need == place), None)
        done = place in met or any(need.is_for(one.server) for one in taken)
        if best and not done and best.server.service not in services:
            services.add(best.server.service)
            yield best


def _nearest(
    shortlist: Sequence[Candidate], taken: Sequence[Candidate], needs: set[int]
) -> Iterator[Candidate]:
    """The best server by meaning and words, and for each other need one that is nearly as good."""
    best = max((one.score for one in shortlist), default=0.0)
    needs |= {one.need for one in taken}
    services = {one.server.service for one in taken}
    for one in sorted(shortlist, key=lambda one: (-one.score, one.server.name)):
        if one.score < best - _SECOND:
            return
        if one.need not in needs and one.server.service not in services:
            needs.add(one.need)
            services.add(one.server.service)
            yield preferred([two for two in shortlist if two.server.service == one.server.service])
