"""The plan as a message wants it: what leaves, what is swapped, and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outfitter.core.analysis import Analysis, Candidate, Intent, Raised
from outfitter.core.catalogue import Server
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.rivals import turned_down
from outfitter.core.plan import LONGEST_GOAL, MOST_STEPS, Plan, Step, goal_of, texts_beyond
from outfitter.core.talk.bringing import adding_clauses, asks_for_more, belongs
from outfitter.core.talk.detailing import detailed
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.keeping import kept_steps, told_alike, unlike
from outfitter.core.talk.marking import mentioned, own_words
from outfitter.core.talk.picking import left_open
from outfitter.core.talk.rewording import reworded
from outfitter.core.talk.stepping import steps_of
from outfitter.core.talk.swapping import into, swaps_of
from outfitter.core.talk.timing import retimed
from outfitter.core.words.layout import in_one_line, shortened
from outfitter.core.words.returning import RESTART
from outfitter.core.words.vocabulary import COURTESY, SAYING
from outfitter.core.words.wishes import bare, is_only, is_request, said

_LONGEST_QUOTE = 120
# What leaves open what is to take a place: "replace it with something else".
_OPEN = frozenset(
    "replace swap exchange something anything else other another different free cheaper better "
    "easier simpler".split()
)


def replanned(heard: Heard) -> Analysis | None:
    """The whole plan after the message, or nothing where the message asks for nothing."""
    if later := retimed(heard) or reworded(heard):
        return (replanned(later) if later.clauses else None) or _as_planned(later.plan)
    out = _leaving(heard)
    chosen = _chosen(heard, out)
    if unmet := _unmet(heard, chosen):
        rest = replanned(heard.without(unmet)) or Analysis(intent=Intent.NOTHING)
        instead_of = next((name for at in unmet for name in heard.edits[at].out), "")
        raised = Raised(instead_of=instead_of)
        return rest.model_copy(update={"unmet": tuple(unmet.values()), "raised": raised})
    swaps = dict(swaps_of(heard, chosen, out))
    adding = adding_clauses(heard, swaps)
    fresh = [one for one in chosen if belongs(one, heard, adding, swaps)]
    if not (fresh or swaps or heard.changes or asks_for_more(heard, adding)):
        return None
    # What takes a place may do the rest of the same step already.
    kept = tuple({(one.text, one.server): one for one in kept_steps(heard, out, swaps)}.values())
    able = [one for one in heard.planned if any(step.server == one.name for step in kept)]
    added, uncovered = steps_of(heard.untitled(adding), fresh, able, heard.text)
    if heard.plan.steps:
        uncovered = tuple(one for one in uncovered if _is_work(one, heard))
    kept, told = detailed(kept, [told_alike(one, heard, kept) for one in added], heard)
    every = (*kept, *unlike(told, kept))
    steps = every[:MOST_STEPS]
    undone = {one.text for one in steps if one.server is None}
    used = {one.server for one in steps}
    return Analysis(
        intent=Intent.PLAN,
        goal=_goal(heard, adding, kept, steps),
        steps=steps,
        uncovered=tuple(one for one in (*heard.plan.uncovered, *uncovered) if one in undone),
        declined=tuple(one for one in dict.fromkeys((*out, *swaps)) if one and one not in used),
        cut=texts_beyond(every),
    )


def _is_work(text: str, heard: Heard) -> bool:
    """Whether what no server does is work, and not how planned work is to be done."""
    return is_request(text) or not heard.question.tells_how(text)


def _as_planned(plan: Plan) -> Analysis:
    return Analysis(intent=Intent.PLAN, goal=plan.goal, steps=plan.steps, uncovered=plan.uncovered)


def _unmet(heard: Heard, chosen: Sequence[Candidate]) -> dict[int, str]:
    """The clauses that put something in the place of a server that no server is found for."""
    if not heard.planned:
        return {}
    return {
        at: " and ".join(edit.strange) or f"“{bare(heard.clauses[at])[:_LONGEST_QUOTE]}”"
        for at, edit in heard.edits.items()
        if edit.swap
        and not edit.key_kept
        and (edit.strange or set(edit.out) & set(heard.plan.names))
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
    beside = left_open(heard.text, found, heard.plan.names)
    found = tuple(one for one in found if one.server.name not in beside)
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


def _goal(
    heard: Heard, adding: Mapping[int, str], kept: Sequence[Step], steps: Sequence[Step]
) -> str:
    """The goal in the user's words, or put together from the steps where the plan changed."""
    if not heard.plan.steps and len(adding) == len(heard.clauses):
        whole = said(in_one_line(heard.question.message))
        return shortened(bare(RESTART.sub("", whole)), LONGEST_GOAL)
    texts = [one.text for one in steps]
    if kept and tuple(kept) == heard.plan.steps:
        texts = [heard.plan.goal, *texts[len(kept) :]]
    return goal_of(texts)
