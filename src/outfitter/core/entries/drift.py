"""How the tools a server offers differ from those its catalogue entry lists."""

from collections.abc import Iterable
from typing import Literal

from outfitter.core.catalogue import Server, Tool
from outfitter.core.value import Value

State = Literal["same", "drift", "unlisted", "failed", "skipped"]


class Launch(Value):
    """What came of starting a server: `reason` says why it failed or was not tried.

    `changed` names tools whose required parameters are others than the entry says; `unlisted` is
    the state of a server whose entry lists no tools to compare with.
    """

    server: str
    version: str
    state: State
    tools: int = 0
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0


def compare(server: Server, offered: Iterable[Tool]) -> Launch:
    """The difference between the entry and what the server said when it was asked."""
    seen = {tool.name: tool for tool in offered}
    listed = {tool.name: tool for tool in server.tools}
    gone = tuple(sorted(listed.keys() - seen.keys()))
    new = tuple(sorted(seen.keys() - listed.keys())) if listed else ()
    changed = tuple(
        sorted(
            name
            for name in listed.keys() & seen.keys()
            if set(listed[name].required) != set(seen[name].required)
        )
    )
    state: State = "drift" if gone or new or changed else "same" if listed else "unlisted"
    return Launch(
        server=server.name,
        version=server.version,
        state=state,
        tools=len(seen),
        gone=gone,
        new=new,
        changed=changed,
    )
