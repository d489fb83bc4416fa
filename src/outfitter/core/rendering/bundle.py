"""The folder that runs unmodified in fast-agent, as texts by path."""

import re

from outfitter.core.agent import AgentSpec
from outfitter.core.errors import BadCatalogue
from outfitter.core.rendering import env_text, fast_agent, mcp_config, programs, readme, shell
from outfitter.core.rendering.fitting import Fitted, fitted
from outfitter.core.rendering.instruction import instruction
from outfitter.core.rendering.json_text import written
from outfitter.core.words.text import dashed

_FOLDER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 40
# Windows takes these for devices and makes no folder of them.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_IGNORE = ".env\n*.secrets.yaml\n.fast-agent/\n*.jsonl\n__pycache__/\n"
_REQUIREMENTS = f"{fast_agent.PACKAGE}\n"


def render(spec: AgentSpec, agent: str, version: int = 1) -> dict[str, str]:
    """The bundle's files; variables are named in them and no value is in any.

    `agent` is the id of the agent, by which its values are asked for, `version` which one it is.

    Raises BadCatalogue if a server cannot be written safely.
    """
    servers = fitted(spec)
    _check_folders(servers)
    name, table = folder_name(spec), shell.when(spec)
    return {
        "README.md": readme.render(spec, servers, agent, version, table),
        "agent.py": programs.agent(name, servers),
        "verify.py": programs.verify(name, servers),
        "prefetch.sh": shell.prefetch(servers),
        "schedule.sh": shell.schedule(table),
        fast_agent.FILE: fast_agent.config(servers),
        "instruction.md": instruction(spec, servers),
        ".env.example": env_text.example(servers),
        ".gitignore": _IGNORE,
        "requirements.txt": _REQUIREMENTS,
        "mcp.json": written(mcp_config.render(spec)["mcp_config"]),
    }


def folder_name(spec: AgentSpec) -> str:
    """The agent's name as a folder is called.

    >>> folder_name(AgentSpec(name="Büro: invoices!", goal="", steps=(), equipment=()))
    'buro-invoices'
    """
    name = dashed(spec.name).strip("-")
    if len(name) > _LONGEST_NAME:
        name = (name[: _LONGEST_NAME + 1].rpartition("-")[0] or name)[:_LONGEST_NAME]
    return f"{name}-agent" if _DEVICES.fullmatch(name) else name or "agent"


def _check_folders(servers: tuple[Fitted, ...]) -> None:
    for server in (one.server for one in servers):
        for folder in server.folders:
            if not _FOLDER.fullmatch(folder.removeprefix("./")):
                raise BadCatalogue(f"A folder of {server.name} is not inside the agent's own.")
