"""Which servers can take each other's place, and which of those is preferred."""

from collections.abc import Collection, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import NO_CATEGORY, Access, Server, of_one_kind
from outfitter.core.words.naming import kin_of
from outfitter.core.words.text import stems

# Categories whose servers each do something different, so that one stands in for another only
# where both are spoken of in one breath.
MIXED = frozenset(
    "reasoning finance development web files documents calendar design media search".split()
) | {NO_CATEGORY}
# Categories whose servers all do one job, each in an app of its own.
ONE_JOB = frozenset("chat crm notes project social support weather".split())
# What another server for the same part of a message must score to be an alternative.
_LIKELY = 0.4
# How much less than the best one a look-alike may score.
_ALIKE = 0.2
_OTHERS = 3
_SAME_WORDS = 2
_LEAST_WORK = tuple(Access)


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


def described_alike(one: Server, other: Server) -> bool:
    """Whether both are told in the same words, as what keeps tasks and projects is."""
    return len(stems(one.kinds) & stems(other.kinds)) >= _SAME_WORDS


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
    work = _LEAST_WORK.index(server.access)
    retired = server.status == "archived"
    unofficial = not server.official
    foreign = not server.reviewed
    return (retired, foreign, work, unofficial, -server.popularity, -one.score, server.name)
