"""Which servers of a shortlist a person would take: one for each need, none where none fits."""

from collections.abc import Iterator, Sequence

from outfitter.core.analysis import Candidate, Question, Told
from outfitter.core.finding.apps import apps_in, knows
from outfitter.core.finding.called import one_each
from outfitter.core.finding.capabilities import implied, refused, refuses
from outfitter.core.finding.fitting import fitting, repeats
from outfitter.core.finding.lacking import is_for_another
from outfitter.core.finding.leaning import REMARK
from outfitter.core.finding.ranking import needed_first
from outfitter.core.finding.rivals import preferred
from outfitter.core.finding.unspoken import (
    done_there,
    is_day,
    known_for,
    known_to_meet,
    naming_any,
    spoken_of,
    where_met,
)
from outfitter.core.words.language import is_foreign
from outfitter.core.words.lexicon import is_idle
from outfitter.core.words.moments import without_days
from outfitter.core.words.text import terms

# What a server must score. The fewer words a message has, the nearer it is to something by chance,
# so its words share the second number. docs/selection.md tells how all of these were chosen.
_FLOOR, _SHORT = 0.34, 0.5
# How much lower the floor is for each step by which something is surely asked for, up to the last
# number, and how much higher for each by which it hardly is.
_ASKING, _DOUBT, _SUREST = 0.05, 0.08, 4.0
# What a server must score in addition, shared in the same way, if it does not know a named app.
_STRANGE = 1.0
# How much less than the best server one for another part of the message may score.
_SECOND = 0.09
# A server further behind is taken too if it is this near to a part of the message, and this much
# nearer than whatever else is taken. Something is near to any two words by chance.
_OWN_PART, _NEARER, _FEWEST_WORDS = 0.55, 0.1, 3
# Beside named ones a server that is known for no need is taken if it is this near to a part that
# names none, and all others are further from that by the second number.
_NEAR, _AHEAD = 0.4, 0.2
# More are chosen only where more are named.
_MOST = 8
# Servers to try clients with are for whoever names them.
_OF_NO_USE = "test"


def choose(question: Question) -> tuple[Candidate, ...]:
    """The servers to use, best first; empty when nothing fits or nothing is asked.

    What servers of the plan do already is no need.
    """
    message, clauses, shortlist = question.message, question.clauses, question.shortlist
    if not shortlist or is_idle(message):
        return ()
    called = list(one_each(message, shortlist))
    if _is_remark(question, called):
        return ()
    needs = implied(message)
    able = known_for(needs, shortlist)
    there = [one for one in shortlist if one.server.name in question.plan.names]
    done = frozenset(done_there(able, there))
    needless = refused(message) | done
    wanted = {need: alike for need, alike in able.items() if need not in needless}
    taken = [*called, *known_to_meet(wanted, question, called)]
    if called:
        taken += list(_unnamed(question, called, [*taken, *there]))
    else:
        hints = dict(enumerate(needs, len(clauses)))
        near = [one for one in _near(question) if hints.get(one.need) not in needless]
        met = {0, *where_met(hints, clauses, taken)} if taken or done else set()
        short = {one.at for one in question.told if len(terms(one.text)) < _FEWEST_WORDS}
        found = _nearest(near, taken, met, short)
        fit = [preferred(fitting(_of_service(one, near), question.told)) for one in found]
        for one in fit:
            # What comes behind a wrong one is no better.
            if one.named or not (
                is_for_another(one, question) or repeats(one, taken, question.told)
            ):
                taken.append(one)
    once = {one.server.name: one for one in taken}
    best = sorted(once.values(), key=lambda one: -one.score)
    return tuple(needed_first(best, {one.server.name for one in called}, _MOST))


def _unnamed(
    question: Question, called: Sequence[Candidate], taken: Sequence[Candidate]
) -> Iterator[Candidate]:
    """What the parts bring that name no server and no app that another works with."""
    clauses, shortlist = question.clauses, question.shortlist
    told = [one for one in question.told if not refuses(clauses[one.place])]
    naming = naming_any(clauses, called)
    for one in spoken_of(told, naming, shortlist, taken):
        if not _asks_for_another(clauses[one.need], one):
            yield one
    plain = [one for one in told if one.place not in naming and not apps_in(one.text)]
    yield from _standing_out(plain, shortlist)


def _asks_for_another(clause: str, one: Candidate) -> bool:
    """Whether a clause names apps, and none that the server works with."""
    apps = apps_in(clause)
    return bool(apps) and not knows(one.server, apps)


def _is_remark(question: Question, called: Sequence[Candidate]) -> bool:
    """Whether a first message hardly asks for anything, and names no two servers."""
    return question.asking < REMARK and not called[1:] and not question.plan.names


def _near(question: Question) -> Iterator[Candidate]:
    """The candidates that score enough, more where they do not know the apps that are named."""
    message, clauses = question.message, question.clauses
    # How people ask was learnt from English.
    asked_for = min(question.asking, 0.0 if is_foreign(message) else _SUREST)
    asking = asked_for * (_ASKING if asked_for > 0 else _DOUBT)
    floor = _floor(message) - asking
    # Another app than the one that is named does not do, however surely something is asked for.
    strange = _STRANGE / len(terms(message)) + max(0.0, asking)
    apps = [apps_in(one) for one in (message, *clauses[1:])] if apps_in(message) else []
    for one in question.shortlist:
        if not one.named and (one.server.category == _OF_NO_USE or is_day(one.server)):
            continue
        asked = apps[one.need if one.need < len(apps) else 0] if apps else ()
        if one.score >= floor + (strange if asked and not knows(one.server, asked) else 0):
            yield one


def _standing_out(told: Sequence[Told], shortlist: Sequence[Candidate]) -> Iterator[Candidate]:
    """For each part the server that is far nearer than all others, if it is known for no need."""
    for part in told:
        one, *others = sorted(shortlist, key=lambda one: -one.nearness(part.at))
        near = one.nearness(part.at)
        ahead = near - max((two.nearness(part.at) for two in others), default=0.0)
        if not one.needs and near >= _NEAR and ahead >= _AHEAD:
            yield one


def _floor(message: str) -> float:
    """The score from which a server fits, whatever the message names and whenever it is for."""
    return _FLOOR + _SHORT / max(1, len(terms(without_days(message))))


def _nearest(
    shortlist: Sequence[Candidate], taken: Sequence[Candidate], needs: set[int], short: set[int]
) -> Iterator[Candidate]:
    """The best server by meaning and words, and one for each other need that it leaves open.

    `short` says which of the texts searched for have too few words to be anybody's own.
    """
    best = max((one.score for one in shortlist), default=0.0)
    needs |= {one.need for one in taken}
    found = list(taken)
    for one in sorted(shortlist, key=lambda one: (-one.score, one.server.name)):
        is_open = one.need not in needs and one.server.service not in _services(found)
        is_close = one.score >= best - _SECOND
        if is_open and (is_close or _has_own_part(one, shortlist, found, short)):
            needs.add(one.need)
            found.append(one)
            yield one


def _of_service(one: Candidate, shortlist: Sequence[Candidate]) -> list[Candidate]:
    return [two for two in shortlist if two.server.service == one.server.service]


def _services(some: Sequence[Candidate]) -> set[str]:
    return {one.server.service for one in some}


def _has_own_part(
    one: Candidate, shortlist: Sequence[Candidate], taken: Sequence[Candidate], short: set[int]
) -> bool:
    """Whether no server is as near as this one to a part, and those taken are far from it."""
    at = max(range(1, len(one.near)), key=one.near.__getitem__, default=0)
    near = one.near[at] if at else 0.0
    return (
        near >= _OWN_PART
        and at not in short
        and near >= max(two.nearness(at) for two in shortlist)
        and near >= max((two.nearness(at) for two in taken), default=0.0) + _NEARER
    )
