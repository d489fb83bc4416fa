"""What is left to the user: credentials to bring, and what the first run asks for."""

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile

from outfitter.core.answering.occasion import Occasion, joined, title
from outfitter.core.catalogue import Access, Input, Server
from outfitter.core.equipping.decide import AgentReady, AskCredentials
from outfitter.core.equipping.requirements import Requirement, takes_the_same

_SHOWN_AGAIN = "Ask which keys are missing, and I show again how to get {them}."


def asked(requirements: Sequence[Requirement], occasion: Occasion) -> Iterator[str]:
    """What is missing and where it goes; how to get it is told once, when its server comes in."""
    known = occasion.before.names
    fresh = [one for one in requirements if one.mcp_server not in known]
    told = [one for one in requirements if one.mcp_server in known]
    yield _counted(requirements, "I need" if fresh else "I still need")
    yield from _in_full(fresh, occasion)
    yield "\n".join(_named(name, told, occasion) for name in _servers(told))
    yield _sent(requirements)
    if told:
        yield _SHOWN_AGAIN.format(them=_them(told))


def left(occasion: Occasion) -> Iterator[str]:
    """Everything that is left to the user, in full."""
    match occasion.outcome:
        case AskCredentials(requirements):
            yield _counted(requirements, "I still need")
            yield from _in_full(requirements, occasion)
            yield _sent(requirements)
        case AgentReady(sign_ins):
            yield "No credential is missing, and the agent is ready."
            yield from first_run(sign_ins, occasion)


def example(requirements: Sequence[Requirement]) -> str:
    """The field that carries these credentials, with their values left open."""
    blanks = {name: _blanks(name, requirements) for name in _servers(requirements)}
    return f"`credentials: {json.dumps(blanks, ensure_ascii=False)}`"


def first_run(sign_ins: Sequence[str], occasion: Occasion) -> Iterator[str]:
    """What is left to the user once the agent is there."""
    for name in occasion.plan.names:
        server = occasion.servers.get(name)
        if server is None:
            continue
        if name in sign_ins:
            opening = f"{server.title} asks you to sign in on the first run"
        elif server.access is Access.FILE:
            opening = f"{server.title} reads a file of yours, so have it in place before the start"
        else:
            continue
        if other := _has_its_file(server, occasion):
            opening += f"; the file of {other} will do"
        lines = _numbered(server.steps)
        yield "\n".join((f"{opening}{':' if lines else '.'}", *lines))


def _counted(requirements: Sequence[Requirement], opening: str) -> str:
    count = len(requirements)
    return f"{opening} one credential." if count == 1 else f"{opening} {count} credentials."


def _in_full(requirements: Sequence[Requirement], occasion: Occasion) -> Iterator[str]:
    for name in _servers(requirements):
        yield _wanted([one for one in requirements if one.mcp_server == name], occasion)


def _wanted(requirements: Sequence[Requirement], occasion: Occasion) -> str:
    first = requirements[0]
    lines = [f"{title(occasion, first.mcp_server)}:"]
    lines += [_line(one, occasion) for one in requirements]
    if first.instructions:
        lines += [f"How to get {_them(requirements)}:", *_numbered(first.instructions)]
    links = dict.fromkeys(one.obtain_url for one in requirements if one.obtain_url)
    return "\n".join([*lines, *(f"Link: {link}" for link in links)])


def _line(one: Requirement, occasion: Occasion) -> str:
    line = f"- `{one.credential_key}`: {one.description}"
    server = occasion.servers[one.mcp_server]
    wanted = server.input(one.credential_key)
    other = _earlier(server, wanted, occasion) if wanted else None
    return f"{line} (what you give {other} will do)" if other else line


def _has_its_file(server: Server, occasion: Occasion) -> str | None:
    """The title of an earlier server of the plan whose file is also this one's."""
    files = [one for one in server.inputs if one.format == "filepath"]
    return next((title for one in files if (title := _earlier(server, one, occasion))), None)


def _earlier(server: Server, one: Input, occasion: Occasion) -> str | None:
    """The title of the server before it in the plan that takes the same, if there is one."""
    names = takewhile(lambda name: name != server.name, occasion.plan.names)
    before = (occasion.servers[name] for name in names if name in occasion.servers)
    return next((other.title for other in before if takes_the_same(server, one, other)), None)


def _named(name: str, requirements: Sequence[Requirement], occasion: Occasion) -> str:
    keys = joined(f"`{key}`" for key in _blanks(name, requirements))
    return f"- {title(occasion, name)}: {keys}"


def _sent(requirements: Sequence[Requirement]) -> str:
    return f"Send {_them(requirements)} with your next message: {example(requirements)}"


def _them(requirements: Sequence[Requirement]) -> str:
    return "it" if len(requirements) == 1 else "them"


def _servers(requirements: Sequence[Requirement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.mcp_server for one in requirements))


def _blanks(name: str, requirements: Sequence[Requirement]) -> dict[str, str]:
    return {one.credential_key: "…" for one in requirements if one.mcp_server == name}


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"{place}. {step}" for place, step in enumerate(steps, 1)]
