"""What a session remembers from one turn to the next, and what that means for the next one."""

from collections.abc import Mapping, Sequence
from typing import Any

from outfitter.core.analysis import Analysis, Candidate
from outfitter.core.plan import Plan

Keys = Mapping[str, frozenset[str]]

SHORTLIST = 20
LOOK_ALIKES = 5


def plan_of(context: Mapping[str, Any]) -> Plan:
    """The plan that earlier turns came to."""
    return Plan.model_validate(context.get("plan", {}))


def after(context: Mapping[str, Any], plan: Plan, analysis: Analysis, reply: str) -> dict[str, Any]:
    """The context that the next turn finds; `last_analysis` has the spec's four fields."""
    return {
        **context,
        "plan": plan.model_dump(mode="json"),
        "last_analysis": {
            "analysis": analysis.goal or plan.goal,
            "required_servers": list(plan.names),
            "workflow_steps": [step.text for step in plan.steps],
            "response_to_user": reply,
        },
    }


def collected(plan: Plan, stored: Keys) -> dict[str, Any]:
    """Which credentials of the plan's servers are there, by name only."""
    return {
        name: {"account": "default", "keys": sorted(stored[name])}
        for name in plan.names
        if stored.get(name)
    }


def reused(
    plan: Plan, stored: Keys, before: Mapping[str, Any], given: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Credentials of an earlier session that this one uses for the first time."""
    found = {}
    for name in plan.names:
        seen = set(before.get(name, {}).get("keys", ())) | set(given.get(name, ()))
        fresh = stored.get(name, frozenset()) - seen
        if fresh:
            found[name] = tuple(sorted(fresh))
    return found


def shortlist_of(ranked: Sequence[Candidate], plan: Plan) -> tuple[Candidate, ...]:
    """The best twenty of a ranking, the plan's own servers and some look-alikes among them."""
    services = {one.server.service for one in ranked if one.server.name in plan.names}
    mine = [place for place, one in enumerate(ranked) if one.server.name in plan.names]
    alike = [place for place, one in enumerate(ranked) if one.server.service in services]
    first = dict.fromkeys((*mine, *[place for place in alike if place not in mine][:LOOK_ALIKES]))
    kept = list(dict.fromkeys((*first, *range(len(ranked)))))[:SHORTLIST]
    return tuple(ranked[place] for place in sorted(kept))
