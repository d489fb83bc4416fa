"""What a user agrees to: exactly what each server runs or calls, and with which tools."""

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import StdioTemplate
from outfitter.core.rendering.fitting import Fitted, fitted
from outfitter.core.value import Value


class StartedServer(Value):
    """A server that the agent starts."""

    name: str
    """The server, as the catalogue calls it."""

    command: str
    """The program it is started with."""

    args: tuple[str, ...]
    """The words after the program."""

    env: tuple[str, ...]
    """The names of the variables it is given, never their values."""

    tools: tuple[str, ...]
    """The tools that the agent's model is shown; empty where the catalogue does not know them, and
    all are shown.
    """


class CalledServer(Value):
    """A hosted server that the agent calls."""

    name: str
    """The server, as the catalogue calls it."""

    url: str
    """The address that is called."""

    args: tuple[str, ...] = ()
    """Always empty: nothing is started."""

    headers: tuple[str, ...]
    """The names of the headers that go with every request, never their values."""

    env: tuple[str, ...] = ()
    """Always empty: nothing is started."""

    tools: tuple[str, ...]
    """The tools that the agent's model is shown; empty where the catalogue does not know them, and
    all are shown.
    """


def render(spec: AgentSpec) -> tuple[StartedServer | CalledServer, ...]:
    """For each server its command or address, the names of what it is given, and its tools."""
    return tuple(_shown(one) for one in fitted(spec))


def _shown(one: Fitted) -> StartedServer | CalledServer:
    name, tools, template = one.server.name, tuple(one.tools), one.template
    if isinstance(template, StdioTemplate):
        given = tuple(template.env)
        return StartedServer(
            name=name, command=template.command, args=template.args, env=given, tools=tools
        )
    return CalledServer(name=name, url=template.url, headers=tuple(template.headers), tools=tools)
