"""What a session remembers from one turn to the next, and what that means for the next one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outfitter.core.analysis import NOTHING_RAISED, Analysis, Candidate, Intent, Raised
from outfitter.core.equipping.requirements import Credentials, Stored
from outfitter.core.finding.ranking import one_of_each_service
from outfitter.core.plan import MOST_STEPS, Plan, together

Plans = tuple[Plan, ...]

MOST_PAST = 10
SHORTLIST = 20
LOOK_ALIKES = 5


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said before a message, as far as the message may point at it.

    `past` has the plans before the last few changes, `undone` those that were taken back, each
    the latest last; `raised` is what the last reply put forward.
    """

    plan: Plan
    past: Plans
    raised: Raised
    undone: Plans = ()


def plan_of(context: Mapping[str, Any]) -> Plan:
    """The plan that earlier turns came to."""
    return Plan.from_stored(context.get("plan", {}))


def past_of(context: Mapping[str, Any]) -> Plans:
    """The plans before the last few changes, oldest first."""
    return tuple(map(Plan.from_stored, context.get("past", ())))


def undone_of(context: Mapping[str, Any]) -> Plans:
    """The plans that were taken back and could be brought again, the latest last."""
    return tuple(map(Plan.from_stored, context.get("undone", ())))


def talk_of(context: Mapping[str, Any]) -> Talk:
    """What was said before, as far as a message may point at it."""
    raised = Raised.from_stored(context.get("raised", {}))
    return Talk(plan_of(context), past_of(context), raised, undone_of(context))


def passed(past: Plans, before: Plan, plan: Plan, intent: Intent) -> Plans:
    """The plans that can be gone back to after a turn: an undo uses the last of them up."""
    if intent is Intent.UNDO:
        return past[:-1]
    return past if plan == before else (*past, before)[-MOST_PAST:]


def ahead(undone: Plans, before: Plan, plan: Plan, analysis: Analysis) -> Plans:
    """The plans that can be brought again after a turn: a change of another kind drops them."""
    if plan == before:
        return undone
    match analysis.intent:
        case Intent.UNDO if not analysis.steps:
            return (*undone, before)[-MOST_PAST:]
        case Intent.REDO if not analysis.steps:
            return undone[:-1]
    return ()


def after(
    context: Mapping[str, Any],
    plan: Plan,
    analysis: Analysis,
    reply: str,
    raised: Raised = NOTHING_RAISED,
) -> dict[str, Any]:
    """The context that the next turn finds; `last_analysis` has the spec's four fields."""
    before = plan_of(context)
    past = passed(past_of(context), before, plan, analysis.intent)
    undone = ahead(undone_of(context), before, plan, analysis)
    return {
        **context,
        "plan": plan.model_dump(mode="json"),
        "past": [one.model_dump(mode="json") for one in past],
        "undone": [one.model_dump(mode="json") for one in undone],
        "raised": raised.model_dump(mode="json"),
        "last_analysis": {
            "analysis": analysis.goal or plan.goal,
            "required_servers": list(plan.names),
            "workflow_steps": [same[0].text for same in together(plan.steps)],
            "response_to_user": reply,
        },
    }


def collected(plan: Plan, stored: Stored) -> dict[str, Any]:
    """Which credentials of the plan's servers are there, by name only."""
    return {
        name: {"account": "default", "keys": sorted(stored[name])}
        for name in plan.names
        if stored.get(name)
    }


def reused(
    plan: Plan, stored: Stored, before: Mapping[str, Any], given: Credentials
) -> dict[str, tuple[str, ...]]:
    """Credentials of an earlier session that this one uses for the first time."""
    found = {}
    for name in plan.names:
        seen = set(before.get(name, {}).get("keys", ())) | set(given.get(name, ()))
        fresh = stored.get(name, frozenset()) - seen
        if fresh:
            found[name] = tuple(sorted(fresh))
    return found


def held(talk: Talk) -> tuple[str, ...]:
    """The servers of the plan, and those it would have again after an undo or a redo."""
    plans = (talk.plan, *talk.past[-1:], *talk.undone[-1:])
    return tuple(dict.fromkeys(name for one in plans for name in one.names))


def spoken_of(talk: Talk) -> frozenset[str]:
    """The servers that are or were in the plan, or that the user turned down."""
    plans = (talk.plan, *talk.past, *talk.undone)
    return frozenset(name for one in plans for name in (*one.names, *one.declined))


def shortlist_of(ranked: Sequence[Candidate], names: Collection[str]) -> tuple[Candidate, ...]:
    """The best twenty of a ranking, among them the named servers and some look-alikes.

    However many others call themselves alike, a reviewed server whose name was said is among them,
    and strangers fill no more than half while there are others; there are more than twenty only
    where as many services were named.
    """
    services = {one.server.service for one in ranked if one.server.name in names}
    mine = [place for place, one in enumerate(ranked) if one.server.name in names]
    alike = [place for place, one in enumerate(ranked) if one.server.service in services]
    said = [place for place, one in enumerate(ranked) if one.named and one.server.reviewed]
    # Where there are more than fit, each service comes before a second server of another.
    needed = one_of_each_service([ranked[place] for place in said])
    said.sort(key=lambda place: ranked[place].server.name not in needed)
    most = max(SHORTLIST, min(len({*mine, *said[: len(needed)]}), MOST_STEPS))
    others = [place for place in alike if place not in mine][:LOOK_ALIKES]
    strange = [place for place, one in enumerate(ranked) if not one.server.reviewed]
    strange.sort(key=lambda place: not ranked[place].named)
    crowd = frozenset(strange[SHORTLIST // 2 :])
    rest = sorted(range(len(ranked)), key=lambda place: place in crowd)
    kept = list(dict.fromkeys((*mine, *said, *others, *rest)))[:most]
    return tuple(ranked[place] for place in sorted(kept))
