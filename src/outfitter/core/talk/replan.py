"""The plan as a message wants it: what leaves, what is swapped, and what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from outfitter.core.analysis import Analysis, Candidate, Intent, Raised
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.rivals import turned_down
from outfitter.core.plan import LONGEST_GOAL, MOST_STEPS, Plan, Step, goal_of, together
from outfitter.core.talk.asking import asks
from outfitter.core.talk.detailing import detailed
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import mentioned, only_names, own_words
from outfitter.core.talk.retelling import renamed, unnamed, unsaid
from outfitter.core.talk.rewording import reworded
from outfitter.core.talk.stepping import NAMED, steps_of
from outfitter.core.talk.swapping import Swaps, into, swaps_of
from outfitter.core.talk.timing import retimed
from outfitter.core.words.moments import says_when
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import (
    BY_MEANS,
    CALLED,
    CONSTRAINT,
    DETAIL,
    LEAD_IN,
    MORE,
    SOMEWHERE,
    bare,
    is_only,
    is_request,
    is_schedule,
)
from outfitter.core.words.text import words
from outfitter.core.words.vocabulary import COURTESY, SAYING

_LONGEST_QUOTE = 120
# "After closing" says when; "when an order comes in" says what to look at.
_TELLING = 4
_MEANS = frozenset({"email", "chat"})
_SENDERS = _MEANS | {"marketing"}
# What leaves open what is to take a place: "replace it with something else".
_OPEN = frozenset(
    "replace swap exchange something anything else other another different free cheaper better "
    "easier simpler".split()
)


def replanned(heard: Heard) -> Analysis | None:
    """The whole plan after the message, or nothing where the message asks for nothing."""
    if later := retimed(heard) or reworded(heard):
        return (replanned(later) if later.clauses else None) or _as_planned(later.plan)
    if unmet := _unmet(heard):
        rest = replanned(heard.without(unmet)) or Analysis(intent=Intent.NOTHING)
        instead_of = next((name for at in unmet for name in heard.edits[at].out), "")
        raised = Raised(instead_of=instead_of)
        return rest.model_copy(update={"unmet": tuple(unmet.values()), "raised": raised})
    out = _leaving(heard)
    chosen = _chosen(heard, out)
    swaps = dict(swaps_of(heard, chosen, out))
    adding = _adding(heard, swaps)
    fresh = [one for one in chosen if _belongs(one, heard, adding, swaps)]
    if not (fresh or swaps or heard.changes or _asks(heard, adding)):
        return None
    # What takes a place may do the rest of the same step already.
    kept = tuple({(one.text, one.server): one for one in _kept(heard, out, swaps)}.values())
    able = [one for one in heard.planned if any(step.server == one.name for step in kept)]
    added, uncovered = steps_of(heard.untitled(adding), fresh, able)
    kept, told = detailed(kept, [_told(one, heard, kept) for one in added], heard)
    steps = (*kept, *_unlike(told, kept))[:MOST_STEPS]
    undone = {one.text for one in steps if one.server is None}
    used = {one.server for one in steps}
    return Analysis(
        intent=Intent.PLAN,
        goal=_goal(heard, adding, kept, steps),
        steps=steps,
        uncovered=tuple(one for one in (*heard.plan.uncovered, *uncovered) if one in undone),
        declined=tuple(one for one in dict.fromkeys((*out, *swaps)) if one and one not in used),
    )


def _as_planned(plan: Plan) -> Analysis:
    return Analysis(intent=Intent.PLAN, goal=plan.goal, steps=plan.steps, uncovered=plan.uncovered)


def _unmet(heard: Heard) -> dict[int, str]:
    """The clauses that put something in the place of a server that no server is found for."""
    swaps = {at: edit for at, edit in heard.edits.items() if edit.swap and not edit.key_kept}
    if not heard.planned or not swaps:
        return {}
    chosen = _chosen(heard, _leaving(heard))
    return {
        at: " and ".join(edit.strange) or f"“{bare(heard.clauses[at])[:_LONGEST_QUOTE]}”"
        for at, edit in swaps.items()
        if (edit.strange or set(edit.out) & set(heard.plan.names))
        and not _is_open(heard.clauses[at], heard.planned)
        and not into(heard, at, chosen)
    }


def _is_open(text: str, planned: Sequence[Server]) -> bool:
    """Whether a clause leaves open what is to take the place of a server."""
    return is_only(text, COURTESY, SAYING, _OPEN, *map(own_words, planned))


def _leaving(heard: Heard) -> tuple[str, ...]:
    """The servers that are not wanted; of a key kept back only those that want one."""
    return tuple(
        name
        for edit in heard.edits.values()
        for name in edit.out
        if not edit.key_kept or heard.servers[name].required_tokens
    )


def _chosen(heard: Heard, out: Sequence[str]) -> tuple[Candidate, ...]:
    """What fits the message, a server of the plan before any that does the same."""
    shut = heard.shut(out)
    plan = heard.plan
    refused = shut | turned_down(plan.declined, plan.names, heard.servers.values())
    usable = [
        one
        for name, one in heard.candidates.items()
        if name not in refused or (one.named and name not in shut)
    ]
    found = choose(replace(heard.question, shortlist=tuple(usable)))
    held = {one.service: heard.candidates[one.name] for one in heard.planned if one.name not in out}
    mine = [_held(held.get(one.server.service), one, heard) for one in found]
    return tuple({one.server.name: one for one in mine if one.server.name not in out}.values())


def _held(held: Candidate | None, found: Candidate, heard: Heard) -> Candidate:
    """The server of the plan that does the same, unless the text names the other alone.

    What takes a place is another, so that a name that both share is not that of the plan's then.
    """
    if held is None:
        return found
    both = held.server, found.server
    swaps = any(edit.swap for edit in heard.edits.values())
    spoken = mentioned(heard.text, both if swaps else both[:1], both[1:])
    return found if spoken and held.server.name not in spoken else held


def _adding(heard: Heard, swaps: Swaps) -> dict[int, str]:
    """The clauses that bring something new."""
    coming = [one.server for one in swaps.values()]
    going = [heard.servers[name] for name in swaps if name]
    return {
        place: text
        for place, text in heard.telling.items()
        if not (coming and (heard.edits[place].swap or mentioned(text, coming)))
        # Why something goes is nothing to do.
        and not (mentioned(text, going) and not is_request(text))
        and not (_is_known(text, heard.planned) or heard.only_asks(text))
        and (not heard.edits[place].takes or (is_request(text) and not _touches(heard, place)))
    }


def _is_known(text: str, planned: Sequence[Server]) -> bool:
    """Whether a clause says no more than the names of servers that the plan has."""
    names = mentioned(text, planned)
    spoken = [own_words(one) for one in planned if one.name in names]
    return bool(spoken) and is_only(text, COURTESY, SAYING, *spoken)


def _touches(heard: Heard, place: int) -> bool:
    """Whether a clause takes something out of the plan as it is."""
    edit = heard.edits[place]
    return bool(edit.steps or edit.apps or set(edit.out) & set(heard.plan.names))


def _belongs(one: Candidate, heard: Heard, adding: Mapping[int, str], swaps: Swaps) -> bool:
    """Whether a chosen server is for one of the clauses that bring something new."""
    if one.server.name in {*swaps, *(two.server.name for two in swaps.values())}:
        return False
    if not one.named and one.server.category in _MEANS and _means_named(heard):
        return False
    if _is_only_a_title(one, heard.text):
        return False
    texts = heard.clauses.items()
    naming = [place for place, text in texts if mentioned(text, [one.server])]
    wanting = [place for place, text in texts if any(n.is_for(one.server) for n in implied(text))]
    nearest = [one.need] if one.need in heard.clauses else wanting
    # What the whole message is near to may be what it says no to.
    places = naming or nearest or ([] if heard.takes else list(adding))
    return any(
        place in adding
        and (not is_schedule(adding[place]) or heard.names(one.server))
        and (one.named or not SOMEWHERE.search(adding[place]))
        and (one.named or not heard.plan.steps or _brings(adding[place]))
        for place in places
    )


def _is_only_a_title(one: Candidate, text: str) -> bool:
    """Whether a text names a server only where it tells what somebody called a thing."""
    rest = CALLED.sub("", text)
    return rest != text and one.named and not said_names(rest, [one.server])


def _means_named(heard: Heard) -> bool:
    """Whether the message says by which server something is sent."""
    senders = (one for one in heard.candidates.values() if one.server.category in _SENDERS)
    named = [one.server for one in senders if one.named]
    return any(mentioned(one["means"], named) for one in BY_MEANS.finditer(heard.text))


def _brings(clause: str) -> bool:
    """Whether a later clause asks for more than how the plan is to be done."""
    tells_when = LEAD_IN.match(clause) and len(clause.split()) >= _TELLING
    asks = is_request(clause) or tells_when or MORE.search(clause)
    return bool(asks) and not CONSTRAINT.search(clause)


def _asks(heard: Heard, adding: Mapping[int, str]) -> bool:
    """Whether the clauses ask for something that no server was found for."""
    if any(is_request(text) and " " in bare(text) for text in adding.values()):
        return True
    details = (
        CONSTRAINT.search(bare(one)) or DETAIL.search(one) or says_when(one)
        for one in adding.values()
    )
    return bool(heard.plan.steps) and not asks(heard.text) and any(details)


def _kept(heard: Heard, out: Sequence[str], swaps: Swaps) -> Iterator[Step]:
    """The steps that stay, with the new server where one was swapped."""
    counted = together(heard.plan.steps)
    count = len(counted)
    gone = {at % count for edit in heard.edits.values() for at in edit.steps if -1 <= at < count}
    for same in (same for at, same in enumerate(counted) if at not in gone):
        text = _rewritten(same, heard, out, swaps)
        for step in same if text else ():
            new = swaps.get(step.server)
            if new and step.server:
                yield _moved(text, new)
            elif new and step.text in heard.plan.uncovered[-1:]:
                yield _taken_on(step, new)
            elif step.server not in out:
                yield step.model_copy(update={"text": text})


def _rewritten(same: Sequence[Step], heard: Heard, out: Sequence[str], swaps: Swaps) -> str:
    """What a step says once the servers that leave it, or are swapped, are no longer named."""
    text = same[0].text
    stay = any(one.server not in out for one in same)
    for name in (one.server for one in same if one.server):
        old, new = heard.servers.get(name), swaps.get(name)
        if old and new:
            text = renamed(text, old, new.server, heard.text)
        elif old and not new and name in out and stay:
            text = unnamed(text, old)
    for app in (app for edit in heard.edits.values() for app in edit.apps):
        text = unsaid(text, (app.lower(),), app)
    return text


def _moved(text: str, new: Candidate) -> Step:
    why = NAMED if new.named else "it needs no key from you"
    return Step(text=text, server=new.server.name, why=why)


def _taken_on(step: Step, new: Candidate) -> Step:
    text = f"{step.text}, with {new.server.title}"
    return Step(text=text, server=new.server.name, why=NAMED)


def _told(step: Step, heard: Heard, kept: Sequence[Step]) -> Step:
    """A new step that says no more than a name, told like that of a server of the same kind."""
    new = heard.servers.get(step.server or "")
    if new is None or not only_names(step.text, new):
        return step
    for other in reversed(kept):
        old = heard.servers.get(other.server or "")
        if old and of_one_kind(old, new):
            text = renamed(other.text, old, new, heard.text)
            if text != other.text:
                return step.model_copy(update={"text": text})
    return step


def _unlike(added: Sequence[Step], kept: Sequence[Step]) -> Iterator[Step]:
    """The new steps that do not repeat one that stays."""
    known = {(words(one.text), one.server) for one in kept}
    return (one for one in added if (words(one.text), one.server) not in known)


def _goal(
    heard: Heard, adding: Mapping[int, str], kept: Sequence[Step], steps: Sequence[Step]
) -> str:
    """The goal in the user's words, or put together from the steps where the plan changed."""
    if not heard.plan.steps and len(adding) == len(heard.clauses):
        return bare(heard.text)[:LONGEST_GOAL]
    texts = [one.text for one in steps]
    if kept and tuple(kept) == heard.plan.steps:
        texts = [heard.plan.goal, *texts[len(kept) :]]
    return goal_of(texts)
