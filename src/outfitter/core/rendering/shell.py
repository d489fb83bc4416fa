"""The shell scripts of a bundle: one fetches its servers, one has cron start the agent."""

import shlex

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import StdioTemplate
from outfitter.core.invocation import invocation
from outfitter.core.rendering.fast_agent import PACKAGE, PYTHON
from outfitter.core.rendering.fitting import Fitted
from outfitter.core.words.timetable import Timetable, timetable_of

RUN = "uv run --env-file .env agent.py"
_FAST_AGENT = f"uvx --env-file .env --python '{PYTHON}' --from {PACKAGE} fast-agent"
LOGIN = f"{_FAST_AGENT} auth mcp login"
_MESSAGE = "Do your work now."
WORK = f"-m '{_MESSAGE}'"
_NO_CRON = (
    "There is no crontab on this machine. Install cron, or have what starts programs here at a "
    f"time, such as a timer of systemd, run in this folder: {RUN} {WORK}"
)
_AT_THIS_TIME = (
    "Do now what your steps say is done at this time and what belongs to it, but nothing that has "
    "another time: {}."
)
_LOOK = (
    "Look whether what your steps wait for has happened within the last quarter of an hour, since "
    "when you were last started. Do your work for what has; do nothing where nothing has."
)

# The model is told the day by its instruction and the hour by its message alone.
# Cron ends a command at a percent sign without a backslash, and takes two backslashes for one.
_SCHEDULE = rf"""#!/bin/sh
# Has cron start the agent at the times below, or as the arguments say: '0 9 * * 1-5'
# Earlier lines for this folder are replaced; the argument off only takes them out.
set -e
cd -- "$(dirname -- "$0")"
if ! command -v crontab >/dev/null; then
    printf '%s\n' {shlex.quote(_NO_CRON)} >&2
    exit 1
fi
<default>
[ "$1" != off ] || set --
quoted() {{
    printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\"'\"'/g")"
}}
work() {{
    case $1 in
<cases>    *) printf %s {shlex.quote(_MESSAGE)} ;;
    esac
}}
for_cron() {{
    printf '%s\n' "$1" | sed 's/[\\%]/\\&/g'
}}
here="cd $(quoted "$PWD") && PATH="
HERE=$(for_cron "$here")
export HERE
{{
    crontab -l 2>/dev/null | awk 'index($0, ENVIRON["HERE"]) == 0'
    for at in "$@"; do
        for_cron "$at $here$(quoted "$PATH") {RUN} -m $(quoted "$(work "$at")")\" It is \$(date).\""
    done
}} | crontab -
"""
_EVERY_MORNING = "0 8 * * *"
_UNTOLD = (
    "The steps tell a time that cron cannot be told; README.md quotes it. Say when, such as: "
    "sh schedule.sh {}"
)
_BY_HAND = "The steps say that you start it yourself. For a time after all: sh schedule.sh {}"
_ELSEWHERE = (
    "The steps tell the time by a clock that need not be that of this machine; README.md quotes "
    "them. Say when by the clock here. Where both agree: sh schedule.sh {}"
)
_REFUSED = """\
if [ $# -eq 0 ]; then
    printf '%s\\n' {} >&2
    exit 2
fi"""

_PREFETCH = """\
#!/bin/sh
# Fetches the servers once and compiles them: when the agent starts, each has ten seconds.
set -e
"""


def when(spec: AgentSpec) -> Timetable:
    """When the agent is to start."""
    return timetable_of(spec.goal, (one.text for one in spec.steps))


def schedule(table: Timetable) -> str:
    """The text of schedule.sh, which has cron start the agent at these times.

    Of several the agent is told at which one it is started. Where a time is left open the script
    starts nothing at another, but asks for one.
    """
    cases = (
        f"    {shlex.quote(line)}) printf %s {shlex.quote(message)} ;;\n"
        for line, message in _messages(table).items()
    )
    return _SCHEDULE.replace("<default>", _default(table)).replace("<cases>", "".join(cases))


def _messages(table: Timetable) -> dict[str, str]:
    if table.awaited:
        return dict.fromkeys(table.lines, _LOOK)
    several = len({*table.lines.values()}) > 1
    told = table.lines.items() if several else ()
    return {line: _AT_THIS_TIME.format(said) for line, said in told}


def _default(table: Timetable) -> str:
    """What the script does without arguments."""
    if table.is_certain:
        return f"[ $# -gt 0 ] || set -- {shlex.join(table.lines or [_EVERY_MORNING])}"
    why = _BY_HAND if table.by_hand else _ELSEWHERE if table.zone and not table.untold else _UNTOLD
    return _REFUSED.format(shlex.quote(why.format(shlex.join(table.lines or ["0 9 * * 1-5"]))))


def prefetch(servers: tuple[Fitted, ...]) -> str:
    """The text of prefetch.sh, which fetches each server's package without starting it."""
    commands = [_fetch(one.template) for one in servers if isinstance(one.template, StdioTemplate)]
    lines = dict.fromkeys(shlex.join(command) for command in commands if command)
    return _PREFETCH + "".join(f"{line} </dev/null\n" for line in lines)


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
            return [
                "uvx",
                "--compile-bytecode",
                "--from",
                taken.packages[0],
                *asked,
                "python",
                "-c",
                "0",
            ]
        case "docker":
            return ["docker", "pull", taken.program]
    return None
