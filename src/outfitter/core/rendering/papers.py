"""The files of a bundle that are for its reader: how to set it up, and with which values."""

import re
import shlex
from collections.abc import Iterator

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import Access, StdioTemplate
from outfitter.core.invocation import invocation
from outfitter.core.rendering.fast_agent import VERSION
from outfitter.core.rendering.fitting import Fitted

IGNORE = ".env\n*.secrets.yaml\n.fast-agent/\n*.jsonl\n__pycache__/\n"
REQUIREMENTS = f"fast-agent-mcp=={VERSION}\n"

_PREFETCH = """\
#!/bin/sh
# Fetches the servers once: when the agent starts, each has ten seconds.
set -e
"""

_README = """\
# {title}

{goal}

The agent runs in [fast-agent](https://fast-agent.ai). It needs
[uv](https://docs.astral.sh/uv/){runners}.

1. `cp .env.example .env && chmod 600 .env`, then fill in the values; or save what
   `POST /api/agents/{{id}}/env` answers as `.env`.
2. `./prefetch.sh` fetches the servers once, so that they start in time.
3. `uv run --env-file .env verify.py` shows whether every server answers.
4. `uv run --env-file .env agent.py` starts the agent; `-m "…"` gives it one message.

Without the key of a model, `--model passthrough -m '***CALL_TOOL server__tool {{}}'` calls a tool.

## When it runs

The agent works while it runs and stops when it is done: nothing here starts it by itself or waits
for something to happen. To have it work every morning at eight, give its folder to `cron`:

    0 8 * * * cd /path/to/this/folder && uv run --env-file .env agent.py -m "Do your work now."

## What it uses

{servers}

Each server runs with your rights on this machine or with the key you give it. Which tools the
model is shown is not a limit on the server: what must not happen, the key must not allow.
The values are in `.env` alone; `fast-agent.yaml` and `mcp.json` name the variables. `mcp.json`
is the same configuration for clients that read `mcpServers` and fill in `${{VAR}}` themselves;
`GET /api/agents/{{id}}/config?client=` writes it as each client wants it.
"""


def readme(spec: AgentSpec, servers: tuple[Fitted, ...]) -> str:
    """The text of README.md."""
    commands = {one.template.command for one in servers if isinstance(one.template, StdioTemplate)}
    runners = {"npx": "Node.js 20 or newer", "docker": "Docker"}
    needed = [said for command, said in runners.items() if command in commands]
    return _README.format(
        title=_markdown(spec.name) or "Agent",
        goal=_markdown(spec.goal),
        runners="".join(f" and {one}" for one in needed),
        servers="\n".join(line for one in servers for line in _about(one)),
    )


def env_example(servers: tuple[Fitted, ...]) -> str:
    """The text of .env.example: every variable, empty, under how to get its value."""
    return "\n".join(("# The model's own key.\n# ANTHROPIC_API_KEY=''\n", *_variables(servers)))


def prefetch(servers: tuple[Fitted, ...]) -> str:
    """The text of prefetch.sh, which fetches each server's package without starting it."""
    commands = [_fetch(one.template) for one in servers if isinstance(one.template, StdioTemplate)]
    lines = dict.fromkeys(shlex.join(command) for command in commands if command)
    return _PREFETCH + "".join(f"{line} </dev/null\n" for line in lines)


def _about(one: Fitted) -> Iterator[str]:
    server = one.server
    yield f"- **{_markdown(server.title)}** {_markdown(server.version)}: " + _markdown(
        server.description
    )
    if isinstance(one.template, StdioTemplate):
        command = shlex.join((one.template.command, *one.template.args))
        yield f"  - runs `{_one_line(command).replace('`', '')}`"
    else:
        yield f"  - calls <{one.template.url}>"
    if server.notes:
        yield f"  - {_markdown(server.notes)}"
    if one.asked:
        yield "  - is given " + ", ".join(f"`{name}`" for name in one.asked)
    if one.server.access in {Access.SIGN_IN, Access.FILE}:
        yield from (f"  - {_markdown(step)}" for step in server.steps)


def _variables(servers: tuple[Fitted, ...]) -> Iterator[str]:
    for one in (one for one in servers if one.asked):
        steps = [f"{number}. {step}" for number, step in enumerate(one.server.steps, 1)]
        lines = [one.server.title, *steps]
        lines += [one.server.obtain_url] if one.server.obtain_url else []
        yield "".join(f"# {_one_line(line)}\n" for line in lines) + "".join(_values(one))


def _values(one: Fitted) -> Iterator[str]:
    for name, asked in one.asked.items():
        where = asked.obtain_url if asked.obtain_url != one.server.obtain_url else None
        example = f"like {asked.example}" if asked.example else None
        told = [part for part in (asked.description, example, where) if part]
        yield f"# {_one_line('; '.join(told))}\n{name}=''\n"


def _fetch(template: StdioTemplate) -> list[str] | None:
    taken = invocation(template)
    if taken is None or not taken.packages:
        return None
    match template.command:
        case "npx":
            chosen = [f"--package={one}" for one in taken.packages]
            return ["npx", "-y", *chosen, "--", "node", "-e", "0"]
        case "uvx":
            asked = [word for flag in taken.flags for word in flag if word is not None]
            return ["uvx", "--from", taken.packages[0], *asked, "python", "-c", "0"]
        case "docker":
            return ["docker", "pull", taken.program]
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _markdown(text: str) -> str:
    """The text in one line that no reader of Markdown takes for more than words."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", _one_line(text))
