"""What a turn comes to: more talk, credentials to ask for, or an agent."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.analysis import Analysis, Candidate, Intent
from outfitter.core.catalogue import Access, Server
from outfitter.core.equipping.requirements import Requirement, Stored, missing, out_of_reach
from outfitter.core.equipping.tooling import barred, pick
from outfitter.core.finding import rivals
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.words.clocks import HOURS
from outfitter.core.words.layout import finished
from outfitter.core.words.moments import DAYS
from outfitter.core.words.wishes import is_request, plainly

_LONGEST_NAME = 60
# "Every Monday at 8" in front of what is done then.
_WHEN = re.compile(rf"^(?:{DAYS.pattern}|{HOURS.pattern}|[\s,:;.])+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clarify:
    """No server does any of what was said so far."""


@dataclass(frozen=True, slots=True)
class AskCredentials:
    """The plan stands, and these credentials are missing."""

    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AgentReady:
    """Everything is there; the servers of `sign_ins` ask for a sign-in on the first run."""

    sign_ins: tuple[str, ...] = ()


Outcome = Clarify | AskCredentials | AgentReady


def settle(
    analysis: Analysis,
    plan: Plan,
    shortlist: Sequence[Candidate],
    *,
    past: Sequence[Plan] = (),
    undone: Sequence[Plan] = (),
) -> Plan:
    """The plan after a message, with no server that was neither offered nor in it before."""
    moves = {Intent.UNDO: past, Intent.REDO: undone}
    plan = next(iter(moves.get(analysis.intent, ())[-1:]), plan)
    if analysis.intent is not Intent.PLAN and not (analysis.intent in moves and analysis.steps):
        return plan
    found = {one.server.name: one for one in shortlist}
    refused = _refused(analysis, plan, found)
    usable = (found.keys() | plan.names) - set(refused)
    steps = tuple(_step(one, usable) for one in analysis.steps if one.text.strip())
    open_ones = [
        one.text.strip() for one in analysis.steps if one.server and one.server not in usable
    ]
    taken = dict.fromkeys(one.server for one in steps if one.server)
    known = [one.server for one in shortlist]
    unwanted = rivals.turned_down(refused, taken, known).union(taken)
    offered = [one for one in shortlist if one.server.name not in unwanted]
    busy = {found[name].server.service for name in taken if name in found}
    before = {one.name: one for one in plan.servers}
    return Plan(
        goal=analysis.goal or (plan.goal if steps else ""),
        steps=steps,
        servers=tuple(
            _choice(name, steps, before.get(name) or _new(found[name], offered, busy))
            for name in taken
        ),
        uncovered=_once(*analysis.uncovered, *open_ones),
        declined=refused,
    )


def lost(plan: Plan, servers: Mapping[str, Server]) -> tuple[str, ...]:
    """The servers of the plan that the catalogue no longer has, or that cannot be run any more."""
    return tuple(name for name in plan.names if name not in servers or not servers[name].is_usable)


def without(plan: Plan, gone: Collection[str]) -> Plan:
    """The plan with the steps of these servers open again."""
    left = [one.text for one in plan.steps if one.server in gone]
    steps = [Step(text=one.text) if one.server in gone else one for one in plan.steps]
    return plan.model_copy(
        update={
            "steps": tuple(dict.fromkeys(steps)),
            "servers": tuple(one for one in plan.servers if one.name not in gone),
            "uncovered": _once(*plan.uncovered, *left),
        }
    )


def decide(plan: Plan, servers: Mapping[str, Server], stored: Stored) -> Outcome:
    """What the plan comes to, given the names of the credentials that are stored."""
    chosen = _chosen(plan, servers)
    if not chosen:
        return Clarify()
    if requirements := missing(chosen, stored, plan.steps):
        return AskCredentials(requirements)
    return AgentReady(tuple(one.name for one in chosen if one.access is Access.SIGN_IN))


def to_agent(plan: Plan, servers: Mapping[str, Server], stored: Stored) -> AgentSpec:
    """The agent that does the plan: its servers as they are now, with the tools it needs."""
    chosen = _chosen(plan, servers)
    return AgentSpec(
        name=_name(plan.goal) or " and ".join(one.title for one in chosen)[:_LONGEST_NAME],
        goal=plan.goal,
        steps=plan.steps,
        equipment=tuple(
            _equipment(one, stored.get(one.name, frozenset()), plan.steps) for one in chosen
        ),
    )


def ruled_out(plan: Plan, servers: Mapping[str, Server]) -> tuple[str, ...]:
    """The servers of the plan that can do nothing but what its steps rule out."""
    return tuple(
        name for name in plan.names if name in servers and barred(servers[name], plan.steps)
    )


def _chosen(plan: Plan, servers: Mapping[str, Server]) -> list[Server]:
    held_back = ruled_out(plan, servers)
    return [servers[name] for name in plan.names if name in servers and name not in held_back]


def _refused(analysis: Analysis, plan: Plan, found: Mapping[str, Candidate]) -> tuple[str, ...]:
    """The servers the user does not want; only naming one brings it back."""
    back = {one.server for one in analysis.steps if one.server}
    back = {name for name in back if name in found and found[name].named}
    earlier = [name for name in plan.declined if name not in back]
    known = found.keys() | plan.names
    return _once(*earlier, *(name for name in analysis.declined if name in known))


def _step(step: Step, usable: set[str]) -> Step:
    server = step.server if step.server in usable else None
    return Step(text=step.text.strip(), server=server, why=step.why if server else "")


def _new(found: Candidate, offered: Sequence[Candidate], busy: set[str]) -> Choice:
    """A choice with its alternatives, none of them of a service that the plan has already."""
    others = busy - {found.server.service}
    free = [one for one in offered if one.server.service not in others]
    return Choice(
        name=found.server.name,
        score=round(found.score, 3),
        alternatives=rivals.alternatives(found, free),
    )


def _choice(name: str, steps: Sequence[Step], choice: Choice) -> Choice:
    """The choice with the reason that the steps give for it, if they give one."""
    why = next((one.why for one in steps if one.server == name and one.why), choice.why)
    return choice.model_copy(update={"why": why})


def _equipment(server: Server, stored: frozenset[str], steps: Sequence[Step]) -> Equipment:
    return Equipment(
        server=server,
        keys=tuple(one.key for one in server.inputs if one.key in stored),
        tools=_tools(server, out_of_reach(server, stored), steps),
    )


def _tools(server: Server, beyond: frozenset[str], steps: Sequence[Step]) -> tuple[str, ...]:
    """The names of the tools that the steps need among those within reach; empty means all."""
    near = tuple(one for one in server.tools if one.name not in beyond)
    picked = pick(server.model_copy(update={"tools": near}), steps)
    return picked or (tuple(one.name for one in near) if beyond else ())


def _name(goal: str) -> str:
    """The goal as a title: its first words but for when, as many as fit."""
    name = " ".join(goal.split())
    told = plainly(_WHEN.sub("", name))
    name = told if is_request(told) else name
    if len(name) > _LONGEST_NAME:
        cut = name[: _LONGEST_NAME + 1]
        words = finished(cut.rpartition(" ")[0])
        name = cut.rpartition("; ")[0] or words or name[:_LONGEST_NAME]
    name = name.rstrip(" .,;:!?-")
    return name[:1].upper() + name[1:]


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in names if one))
