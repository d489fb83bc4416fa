"""The analyzer that needs no model: it reads a message by its clauses and a small vocabulary."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from outfitter.core.analysis import Analysis, Intent, Question, Raised
from outfitter.core.catalogue import Access, Server
from outfitter.core.finding.apps import unknown_apps
from outfitter.core.finding.rivals import does_the_same
from outfitter.core.plan import Plan
from outfitter.core.talk.about_service import INTRODUCTION
from outfitter.core.talk.answers import UNKNOWN, answered, listed
from outfitter.core.talk.asking import ABLE_IT, ABOUT_IT, OTHERS, WONDERING, asks, topic
from outfitter.core.talk.edit import keeps_some_key
from outfitter.core.talk.going_back import gone_back
from outfitter.core.talk.heard import Heard, hear
from outfitter.core.talk.marking import mentioned, own_words
from outfitter.core.talk.replan import replanned
from outfitter.core.talk.timing import retimed
from outfitter.core.words.phrases import GREETING, REMARK, UNSURE
from outfitter.core.words.text import stems, words
from outfitter.core.words.vocabulary import COURTESY, CREDENTIAL, PRAISE, SAYING, THANKS
from outfitter.core.words.wishes import is_only, is_request

# The share of the best score from which a server is close to a question.
_NEAR = 0.6
_SEVERAL = 2
_AROUND_PRAISE = frozenset(
    "ok okay very much so really all that's s looks sounds works work job lot lots bunch man mate "
    "dude guys folks everyone".split()
)
# What "what's" leaves beside the question.
_CONTRACTED = frozenset("s re".split())
# "Our products are in WooCommerce" says where to find what the plan is about.
_KEPT_IN = re.compile(r"\b(?:is|are|lives?|comes?) (?:all |still )?(?:in|on|from|at|with)\b")
_ONE_SENTENCE = re.compile(r"[^.?!]*[.?!]*$")
_WELCOME, _GLAD = "You're welcome!", "Glad to hear that!"
_NO_HURRY = "Take your time: nothing changes until you say what should."


def read(question: Question) -> Analysis:
    """What the message means for the plan."""
    if gone := gone_back(question):
        return gone
    heard = hear(_with_what_left(question))
    if about := _asked_about(heard):
        return _answer(about, heard)
    if whose := _unsaid_key(heard):
        return Analysis(intent=Intent.ASK, reply=whose)
    if not heard.changes and (_says_nothing_new(heard) or _wavers(heard)):
        return _kept(heard)
    if heard.plan.steps and not heard.names_new and ABOUT_IT.search(heard.text):
        return Analysis(intent=Intent.NOTHING, reply=UNKNOWN)
    return replanned(heard) or _unplanned(heard)


def _unplanned(heard: Heard) -> Analysis:
    """What a message that asks for nothing gets: a kind word, or what is not known."""
    if _opens_with_thanks(heard.text):
        intent = Intent.KEEP if heard.plan.steps else Intent.NOTHING
        return Analysis(intent=intent, reply=_WELCOME)
    if not heard.plan.steps:
        return Analysis(intent=Intent.NOTHING)
    unknown = UNKNOWN if asks(heard.text) else ""
    return Analysis(intent=Intent.NOTHING, reply=unknown, unmet=() if unknown else _unmet(heard))


def _unsaid_key(heard: Heard) -> str:
    """What to ask where a key is kept back and any of several servers could be meant."""
    wanting = [one.title for one in heard.question.wanting]
    if heard.changes or len(wanting) < _SEVERAL or not keeps_some_key(heard.text.lower()):
        return ""
    return (
        f"Whose key do you mean, that of {' or '.join(wanting)}? Say it with the name, for "
        f"example “skip the {wanting[-1]} key”."
    )


def _asked_about(heard: Heard) -> str | None:
    """What the message asks about, if it only asks."""
    known = topic(heard.text)
    if _is_about_service(heard, known):
        return heard.question.about
    about = known or ("servers" if _asks_by_name(heard) else None)
    of_no_plan = about == "why" and not (heard.plan.steps or _names_alone(heard))
    if of_no_plan or (about == "servers" and retimed(heard)):
        return None
    if about in {"others", "servers"} and _only_wonders(heard):
        return about
    if about == "able":
        return about if _asks_what_it_can(heard) else None
    # "Why this and not that?" drops nothing.
    changes = heard.changes and not (about == "why" and _ONE_SENTENCE.match(heard.text))
    if changes or (about == "plan" and not heard.plan.steps):
        return None
    wished = about not in {"plan", "agents", "erasing", "leaving"} and _wishes(heard)
    return None if wished else about


def _is_about_service(heard: Heard, known: str | None) -> bool:
    """Whether a message is like a question about the service, with no other topic `known` in it.

    Where there is a plan, a choice or a wish, what names an app is about that.
    """
    if not heard.question.about or heard.changes or known not in {None, "servers", "why"}:
        return False
    if not heard.telling and not asks(heard.text):
        return False
    if not (mentioned(heard.text, heard.servers.values()) or _strange(heard)):
        return known != "why" or not heard.plan.steps
    return known != "servers" and not heard.plan.steps and not _wishes(heard)


def _wishes(heard: Heard) -> bool:
    """Whether any clause asks for something to be done."""
    return any(map(is_request, heard.clauses.values()))


def _asks_what_it_can(heard: Heard) -> bool:
    """Whether a question about what may be done is not rather a wish to change the plan."""
    asked = ABLE_IT.search(heard.text) or not heard.changes
    return bool(heard.plan.steps and asked) and not heard.names_new


def _says_nothing_new(heard: Heard) -> bool:
    """Whether a message only greets, remarks, agrees, thanks or brings credentials."""
    known = (COURTESY, CREDENTIAL, *map(own_words, heard.planned))
    return (
        not heard.telling
        or bool(_kind_word(heard.text))
        or (bool(REMARK.match(heard.text)) and not heard.names_new)
        or is_only(heard.text, *known)
        or (bool(mentioned(heard.text, heard.planned)) and is_only(heard.text, SAYING, *known))
    )


def _with_what_left(question: Question) -> Question:
    """The question as one about a plan with the dropped part, where it says what does that."""
    left = question.raised.instead_of
    if left in question.plan.names or not question.past or left not in question.past[-1].names:
        return question
    heard = hear(replace(question, plan=_put_back(left, question.past[-1], question.plan)))
    filled = any(edit.swap and left in edit.out for edit in heard.edits.values())
    named = left in mentioned(heard.text, heard.planned)
    return heard.question if filled and not named else question


def _put_back(name: str, before: Plan, plan: Plan) -> Plan:
    """A plan with what that server did before, where it was; what else was changed stays so."""
    stayed = [one.server for one in before.steps if one.server != name]
    if stayed == [one.server for one in plan.steps]:
        return before
    steps = list(plan.steps)
    for at, step in enumerate(before.steps):
        if step.server == name:
            steps.insert(at, step)
    mine = (one for one in before.servers if one.name == name)
    return plan.model_copy(update={"steps": tuple(steps), "servers": (*plan.servers, *mine)})


def _kept(heard: Heard) -> Analysis:
    """The plan as it is, if there is one, and a kind word in return for one."""
    if not heard.plan.steps:
        greeting = f"Hello! {INTRODUCTION}" if GREETING.match(heard.text) else ""
        return Analysis(intent=Intent.NOTHING, reply=greeting)
    wavering = _NO_HURRY if _wavers(heard) else ""
    return Analysis(intent=Intent.KEEP, reply=_kind_word(heard.text) or wavering)


def _kind_word(text: str) -> str:
    """The answer to thanks or praise, if a message says no more than that."""
    if not is_only(text, THANKS, PRAISE, _AROUND_PRAISE):
        return ""
    spoken = set(words(text))
    return _WELCOME if spoken & THANKS else _GLAD if spoken & PRAISE else ""


def _opens_with_thanks(text: str) -> bool:
    return bool(THANKS.intersection(words(text)[:1])) and not asks(text)


def _names_alone(heard: Heard) -> bool:
    """Whether a message says no more than the names of servers."""
    spoken = mentioned(heard.text, heard.servers.values())
    own = (own_words(heard.servers[one]) for one in spoken)
    return bool(spoken) and is_only(heard.text, _CONTRACTED, *own)


def _unmet(heard: Heard) -> tuple[str, ...]:
    """The apps without a server that a message names alone, or in which it says that things are."""
    return _strange(heard) if _KEPT_IN.search(heard.text) else _apps_alone(heard)


def _apps_alone(heard: Heard) -> tuple[str, ...]:
    """The apps without a server that a message names, if it says nothing beside that."""
    apps = _strange(heard)
    spoken = frozenset(word for one in apps for word in words(one))
    return apps if is_only(heard.text, COURTESY, SAYING, spoken, _CONTRACTED) else ()


def _asks_by_name(heard: Heard) -> bool:
    """Whether a question says no more than names: "Telegram?" or "what is Twilio?"."""
    sure = any(one.named for one in heard.question.shortlist) or bool(heard.plan.steps)
    return asks(heard.text) and bool((sure and _names_alone(heard)) or _apps_alone(heard))


def _only_wonders(heard: Heard) -> bool:
    """Whether a message asks what is possible and does not ask for it yet."""
    return bool(WONDERING.search(heard.text))


def _wavers(heard: Heard) -> bool:
    """Whether the user is not sure yet and asks for nothing."""
    return bool(UNSURE.search(heard.text)) and not _wishes(heard)


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
        reply=answered(about, meant, near, heard.plan, _strange(heard)),
        raised=_raised(heard, listed(about, meant, near, heard.plan)),
        asks_missing=asks_missing,
    )


def _strange(heard: Heard) -> tuple[str, ...]:
    """The apps that a question names and no server works with."""
    # What is asked by its name alone is a name without a capital too.
    text = heard.text if len(words(heard.text)) > 1 else heard.text.title()
    return unknown_apps(text, list(heard.servers.values()))


def _of_kind(named: tuple[Server, ...], heard: Heard) -> tuple[Server, ...]:
    """The servers of the plan that something else is asked for: named, of that kind, or any."""
    mine = tuple(one for one in named if one in heard.planned)
    return mine or tuple(_of_spoken_kind(heard.planned, heard.text)) or heard.planned


def _of_spoken_kind(servers: Iterable[Server], text: str) -> list[Server]:
    """The servers of a kind that a text speaks of: "which note apps do you know?"."""
    spoken = stems(words(text))
    return [one for one in servers if spoken & stems(one.kinds)]


def _raised(heard: Heard, shown: Sequence[Server]) -> Raised:
    """What an answer puts forward; whose part that could do, where something else was asked for."""
    kinds = {one.category for one in shown}
    same = [one.name for one in heard.planned if one.category in kinds]
    spoken = mentioned(heard.text, heard.planned)
    others = OTHERS.search(heard.text)
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
    near = [one.server for one in shortlist if one.score >= _NEAR * best]
    return _of_spoken_kind(near, heard.text) or near


def _others(meant: Sequence[Server], heard: Heard) -> list[Server]:
    """The servers of the shortlist that do the same as one of those, all where none is meant."""
    known = [one for one in heard.question.shortlist if one.server in meant]
    return [
        one.server
        for one in heard.question.shortlist
        if not known or any(does_the_same(one, other) for other in known)
    ]


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
