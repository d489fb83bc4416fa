"""An agent's servers as the configuration files of other MCP clients, each in its own dialect."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import RemoteTemplate, Server, StdioTemplate
from outfitter.core.placeholder import PLACEHOLDER, placeholder
from outfitter.core.rendering import fast_agent
from outfitter.core.rendering.fitting import Fitted, fitted
from outfitter.core.rendering.json_text import written
from outfitter.core.rendering.mcp_config import reached, started

_BRIDGE = "mcp-remote@0.15.1"

Write = Callable[[str], str]


class Client(StrEnum):
    """The clients whose files are written.

    `fast-agent`: `fast-agent.yaml`. `claude-desktop`: `claude_desktop_config.json`. `claude-code`:
    `.mcp.json`. `cursor`: `.cursor/mcp.json`. `vscode`: `.vscode/mcp.json`.
    """

    FAST_AGENT = "fast-agent"
    CLAUDE_DESKTOP = "claude-desktop"
    CLAUDE_CODE = "claude-code"
    CURSOR = "cursor"
    VSCODE = "vscode"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A client's file: its name, its media type and its text."""

    name: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a client writes: its file, the key its servers lie under, a variable, and its folder.

    A client that is `typed` wants to know how each server is spoken to, one that is `asking` what
    to ask its user for; where it `only_starts` programs, one goes in front of a remote server.
    """

    file: str
    root: str
    variable: str
    folder: str
    typed: bool = False
    asking: bool = False
    only_starts: bool = False


_DIALECTS = {
    # It reads no variables: what stands between < and > is for the reader to replace.
    Client.CLAUDE_DESKTOP: _Dialect(
        "claude_desktop_config.json", "mcpServers", "<{}>", "<FOLDER>", only_starts=True
    ),
    Client.CLAUDE_CODE: _Dialect(".mcp.json", "mcpServers", "${{{}}}", "${PWD}", typed=True),
    Client.CURSOR: _Dialect(".cursor/mcp.json", "mcpServers", "${{env:{}}}", "${workspaceFolder}"),
    Client.VSCODE: _Dialect(
        ".vscode/mcp.json",
        "servers",
        "${{input:{}}}",
        "${workspaceFolder}",
        typed=True,
        asking=True,
    ),
}


def render(spec: AgentSpec, client: Client) -> ConfigFile:
    """The client's file; variables are named in it and no value is.

    Raises BadCatalogue if a server cannot be written safely.
    """
    servers = fitted(spec)
    if client is Client.FAST_AGENT:
        return ConfigFile(fast_agent.FILE, "text/plain", fast_agent.config(servers))
    dialect = _DIALECTS[client]
    document: dict[str, Any] = {dialect.root: {one.key: _entry(one, dialect) for one in servers}}
    if dialect.asking:
        document["inputs"] = _inputs(servers)
    return ConfigFile(dialect.file, "application/json", written(document))


def _entry(one: Fitted, dialect: _Dialect) -> dict[str, Any]:
    write = _writer(one, dialect)
    if isinstance(one.template, StdioTemplate):
        return _typed("stdio", dialect) | started(one.template, write)
    if dialect.only_starts:
        return _bridged(one.template, write)
    return _typed(one.template.transport, dialect) | reached(one.template, write)


def _typed(kind: str, dialect: _Dialect) -> dict[str, Any]:
    return {"type": kind} if dialect.typed else {}


def _bridged(template: RemoteTemplate, write: Write) -> dict[str, Any]:
    """A remote server behind a program, for a client that only starts programs.

    The headers come by its environment: there they may have spaces, and no list of processes
    shows them.
    """
    names = {name: f"HEADER_{number}" for number, name in enumerate(template.headers, 1)}
    headers = [
        part for name in names for part in ("--header", f"{name}:{placeholder(names[name])}")
    ]
    args = ["-y", _BRIDGE, write(template.url), "--transport", f"{template.transport}-only"]
    entry: dict[str, Any] = {"command": "npx", "args": args + headers}
    env = {names[name]: write(text) for name, text in template.headers.items()}
    return entry | ({"env": env} if env else {})


def _writer(one: Fitted, dialect: _Dialect) -> Write:
    """What puts a text of the template into a dialect: variables, and paths in the own folder."""
    files = one.files
    relative = _own_paths(one.server)

    def named(found: re.Match[str]) -> str:
        file = files.get(found[1])
        return f"{dialect.folder}/{file}" if file else dialect.variable.format(found[1])

    def write(text: str) -> str:
        if text in relative or text.startswith("./"):
            return f"{dialect.folder}/{text.removeprefix('./')}"
        return PLACEHOLDER.sub(named, text)

    return write


def _own_paths(server: Server) -> set[str]:
    """The default values that are paths inside the agent's own folder."""
    folders = {_first(one) for one in server.folders}
    defaults = {one.default: one.format for one in server.inputs if one.default}
    return {
        text
        for text, form in defaults.items()
        if _first(text) in folders or (form == "filepath" and not text.startswith("/"))
    }


def _first(path: str) -> str:
    return path.removeprefix("./").split("/")[0]


def _inputs(servers: Sequence[Fitted]) -> list[dict[str, Any]]:
    """What the editor asks for once and keeps, in the order of the servers."""
    return [
        {
            "type": "promptString",
            "id": name,
            "description": f"{one.server.title}: {one.told(name)}",
            "password": given.secret,
        }
        for one in servers
        for name, given in one.asked.items()
        if name not in one.files
    ]
