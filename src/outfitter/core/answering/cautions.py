"""What a user is warned of."""

from collections.abc import Collection, Mapping, Sequence

from outfitter.core.agent import Equipment
from outfitter.core.answering.occasion import Occasion, joined, titles
from outfitter.core.catalogue import Server
from outfitter.core.equipping.decide import ruled_out
from outfitter.core.equipping.effects import forbidden
from outfitter.core.finding.apps import unknown_apps
from outfitter.core.plan import Plan, Step, binding
from outfitter.core.words.phrases import CONSTRAINT
from outfitter.core.words.timetable import timetable_of
from outfitter.core.words.wishes import is_thought

HINT = "If you know an app or service that does it, name it and I will look again."

_MANY_TOOLS = 40


def unreached(occasion: Occasion) -> str:
    """Which apps the new steps name that no server taken or turned down speaks of, else nothing."""
    before = occasion.before
    fresh = [one for one in occasion.plan.steps if one not in before.steps]
    apps = _unknown(fresh, occasion.plan, occasion.servers)
    if not apps:
        return ""
    return f"No server of the plan is made for {joined(apps)}, so that part may not work. {HINT}"


def shown(plan: Plan, servers: Mapping[str, Server]) -> Plan:
    """The plan with all that is uncovered: steps no server does or may do, and unknown apps."""
    apps = _unknown(plan.steps, plan, servers)
    held = ruled_out(plan, servers)
    idle = [one.text for one in plan.steps if one.server in held and not _is_done(one, plan, held)]
    missing = tuple(dict.fromkeys((*plan.uncovered, *idle, *apps)))
    return plan.model_copy(update={"uncovered": missing})


def _is_done(step: Step, plan: Plan, held: Collection[str]) -> bool:
    """Whether a server that is not held back has a part in a step."""
    doing = {one.server for one in plan.steps if one.text == step.text and one.server}
    return not doing <= {*held}


def _unknown(steps: Sequence[Step], plan: Plan, servers: Mapping[str, Server]) -> tuple[str, ...]:
    text = "\n".join(one.text for one in steps if one.server or _is_told(one.text, plan))
    known = (*plan.names, *plan.declined)
    apps = unknown_apps(text, [servers[one] for one in known if one in servers])
    return tuple(one for one in apps if f"without {one}" not in text)


def _is_told(text: str, plan: Plan) -> bool:
    """Whether a step without a server is neither open, nor a limit, nor what a model thinks."""
    return not (text in plan.uncovered or CONSTRAINT.search(text) or is_thought(text))


def untimed(plan: Plan) -> str:
    """Which times no line of cron holds, or what the agent has to be started for again and again.

    Nothing where it can be started when it is said, or nothing is said of when.
    """
    table = timetable_of(plan.goal, (one.text for one in plan.steps))
    if table.by_hand or (table.is_certain and not table.awaited):
        return ""
    quoted = joined(f"\u201c{one}\u201d" for one in table.untold or table.lines.values())
    if table.untold:
        return (
            f"`cron` cannot be told {quoted}, so nothing starts the agent by itself: start it then "
            "or give `schedule.sh` in the bundle a time that it can be told."
        )
    if table.zone:
        return (
            f"Mind whose clock it is: `cron` goes by that of the machine the agent runs on, so "
            f"`schedule.sh` in the bundle asks you when {quoted} is there."
        )
    return (
        f"No agent is woken by something that happens: for {quoted} `schedule.sh` in the bundle "
        "has it started every quarter of an hour to look."
    )


def held_back(occasion: Occasion) -> str:
    """Which servers the agent goes without since all that they do is ruled out, else nothing."""
    names = occasion.ruled_out
    if not names:
        return ""
    them = titles(occasion, names)
    if set(occasion.plan.names) <= {*names}:
        return (
            f"You ruled out all that {them} can do, so there is no agent yet. Say what it may do, "
            "or name another app."
        )
    return f"You ruled out all that {them} can do, so the agent goes without."


def crowded(equipment: Sequence[Equipment]) -> str:
    """A warning where a model is shown more tools than it chooses well from, else nothing."""
    counts = [(len(one.tools or one.server.tools), one.server.title) for one in equipment]
    if (together := sum(count for count, _ in counts)) <= _MANY_TOOLS:
        return ""
    most, title = max(counts, key=lambda counted: counted[0])
    return (
        f"The agent has {together} tools, and a model chooses worse among so many. {most} of them "
        f"come from {title}; steps that say what to do there in more detail bring fewer."
    )


def by_word_alone(equipment: Sequence[Equipment], steps: Sequence[Step]) -> str:
    """A warning where nothing but words keeps the agent from what was ruled out, else nothing."""
    open_ones = [
        one.server.title
        for one in equipment
        if not one.tools and forbidden(binding(one.server.name, steps))
    ]
    if not open_ones:
        return ""
    titles = joined(open_ones)
    return (
        f"The agent is told what you ruled out, but all tools of {titles} stay open to it. A "
        "credential that may only read is the surer way."
    )
