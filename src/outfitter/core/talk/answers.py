"""What questions about the service itself, its servers and the plan are answered."""

from collections.abc import Sequence

from outfitter.core.catalogue import Access, Server
from outfitter.core.equipping.requirements import missing
from outfitter.core.equipping.tooling import pick
from outfitter.core.plan import Plan, together
from outfitter.core.talk.about_service import ABOUT_SERVICE
from outfitter.core.talk.needing import needed, until_the_start
from outfitter.core.talk.suggesting import alike

_MOST_LISTED = 5
_MOST_OTHERS = 3
_MOST_TOOLS = 12
_ACCESS = {
    Access.OPEN: "needs nothing from you",
    Access.PASTE: "needs a credential that you paste",
    Access.FILE: "needs a file of yours",
    Access.SIGN_IN: "asks you to sign in on the first run",
}
_ONLY_READ = (
    "The agent is given these tools and no other. Say “only read” and it keeps those that change "
    "nothing."
)
_WHICH = "Which server do you mean? Name it, and I will say what it needs and where to get it."
UNKNOWN = (
    "I can't answer that. I know the plan, what its servers need, what they may do, and what else "
    "could do their part."
)


def listed(
    about: str, named: Sequence[Server], nearest: Sequence[Server], plan: Plan
) -> Sequence[Server]:
    """The servers that the answer to a question speaks of, in its order."""
    if about in ABOUT_SERVICE or about == "plan":
        return ()
    if about == "others":
        return _others(named, nearest, plan)
    return (named or nearest)[:_MOST_LISTED] if about == "servers" else named


def answered(
    about: str,
    named: Sequence[Server],
    nearest: Sequence[Server],
    plan: Plan,
    strange: Sequence[str] = (),
) -> str:
    """The answer to a question about one of the topics; no server is made for `strange` apps."""
    if about in ABOUT_SERVICE:
        return ABOUT_SERVICE[about]
    if about == "servers" and named and {one.name for one in named} <= set(plan.names):
        return "\n\n".join(
            f"{one.title} is in the plan. What it does: {one.description} {_needs(one, plan)}"
            for one in named
        )
    if about == "needs":
        return "\n\n".join(_needs(one, plan) for one in named) or _WHICH
    of_plan = {"plan": _plan, "why": _why, "able": _able}
    if about in of_plan:
        return of_plan[about](named, plan)
    answer = _servers(listed(about, named, nearest, plan), sure=about == "servers" and bool(named))
    unknown = f"I know no server for {' or '.join(strange)}. " if strange else ""
    return unknown + answer


def _needs(server: Server, plan: Plan) -> str:
    if requirements := missing([server], {}, plan.steps):
        return needed(f"{server.title} needs:", requirements)
    return until_the_start(server) or f"{server.title} needs nothing from you."


def _why(named: Sequence[Server], plan: Plan) -> str:
    """Why these servers are in the plan, and of which of them that is not so."""
    choices = {one.name: one for one in plan.servers}
    reasons = [
        f"{one.title}: {choices[one.name].why}."
        if one.name in choices
        else f"{one.title} is not in the plan."
        for one in named
        if one.name not in choices or choices[one.name].why
    ]
    return "\n".join(reasons) or "I take the server of the catalogue that fits each step best."


def _plan(planned: Sequence[Server], plan: Plan) -> str:
    """The steps of the plan, each with the servers that do it."""
    titles = {one.name: one.title for one in planned}
    lines = ["This is the plan:"]
    for at, same in enumerate(together(plan.steps), 1):
        doers = " and ".join(titles.get(one.server, one.server) for one in same if one.server)
        lines.append(f"{at}. {same[0].text}{f' ({doers})' if doers else ''}")
    return "\n".join(lines)


def _able(named: Sequence[Server], plan: Plan) -> str:
    """What an agent of the plan can do with these servers."""
    return "\n".join((*(f"- {one.title}: {_tools(one, plan)}" for one in named), _ONLY_READ))


def _tools(server: Server, plan: Plan) -> str:
    tools = pick(server, plan.steps) or tuple(tool.name for tool in server.tools)
    if not tools:
        return "it tells its tools only when the agent connects to it."
    shown = ", ".join(f"`{one}`" for one in tools[:_MOST_TOOLS])
    more = len(tools) - _MOST_TOOLS
    return f"{shown}{f' and {more} more' if more > 0 else ''}."


def _others(named: Sequence[Server], nearest: Sequence[Server], plan: Plan) -> list[Server]:
    """What else could do: what the plan has as alternatives, then what is of the same kind."""
    names = {one.name for one in named}
    servers = {one.name: one for one in (*named, *nearest)}
    offered = {name for one in plan.servers if one.name in names for name in alike(one, servers)}
    kinds, services = {one.category for one in named}, {one.service for one in named}
    rest = [one for one in nearest if one.name not in names and one.status == "active"]
    # Where a service is a kind of thing ("web search"), its own servers are the others.
    others = [one for one in rest if one.service not in services] or rest
    kin = [one for one in others if one.name in offered or one.category in kinds]
    return sorted(kin or others, key=lambda one: one.name not in offered)[:_MOST_OTHERS]


def _servers(servers: Sequence[Server], *, sure: bool) -> str:
    if not servers:
        return "Nothing else in the catalogue comes close to that."
    lines = [f"- {one.title}: {one.description} It {_ACCESS[one.access]}." for one in servers]
    opening = "Yes, the catalogue has:" if sure else "The closest servers in the catalogue are:"
    return "\n".join((opening, *lines, "To take one, say “use” and its name."))
