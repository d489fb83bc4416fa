"""Two changes of one plan that were made at the same time, put together."""

from outfitter.core.plan import MOST_STEPS, Plan, goal_of


def merged(base: Plan, theirs: Plan, mine: Plan) -> Plan:
    """The plan with what both made of the base: what either added, without what either dropped."""
    before, there, here = (
        {(one.text, one.server) for one in plan.steps} for plan in (base, theirs, mine)
    )
    kept = (one for one in mine.steps if (one.text, one.server) not in before - there)
    added = (one for one in theirs.steps if (one.text, one.server) not in before | here)
    steps = (*kept, *added)[:MOST_STEPS]
    choices = {one.name: one for one in (*theirs.servers, *mine.servers)}
    used = dict.fromkeys(one.server for one in steps if one.server)
    undone = {one.text for one in steps if one.server is None}
    return Plan(
        goal=goal_of(one.text for one in steps),
        steps=steps,
        servers=tuple(choices[name] for name in used),
        uncovered=tuple(
            dict.fromkeys(one for one in (*mine.uncovered, *theirs.uncovered) if one in undone)
        ),
        declined=tuple(
            dict.fromkeys(one for one in (*theirs.declined, *mine.declined) if one not in used)
        ),
    )
