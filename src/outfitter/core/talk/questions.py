"""What a message asks about where it only asks, and the answer to that."""

import re
from collections.abc import Iterable, Mapping, Sequence

from outfitter.core.analysis import Analysis, Intent, Raised
from outfitter.core.catalogue import Access, Server
from outfitter.core.finding.rivals import does_the_same
from outfitter.core.talk.answers import answered, listed
from outfitter.core.talk.asking import ABLE_IT, COMPARING, OTHERS, WONDERING, asks, topic
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import apps_alone, mentioned, named_alone
from outfitter.core.talk.timing import retimed
from outfitter.core.words.moments import wishes_when
from outfitter.core.words.phrases import CONSTRAINT
from outfitter.core.words.text import stems, words

# The share of the best score from which a server is close to a question, and the least score where
# the question speaks of no kind of thing.
_NEAR, _LEAST_NEAR = 0.6, 0.5
# What "what's" leaves beside the question.
_CONTRACTED = frozenset("s re".split())
_ONE_SENTENCE = re.compile(r"[^.?!]*[.?!]*$")


def answer(heard: Heard) -> Analysis | None:
    """The answer to a message that only asks about what the service knows."""
    about = None if wishes_when(heard.text) else _asked_about(heard)
    return _answer(about, heard) if about else None


def _asked_about(heard: Heard) -> str | None:
    """What the message asks about, if it only asks."""
    known = topic(heard.text)
    if _is_about_service(heard, known):
        return heard.question.about
    about = known or ("servers" if _asks_by_name(heard) else None)
    of_no_plan = about == "why" and not (heard.plan.steps or _names_alone(heard))
    if of_no_plan or (about == "servers" and retimed(heard)):
        return None
    if about in {"others", "servers"} and (_only_wonders(heard) or _compares(heard)):
        return about
    if about == "able":
        return about if _asks_what_it_can(heard) else None
    # "Why this and not that?" drops nothing.
    changes = heard.changes and not (about == "why" and _ONE_SENTENCE.match(heard.text))
    if changes or (about == "plan" and not heard.plan.steps):
        return None
    wished = about not in {"plan", "agents", "erasing", "leaving"} and heard.wishes
    return None if wished else about


def _compares(heard: Heard) -> bool:
    """Whether a message asks for something cheaper or easier than what the plan has."""
    return bool(heard.planned and COMPARING.search(heard.text))


def _is_about_service(heard: Heard, known: str | None) -> bool:
    """Whether a message is like a question about the service, with no other topic `known` in it.

    Where there is a plan, a choice or a wish, what names an app is about that.
    """
    if not heard.question.about or heard.changes or known not in {None, "servers", "why"}:
        return False
    if not asks(heard.text) and (not heard.telling or _sets_a_limit(heard)):
        return False
    if not (mentioned(heard.text, heard.servers.values()) or heard.strange):
        return known != "why" or not heard.plan.steps
    return known != "servers" and not heard.plan.steps and not heard.wishes


def _sets_a_limit(heard: Heard) -> bool:
    """Whether a message tells what the agent of the plan may not do."""
    return bool(heard.plan.steps and CONSTRAINT.search(heard.text))


def _asks_what_it_can(heard: Heard) -> bool:
    """Whether a question about what may be done is not rather a wish to change the plan."""
    asked = ABLE_IT.search(heard.text) or not heard.changes
    return bool(heard.plan.steps and asked) and not heard.names_new


def _names_alone(heard: Heard) -> bool:
    """Whether a message says no more than the names of servers."""
    return bool(named_alone(heard.text, heard.servers.values(), _CONTRACTED))


def _asks_by_name(heard: Heard) -> bool:
    """Whether a question says no more than names: "Telegram?" or "what is Twilio?"."""
    sure = any(one.named for one in heard.question.shortlist) or bool(heard.plan.steps)
    return asks(heard.text) and bool(
        (sure and _names_alone(heard)) or apps_alone(heard.text, heard.strange)
    )


def _only_wonders(heard: Heard) -> bool:
    """Whether a message asks what is possible and does not ask for it yet."""
    return bool(WONDERING.search(heard.text))


def _answer(about: str, heard: Heard) -> Analysis:
    meant = _meant(heard.text, heard.planned, heard.servers)
    asks_missing = about == "needs" and not meant
    if about == "plan" or (about in {"needs", "able", "why"} and not meant):
        meant = heard.planned
    elif about == "others":
        meant = _of_kind(meant, heard)
    near = _others(meant, heard) if about == "others" else _nearest(heard)
    return Analysis(
        intent=Intent.ASK,
        reply=answered(about, meant, near, heard.plan, heard.strange),
        raised=_raised(heard, listed(about, meant, near, heard.plan)),
        asks_missing=asks_missing,
    )


def _of_kind(named: tuple[Server, ...], heard: Heard) -> tuple[Server, ...]:
    """The servers of the plan that something else is asked for: named, of that kind, or any."""
    mine = tuple(one for one in named if one in heard.planned)
    spoken = _of_spoken_kind(heard.planned, heard.text) or _spoken_of(heard.planned, heard.text)
    return mine or tuple(spoken) or heard.planned


def _spoken_of(planned: Sequence[Server], text: str) -> list[Server]:
    """The only one of these whose kinds of thing a text has a word of: "the text", of an SMS."""
    spoken = stems(words(text))
    found = [one for one in planned if spoken & stems(words(" ".join(one.kinds)))]
    return found if len(found) == 1 else []


def _of_spoken_kind(servers: Iterable[Server], text: str) -> list[Server]:
    """The servers of a kind that a text speaks of: "which note apps do you know?"."""
    spoken = stems(words(text))
    return [one for one in servers if spoken & stems(one.kinds)]


def _raised(heard: Heard, shown: Sequence[Server]) -> Raised:
    """What an answer puts forward; whose part that could do, where something else was asked for."""
    kinds = {one.category for one in shown}
    same = [one.name for one in heard.planned if one.category in kinds]
    spoken = mentioned(heard.text, heard.planned)
    others = OTHERS.search(heard.text) or COMPARING.search(heard.text)
    instead_of = next(iter((*spoken, *same)), "") if others else ""
    names = [one.name for one in shown if not others or one not in heard.planned]
    fresh = [name for name in names if name not in heard.plan.names]
    wonders = _only_wonders(heard) or _asks_by_name(heard)
    offered = len(names) == len(fresh) == 1 and wonders
    return Raised(servers=tuple(names), instead_of=instead_of, offered=offered)


def _nearest(heard: Heard) -> list[Server]:
    """The shortlist, cut where it stops being close; of a kind that is spoken of only that."""
    shortlist = heard.question.shortlist
    best = max((one.score for one in shortlist), default=0.0)
    near = [one for one in shortlist if one.score >= _NEAR * best]
    alike = _of_spoken_kind([one.server for one in near], heard.text)
    return alike or [one.server for one in near if one.score >= _LEAST_NEAR]


def _others(meant: Sequence[Server], heard: Heard) -> list[Server]:
    """The servers of the shortlist that do the same as one of those, all where none is meant.

    Where none does, it is what meets a need alike: a note may do what a table does.
    """
    known = [one for one in heard.question.shortlist if one.server in meant]
    rest = [one for one in heard.question.shortlist if one not in known]
    if not known:
        return [one.server for one in rest]
    same = [one for one in rest if any(does_the_same(one, other) for other in known)]
    near = [one for one in rest if any(one.needs & other.needs for other in known)]
    return [one.server for one in same or near]


def _meant(
    text: str, planned: tuple[Server, ...], servers: Mapping[str, Server]
) -> tuple[Server, ...]:
    """One server for each service that a text names, in its order, the plan's own before others."""
    spoken = dict.fromkeys(servers[name].service for name in mentioned(text, servers.values()))
    found: dict[str, Server] = {}
    ways = list(Access)
    easiest = sorted(servers.values(), key=lambda one: ways.index(one.access))
    for one in (*planned, *easiest):
        if one.service in spoken:
            found.setdefault(one.service, one)
    return tuple(found[service] for service in spoken)
