"""Which servers of a shortlist a person would take: one for each need, none where none fits."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Access, Server, of_one_kind
from outfitter.core.finding.apps import apps_in, knows
from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.capability import Capability
from outfitter.core.words.lexicon import DAYS, MIXED, is_idle, is_statement, is_wish
from outfitter.core.words.moments import without_days
from outfitter.core.words.naming import Mention, is_kind, kin_of, said_names, told_apart
from outfitter.core.words.text import stem, terms, tokens

# The fewer the words of a message, the nearer it is to something by chance; a remark that asks for
# nothing is so more often. Each pair: what any message needs, and what one of a single word adds.
_FLOOR_OF_WISH, _FLOOR_OF_REMARK = (0.2, 0.6), (0.26, 0.8)
_FLOOR_OF_STATEMENT = (0.41, 0.8)
# What is named weighs the more, the fewer other words there are.
_STRANGE = 1.0
_LIKELY = 0.4
_SECOND = 0.09
_ALIKE = 0.2
_MOST, _OTHERS = 8, 3
_NONE: frozenset[int] = frozenset()
# Servers to try clients with are for whoever names them.
_OF_NO_USE = "test"
_LEAST_WORK = {Access.OPEN: 0, Access.PASTE: 1, Access.FILE: 2, Access.SIGN_IN: 3}


def choose(
    message: str, clauses: tuple[str, ...], shortlist: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The servers to use, best first; empty when nothing fits or nothing is asked."""
    if not shortlist or not clauses or is_idle(message):
        return ()
    called = list(_called(message, shortlist))
    needs = implied(message)
    taken = called + list(_implied(needs, clauses, shortlist, called))
    if not called:
        near = list(_near(message, clauses, shortlist))
        taken += _fitting(needs, len(clauses), near, taken)
        taken += _nearest(near, taken, {0, *_met(needs, clauses, taken)} if taken else set())
    once = {one.server.name: one for one in taken}
    return tuple(sorted(once.values(), key=lambda one: -one.score))[:_MOST]


def _near(
    message: str, clauses: Sequence[str], shortlist: Sequence[Candidate]
) -> Iterator[Candidate]:
    """The candidates that score enough, more where they do not know the apps that are named."""
    floor, strange = _floor(message), _STRANGE / len(terms(message))
    apps = [apps_in(one) for one in (message, *clauses[1:])] if apps_in(message) else []
    for one in shortlist:
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
    if is_wish(message):
        least, short = _FLOOR_OF_WISH
    else:
        least, short = _FLOOR_OF_STATEMENT if is_statement(message) else _FLOOR_OF_REMARK
    return least + short / max(1, len(terms(without_days(message))))


def alternatives(chosen: Candidate, shortlist: Sequence[Candidate]) -> tuple[str, ...]:
    """The names of at most three others that could do the same job, best first.

    Of those that are equally close the reviewed come first.
    """
    others = [
        (-close, not one.server.reviewed, -one.score, one.server.name)
        for one in shortlist
        if one.server.name != chosen.server.name and (close := _closeness(one, chosen))
    ]
    return tuple(name for *_, name in sorted(others))[:_OTHERS]


def turned_down(
    declined: Collection[str], planned: Collection[str], servers: Collection[Server]
) -> frozenset[str]:
    """The servers that come in only when named: the declined, and their kin if none is planned.

    Of a service that was turned down by one server no other is wanted either.
    """
    wanted = kin_of(planned, servers).union(planned)
    return (kin_of(declined, servers) - wanted).union(declined)


def does_the_same(one: Candidate, chosen: Candidate) -> bool:
    """Whether one is of the other's service, or of its kind and, where known, for a like need."""
    return _closeness(one, chosen) > 1


def _closeness(one: Candidate, chosen: Candidate) -> int:
    """How surely one does the other's job: the same service, kind of thing, or part of the wish.

    Of one kind are those that meet a need alike, where it is known what both meet: a category
    holds what plays music and what reads a text aloud.
    """
    if one.server.service == chosen.server.service:
        return 3
    same_kind = of_one_kind(one.server, chosen.server)
    if one.needs and chosen.needs:
        return 0 if one.needs.isdisjoint(chosen.needs) else 1 + same_kind
    if same_kind:
        return 2
    return int(one.need == chosen.need > 0 and one.score >= _LIKELY)


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


def preferred(alike: Sequence[Candidate]) -> Candidate:
    """The look-alike that asks least of the user, then the official, then the popular one.

    While a reviewed one is looked after none of the others counts: they say of themselves what
    brings them nearest.
    """
    known = [one for one in alike if one.server.reviewed and one.server.status != "archived"]
    trusted = known or alike
    best = max(one.score for one in trusted)
    return min((one for one in trusted if one.score >= best - _ALIKE), key=_preference)


def _preference(one: Candidate) -> tuple[bool, bool, int, bool, int, float, str]:
    server = one.server
    work = _LEAST_WORK[server.access]
    retired = server.status == "archived"
    unofficial = not server.official
    foreign = not server.reviewed
    return (retired, foreign, work, unofficial, -server.popularity, -one.score, server.name)
