"""The README of a bundle, followed literally by somebody who knows nothing else."""

import os
import re
import subprocess
from pathlib import Path

from core.rendering.outfits import AGENT, INVOICES, a_server, an_agent, an_input, started
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Access, Probe, Tool
from outfitter.core.rendering import bundle

# They stand in for what the machine has, and show what they are given.
PROGRAMS = {
    "uv": 'shift 3\nset -a\n. ./.env\nexec "$@"\n',
    "npx": 'echo "$* with $CLIENT_ID, $TENANT and $HOME_PAGE in $PWD"\n',
    "crontab": '[ "$1" = -l ] || cat\n',
}
DOCS = a_server(
    "docs",
    started("-y", "docs@1.0", CLIENT_ID="${CLIENT_ID}", TENANT="com mon", HOME_PAGE="\"$x`'\\"),
    an_input("CLIENT_ID"),
    access=Access.SIGN_IN,
    steps=("Make a *client*", "Run `npx -y docs@1.0 --login` once, and sign in"),
)


def readme(spec: AgentSpec) -> str:
    """The README of an agent."""
    return bundle.render(spec, AGENT)["README.md"]


def typed(command: str, folder: Path) -> str:
    """What a command prints in a folder, on a machine with those programs."""
    programs = folder / "bin"
    programs.mkdir()
    for name, text in PROGRAMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}")
        (programs / name).chmod(0o755)
    env = {"PATH": f"{programs}:{os.environ['PATH']}"}
    run = ["/bin/sh", "-c", command]
    return subprocess.run(
        run, cwd=folder, env=env, check=True, capture_output=True, text=True
    ).stdout


def test_nothing_is_left_to_be_filled_in_but_the_values() -> None:
    text = readme(INVOICES)
    assert f"`POST /api/agents/{AGENT}/env`" in text
    assert not re.search(r"\{id\}|/path/to|…|server__tool", text)


def test_the_env_file_is_for_its_owner_alone_and_takes_the_models_key_too() -> None:
    text = readme(INVOICES)
    before_the_first_start = text.split("agent.py", 1)[0]

    assert "`ANTHROPIC_API_KEY`" in before_the_first_start
    assert text.index("chmod 600 .env") < text.index("/env` answers into that file")


def test_a_sign_in_is_one_command_with_the_values_of_the_env_file(tmp_path: Path) -> None:
    text = readme(an_agent(Equipment(server=DOCS, keys=("CLIENT_ID",))))
    (tmp_path / ".env").write_text("MCP_DOCS_CLIENT_ID='it is me'\n")
    command = re.findall("`(uv run [^`]*--login[^`]*)`", text)

    assert "  - Make a \\*client\\*\n" in text
    assert "3. Do what stands below under Docs.\n" in text
    assert typed(command[0], tmp_path) == (
        f"-y docs@1.0 --login with it is me, com mon and \"$x'\\ in {tmp_path}\n"
    )


def test_a_daily_start_is_added_in_the_folder_itself(tmp_path: Path) -> None:
    line = next(one for one in readme(INVOICES).splitlines() if "crontab" in one)
    added = typed(line, tmp_path)

    assert added.startswith(f"0 8 * * * cd '{tmp_path}' && PATH='")
    assert added.endswith("' uv run --env-file .env agent.py -m 'Do your work now.'\n")


def test_the_trial_calls_a_tool_that_is_there() -> None:
    probe = Probe(tool="now", arguments={"zone": "it's UTC"})
    clock = a_server("clock", started("clock"), tools=(Tool(name="now"),), probe=probe)
    call = """'***CALL_TOOL clock__now {"zone": "it'"'"'s UTC"}'"""

    assert f"agent.py --model passthrough -m {call}\n" in readme(an_agent(Equipment(server=clock)))
    assert "passthrough" not in readme(an_agent(Equipment(server=DOCS)))
