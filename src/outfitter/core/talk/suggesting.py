"""What a reply brings up: which other servers there are, and a step left without its subject."""

import re
from collections.abc import Iterator, Mapping, Sequence

from outfitter.core.analysis import NOTHING_RAISED, Analysis, Intent, Raised
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.finding.rivals import turned_down
from outfitter.core.plan import Choice, Plan
from outfitter.core.talk.marking import mentioned

Servers = Mapping[str, Server]
_MOST = 5
# "Save them", but not "save the invoices and file them".
_POINTING = re.compile(r"\w+ (?:them|it|those|these|this|that|sie|es)\b", re.IGNORECASE)


def alike(choice: Choice, servers: Servers) -> list[str]:
    """The alternatives of a choice that are for the same kind of thing."""
    mine = servers.get(choice.name)
    found = [servers[name] for name in choice.alternatives if name in servers]
    return [
        one.name
        for one in found
        if one.is_usable and (mine is None or one.service == mine.service or of_one_kind(one, mine))
    ]


def instead(gone: Sequence[str], before: Plan, plan: Plan, servers: Servers) -> Iterator[list[str]]:
    """What could do the part of the one server that left without a successor."""
    for choice in before.servers:
        refused = turned_down(plan.declined, plan.names, servers.values())
        others = [one for one in alike(choice, servers) if one not in refused]
        if choice.name in gone and others:
            yield others


def orphaned(before: Plan, plan: Plan) -> str:
    """The step that comes first now and is about what a step before it brought, else nothing."""
    first = plan.steps[0].text if plan.steps else ""
    followed = first in {one.text for one in before.steps if one.text != before.steps[0].text}
    return first if followed and _POINTING.match(first) else ""


def raised(
    analysis: Analysis, before: Plan, plan: Plan, servers: Servers, said: str = ""
) -> Raised:
    """What the next message may answer to or point at.

    `said` is the message that was answered; a model does not list what its answer speaks of.
    """
    if analysis.unmet:
        return analysis.raised
    if analysis.intent is Intent.ASK:
        return (
            analysis.raised
            if analysis.raised.servers
            else _spoken_of(analysis, plan, servers, said)
        )
    gone = [name for name in before.names if name not in plan.names]
    come = [name for name in plan.names if name not in before.names]
    if analysis.intent is not Intent.PLAN or come or len(gone) != 1 or not plan.steps:
        return NOTHING_RAISED
    others = [one for many in instead(gone, before, plan, servers) for one in many]
    return Raised(servers=tuple(dict.fromkeys(others)), instead_of=gone[0], offered=True)


def _spoken_of(analysis: Analysis, plan: Plan, servers: Servers, said: str) -> Raised:
    """The servers outside the plan that a question and its answer name, one for each service."""
    known = {servers[name].service for name in plan.names if name in servers}
    fresh = [one for one in servers.values() if one.service not in known]
    found: dict[str, str] = {}
    for name in (*mentioned(analysis.reply, fresh), *mentioned(said, fresh)):
        found.setdefault(servers[name].service, name)
    return Raised(servers=tuple(found.values())[:_MOST])
