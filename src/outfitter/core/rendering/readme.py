"""The README of a bundle: how to set the agent up, start it, and what it runs."""

import json
import re
import shlex
from collections.abc import Iterator

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import NOT_STATED, Access, StdioTemplate, Template
from outfitter.core.equipping.template import references
from outfitter.core.rendering.fast_agent import may_sign_in
from outfitter.core.rendering.fitting import Fitted
from outfitter.core.rendering.shell import LOGIN, RUN, WORK
from outfitter.core.words.text import one_line
from outfitter.core.words.timetable import EVERY_QUARTER_HOUR, Timetable

_README = """\
# {title}

{goal}

This is version {version}; a change in the chat makes the next one, with a bundle of its own.
The agent runs in [fast-agent](https://fast-agent.ai). It needs
[uv](https://docs.astral.sh/uv/){runners}.
Each command here is for a terminal in this folder; on Windows take one of WSL.

{start}
{trial}{signing}
## When it runs

The agent works while it runs and stops when it is done: it does not start by itself, nor wait for
something to happen. {times}
`sh schedule.sh '0 9 * * 1-5'` has it start at nine on working days instead, by the clock of
this machine; `sh schedule.sh off` has it start no more.

## What it uses

{servers}

Each server runs with your rights on this machine or with the key you give it. The list of tools
limits what the model sees and not what a server can do: give it a key that allows no more than you
want. The values are in `.env` alone; `fast-agent.yaml` and `mcp.json` name the variables.
`mcp.json` is the same configuration for clients that read `mcpServers` and fill in `${{VAR}}`
themselves; `GET /api/agents/{agent}/config?client=` writes it as each client wants it.
"""

_START = (
    (
        "`cp .env.example .env && chmod 600 .env`, then fill in the values; or put the answer of\n"
        "   `POST /api/agents/{agent}/env` into that file.\n"
        "   The model's own key, `ANTHROPIC_API_KEY`, belongs in it too."
    ),
    "{fetch}",
    "{sign_in}",
    "{links}",
    "`uv run --env-file .env verify.py` shows whether every server answers.",
    "`{run}` starts the agent.\n   `{run} {work}` gives it one message.",
)

_FETCHING = "`sh prefetch.sh` fetches the servers once, so that they start in time."

_TRIAL = """
Without the key of a model, this calls a tool:

```sh
{run} --model passthrough -m {call}
```
"""


_LINKS = "Sign in, as is said below under Signing in."

_EVERY_MORNING = (
    "Its steps tell no time: `sh schedule.sh` has `cron`\nstart it every morning at eight."
)
_NAMED_TIMES = (
    "`sh schedule.sh` has `cron` start it when its steps say, by the clock of\nthis machine: {}."
)
_EACH_START = ". Each start is told its time,\nand does only what is due then"
_AWAITED = (
    "So `sh schedule.sh` has `cron` start it\n"
    "every quarter of an hour, `{}`, to look for this: {}.\n"
    "Each start asks the model, which costs, and remembers nothing of those before."
)
_BY_HAND = "You start it yourself, as its steps say: \u201c{}\u201d."
_UNTOLD = (
    "Its steps say {},\nwhich `cron` cannot be told: `sh schedule.sh` refuses until you say when."
)
_ELSEWHERE = (
    "Its steps tell the time by the clock of {}:\n{}.\n"
    "`cron` goes by the clock of this machine, so `sh schedule.sh` refuses until you say when: by\n"
    "these lines if the clocks agree, else by others."
)

_SIGNING = """
## Signing in

{who} for a sign-in. With a keychain, such as that of macOS, Windows or a Linux desktop, do it
once before the first start:

```sh
{logins}
```

{each} prints a link. Nothing opens it by itself: open it in a browser on the same machine,
where the answer comes back to `127.0.0.1`. The keychain keeps the sign-in for all later runs,
those of `cron` too if they may use it.

Without a keychain these commands refuse, and a sign-in lasts no longer than a run: the agent prints
{links} at every start and waits, so start it in a terminal and not with `cron`.
"""


def render(
    spec: AgentSpec, servers: tuple[Fitted, ...], agent: str, version: int, table: Timetable
) -> str:
    """The text of README.md; `agent` is the id it is asked for by, `table` when it is started."""
    commands = {one.template.command for one in servers if isinstance(one.template, StdioTemplate)}
    runners = {"npx": "Node.js 20 or newer", "docker": "Docker"}
    needed = [said for command, said in runners.items() if command in commands]
    return _README.format(
        title=_markdown(spec.name) or "Agent",
        goal=_markdown(spec.goal),
        runners="".join(f" and {one}" for one in needed),
        start=_start(servers, agent),
        trial=_trial(servers),
        signing=_signing(servers),
        times=_times(table),
        servers="\n".join(line for one in servers for line in _about(one)),
        agent=agent,
        version=version,
    )


def _start(servers: tuple[Fitted, ...], agent: str) -> str:
    """What to do first, in order; with servers only where one cannot wait for the first start."""
    titles = [_markdown(one.server.title) for one in servers if _comes_first(one)]
    sign_in = f"Do what is said below under {', '.join(titles)}." if titles else ""
    started = any(isinstance(one.template, StdioTemplate) for one in servers)
    told = {
        "agent": agent,
        "run": RUN,
        "work": WORK,
        "fetch": _FETCHING if started else "",
        "sign_in": sign_in,
        "links": _LINKS if any(map(may_sign_in, servers)) else "",
    }
    steps = [one.format(**told) for one in _START]
    return "\n".join(f"{at}. {one}" for at, one in enumerate(filter(None, steps), 1))


def _signing(servers: tuple[Fitted, ...]) -> str:
    """How to sign in to the hosted servers that want it, in the order in which they are started."""
    wanting = [one for one in servers if may_sign_in(one)]
    if not wanting:
        return ""
    *others, last = (_markdown(one.server.title) for one in wanting)
    several = bool(others)
    who = f"{', '.join(others)} and {last}" if several else last
    return _SIGNING.format(
        who=f"{who} may ask",
        logins="\n".join(f"{LOGIN} {one.key}" for one in wanting),
        each="Each" if several else "It",
        links="the links one after the other" if several else "the link",
    )


def _times(table: Timetable) -> str:
    """When the script has cron start the agent, as it was said and as cron has it."""
    said = [f"\u201c{_markdown(one)}\u201d" for one in table.lines.values()]
    lines = zip(said, table.lines, strict=True)
    told = ", ".join(f"{one} is `{line}`" for one, line in lines)
    if table.untold:
        odd = ", ".join(f"\u201c{_markdown(one)}\u201d" for one in table.untold)
        return " ".join((_UNTOLD.format(odd), f"Of the rest {told}." if told else "")).rstrip()
    if table.by_hand:
        return _BY_HAND.format(_markdown(table.by_hand))
    if table.zone:
        return _ELSEWHERE.format(_markdown(table.zone), told)
    if table.awaited:
        return _AWAITED.format(EVERY_QUARTER_HOUR, *said)
    several = len({*said}) > 1
    return _NAMED_TIMES.format(told + (_EACH_START if several else "")) if said else _EVERY_MORNING


def _trial(servers: tuple[Fitted, ...]) -> str:
    """How to call the first tool that answers without doing anything, if a server has one."""
    for one in servers:
        probe = one.server.probe
        if probe and probe.tool in one.tools:
            call = f"***CALL_TOOL {one.key}__{probe.tool} {json.dumps(probe.arguments)}"
            return _TRIAL.format(run=RUN, call=shlex.quote(call))
    return ""


def _about(one: Fitted) -> Iterator[str]:
    server = one.server
    version = "" if server.version == NOT_STATED else f" {_markdown(server.version)}"
    yield f"- **{_markdown(server.title)}**{version}: {_markdown(server.description)}"
    if not server.reviewed:
        yield f"  - came from {_markdown(server.provenance)}; Outfitter has not looked through it"
    if isinstance(one.template, StdioTemplate):
        command = shlex.join((one.template.command, *one.template.args))
        yield f"  - runs `{one_line(command).replace('`', '')}`"
    else:
        yield f"  - calls <{one.template.url}>"
    if server.notes:
        yield f"  - {_markdown(server.notes)}"
    if one.asked:
        yield "  - is given " + ", ".join(f"`{name}`" for name in one.asked)
    if _is_prepared(one):
        yield from (f"  - {_step(step, one)}" for step in server.steps)
        if server.obtain_url:
            yield f"  - <{server.obtain_url}>"


def _is_prepared(one: Fitted) -> bool:
    """Whether something is to be done on the machine where the agent runs."""
    return one.server.access in {Access.SIGN_IN, Access.FILE} and bool(one.server.steps)


def _comes_first(one: Fitted) -> bool:
    """Whether that is to be done before the agent starts: a file laid ready or a command run."""
    is_file = any(given.required and given.format == "filepath" for given in one.server.inputs)
    is_file |= one.server.access is Access.FILE
    return _is_prepared(one) and (is_file or any("`" in step for step in one.server.steps))


def _step(step: str, one: Fitted) -> str:
    """A step whose commands can be pasted as they are."""
    parts = one_line(step).split("`")
    return "".join(
        f"`{_in_place(part, one.template)}`" if at % 2 else _escaped(part)
        for at, part in enumerate(parts)
    )


def _in_place(command: str, template: Template) -> str:
    """The command with the variables that the server is given, where it starts the server."""
    if not isinstance(template, StdioTemplate) or not command.startswith(f"{template.command} "):
        return command
    given = [f'{name}="{_in_quotes(value)}" ' for name, value in template.env.items()]
    line = "".join(given) + command
    if references(template):
        return shlex.join(("uv", "run", "--env-file", ".env", "sh", "-c", line))
    return line


def _in_quotes(value: str) -> str:
    """The value as a shell takes it between double quotes; references stay."""
    return re.sub(r'["\\]|\$(?!\{)', r"\\\g<0>", value.replace("`", ""))


def _markdown(text: str) -> str:
    """The text in one line that no reader of Markdown takes for more than words."""
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", text)
