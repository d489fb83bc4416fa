"""The shell scripts of a bundle: one fetches its servers, one has cron start the agent."""

import shlex
from collections.abc import Mapping

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import StdioTemplate
from outfitter.core.invocation import invocation
from outfitter.core.rendering.fast_agent import PACKAGE, PYTHON
from outfitter.core.rendering.fitting import Fitted
from outfitter.core.words.crontab import times

RUN = "uv run --env-file .env agent.py"
_FAST_AGENT = f"uvx --env-file .env --python '{PYTHON}' --from {PACKAGE} fast-agent"
LOGIN = f"{_FAST_AGENT} auth mcp login"
_MESSAGE = "Do your work now."
WORK = f"-m '{_MESSAGE}'"
_AT_THIS_TIME = (
    "Do now what your steps say is done at this time and what belongs to it, but nothing that has "
    "another time: {}"
)

# Cron ends a command at a percent sign without a backslash, and takes two backslashes for one.
_SCHEDULE = rf"""#!/bin/sh
# Has cron start the agent at the times below, or as the arguments say: '0 9 * * 1-5'
# Earlier lines for this folder are replaced.
set -e
cd -- "$(dirname -- "$0")"
[ $# -gt 0 ] || set -- <times>
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
        for_cron "$at $here$(quoted "$PATH") {RUN} -m $(quoted "$(work "$at")")"
    done
}} | crontab -
"""
_EVERY_MORNING = "0 8 * * *"

_PREFETCH = """\
#!/bin/sh
# Fetches the servers once and compiles them: when the agent starts, each has ten seconds.
set -e
"""


def named_times(spec: AgentSpec) -> dict[str, str]:
    """When the steps want the agent to start, as cron writes it, each with the words that say so.

    The goal has what the steps were made of.
    """
    return times(one.text for one in spec.steps) or times([spec.goal])


def schedule(named: Mapping[str, str]) -> str:
    """The text of schedule.sh, which has cron start the agent at these times.

    Of several the agent is told at which one it is started.
    """
    told = named.items() if len(named) > 1 else ()
    cases = (
        f"    {shlex.quote(line)}) printf %s {shlex.quote(_AT_THIS_TIME.format(said))} ;;\n"
        for line, said in told
    )
    times_of_all = shlex.join(named or [_EVERY_MORNING])
    return _SCHEDULE.replace("<times>", times_of_all).replace("<cases>", "".join(cases))


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
