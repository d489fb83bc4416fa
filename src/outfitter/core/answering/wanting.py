"""What is left to the user: credentials to bring, and what the first run asks for."""

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile

from outfitter.core.answering.occasion import Occasion, joined, title
from outfitter.core.catalogue import Access, Input, Server
from outfitter.core.equipping.decide import AgentReady, AskCredentials
from outfitter.core.equipping.requirements import Requirement, servers_of, takes_the_same
from outfitter.core.talk.needing import needed, them, until_the_start, will_do

_SHOWN_AGAIN = "Ask which keys are missing, and I show again how to get {them}."


def asked(requirements: Sequence[Requirement], occasion: Occasion) -> Iterator[str]:
    """What is missing and where it goes; how to get it is told once, when its server comes in."""
    known = occasion.before.names
    fresh = [one for one in requirements if one.mcp_server not in known]
    told = [one for one in requirements if one.mcp_server in known]
    yield _counted(requirements, "I need" if fresh else "I still need", occasion)
    yield from _in_full(fresh, occasion)
    yield "\n".join(_named(name, mine, occasion) for name, mine in _by_server(told).items())
    yield _sent(requirements)
    if told:
        yield _SHOWN_AGAIN.format(them=them(told))


def left(occasion: Occasion) -> Iterator[str]:
    """Everything that is left to the user, in full."""
    match occasion.outcome:
        case AskCredentials(requirements):
            yield _counted(requirements, "I still need", occasion)
            yield from _in_full(requirements, occasion)
            yield _sent(requirements)
        case AgentReady(sign_ins):
            yield "No credential is missing, and the agent is ready."
            yield from first_run(sign_ins, occasion)


def example(requirements: Sequence[Requirement]) -> str:
    """The field that carries these credentials, with their values left open."""
    blanks = {
        name: dict.fromkeys((one.credential_key for one in mine), "…")
        for name, mine in _by_server(requirements).items()
    }
    return f"`credentials: {json.dumps(blanks, ensure_ascii=False)}`"


def first_run(sign_ins: Sequence[str], occasion: Occasion) -> Iterator[str]:
    """What is left to the user once the agent is there."""
    for name in occasion.plan.names:
        server = occasion.servers.get(name)
        if server and (name in sign_ins or server.access is Access.FILE):
            yield until_the_start(server, _has_its_file(server, occasion))


def _counted(requirements: Sequence[Requirement], opening: str, occasion: Occasion) -> str:
    """How many are wanted, and how many of them are had together with another."""
    count = len(requirements)
    same = sum(_twin(one, occasion) is not None for one in requirements)
    few = "one" if same == 1 else same
    had = f", {few} of them the same as another" if 0 < same < count else ""
    return f"{opening} {'one credential' if count == 1 else f'{count} credentials'}{had}."


def _in_full(requirements: Sequence[Requirement], occasion: Occasion) -> Iterator[str]:
    for name, mine in _by_server(requirements).items():
        twins = {one.credential_key: _twin(one, occasion) for one in mine}
        known = {key: twin for key, twin in twins.items() if twin}
        yield needed(f"{title(occasion, name)}:", mine, known)


def _by_server(requirements: Sequence[Requirement]) -> dict[str, list[Requirement]]:
    return {
        name: [one for one in requirements if one.mcp_server == name]
        for name in servers_of(requirements)
    }


def _twin(one: Requirement, occasion: Occasion) -> Server | None:
    """The server before it in the plan whose credential is the same, if there is one."""
    server = occasion.servers[one.mcp_server]
    wanted = server.input(one.credential_key)
    return _earlier(server, wanted, occasion) if wanted else None


def _has_its_file(server: Server, occasion: Occasion) -> Server | None:
    """An earlier server of the plan whose file is also this one's."""
    files = [one for one in server.inputs if one.format == "filepath"]
    return next((found for one in files if (found := _earlier(server, one, occasion))), None)


def _earlier(server: Server, one: Input, occasion: Occasion) -> Server | None:
    """The server before it in the plan that takes the same, if there is one."""
    names = takewhile(lambda name: name != server.name, occasion.plan.names)
    before = (occasion.servers[name] for name in names if name in occasion.servers)
    return next((other for other in before if takes_the_same(server, one, other)), None)


def _named(name: str, mine: Sequence[Requirement], occasion: Occasion) -> str:
    keys = joined(f"`{one.credential_key}`" for one in mine)
    twins = [_twin(one, occasion) for one in mine]
    same = f" {will_do(twins[0])}" if all(twins) and twins[0] else ""
    return f"- {title(occasion, name)}: {keys}{same}"


def _sent(requirements: Sequence[Requirement]) -> str:
    return f"Send {them(requirements)} with your next message: {example(requirements)}"
