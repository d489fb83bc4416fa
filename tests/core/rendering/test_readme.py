"""The README of a bundle, followed literally by somebody who knows nothing else."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from core.rendering.outfits import AGENT, INVOICES, a_server, an_agent, an_input, reached, started
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import NOT_STATED, Access, Place, Probe, Tool
from outfitter.core.plan import Step
from outfitter.core.rendering import bundle

# They stand in for what the machine has, and show what they are given.
PROGRAMS = {
    "uv": 'shift 3\nset -a\n. ./.env\nexec "$@"\n',
    "npx": 'echo "$* with $CLIENT_ID, $TENANT and $HOME_PAGE in $PWD"\n',
    "agent.py": 'printf "%s in %s\\n" "$2" "$PWD"\n',
    "crontab": 'cd "$(dirname "$0")"\n[ "$1" = -l ] && exec cat table\ncat >new && mv new table\n',
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
    (programs / "table").write_text("5 5 * * 1 earlier\n")
    return printed(command, folder, f"{programs}:{os.environ['PATH']}")


def printed(command: str, folder: Path, path: str) -> str:
    """What a shell with that PATH prints for a command."""
    run = ["/bin/sh", "-c", command]
    return subprocess.run(
        run, cwd=folder, env={"PATH": path}, check=True, capture_output=True, text=True
    ).stdout


def as_cron_reads(line: str) -> str:
    """The command of a line of a crontab: up to a percent sign that no backslash stands before."""
    found = re.fullmatch(r"((?:[^%\\]|\\.)*)(%.*)?", line.split(maxsplit=5)[5])
    assert found
    return re.sub(r"\\([\\%])", r"\1", found[1])


def test_nothing_is_left_to_be_filled_in_but_the_values() -> None:
    text = readme(INVOICES)
    assert f"`POST /api/agents/{AGENT}/env`" in text
    assert not re.search(r"\{id\}|/path/to|…|server__tool", text)


def test_the_env_file_is_for_its_owner_alone_and_takes_the_models_key_too() -> None:
    text = readme(INVOICES)
    before_the_first_start = text.split("agent.py", 1)[0]

    assert "`ANTHROPIC_API_KEY`" in before_the_first_start
    assert text.index("chmod 600 .env") < text.index("/env` into that file")


def test_a_sign_in_is_one_command_with_the_values_of_the_env_file(tmp_path: Path) -> None:
    text = readme(an_agent(Equipment(server=DOCS, keys=("CLIENT_ID",))))
    (tmp_path / ".env").write_text("MCP_DOCS_CLIENT_ID='it is me'\n")
    command = re.findall("`(uv run [^`]*--login[^`]*)`", text)

    assert "  - Make a \\*client\\*\n" in text
    assert "3. Do what is said below under Docs.\n" in text
    assert typed(command[0], tmp_path) == (
        f"-y docs@1.0 --login with it is me, com mon and \"$x'\\ in {tmp_path}\n"
    )


def test_a_sign_in_without_values_needs_no_env_file_and_another_program_no_variables() -> None:
    steps = ("Run `npx docs --login`", "Run `gcloud auth login`")
    template = started("docs", TENANT="com mon")
    docs = a_server("docs", template, access=Access.SIGN_IN, steps=steps)

    text = readme(an_agent(Equipment(server=docs)))

    assert '  - Run `TENANT="com mon" npx docs --login`\n' in text
    assert "  - Run `gcloud auth login`\n" in text


def test_what_can_wait_for_the_first_start_is_not_done_before_it() -> None:
    first = "Do what is said below under Docs."
    for access, step, comes_first in (
        (Access.FILE, "Lay the file ready", True),
        (Access.SIGN_IN, "Run `docs --login`", True),
        (Access.SIGN_IN, "Sign in where the browser opens", False),
    ):
        docs = a_server("docs", started("docs"), access=access, steps=(step,))
        assert (first in readme(an_agent(Equipment(server=docs)))) is comes_first


def test_steps_that_speak_of_a_page_are_followed_by_its_link() -> None:
    page = "https://docs.example.com/keys"
    steps = ("Open the page of the keys", "Keep its file beside the agent")
    docs = a_server("docs", started("docs"), access=Access.FILE, steps=steps, obtain_url=page)

    assert f"  - {steps[1]}\n  - <{page}>\n" in readme(an_agent(Equipment(server=docs)))


def test_a_file_that_a_sign_in_takes_is_laid_ready_before_it() -> None:
    client = an_input("CLIENT_FILE").model_copy(update={"format": "filepath"})
    template = started("docs", CLIENT_FILE="${CLIENT_FILE}")
    steps = ("Keep its file beside the agent", "Sign in where the browser opens")
    docs = a_server("docs", template, client, access=Access.SIGN_IN, steps=steps)

    assert "3. Do what is said below under Docs.\n" in readme(an_agent(Equipment(server=docs)))


def test_servers_elsewhere_are_not_fetched() -> None:
    hosted = a_server("clock", reached("https://clock.example/mcp"))

    assert "prefetch.sh" not in readme(an_agent(Equipment(server=hosted)))
    assert "2. `sh prefetch.sh`" in readme(INVOICES)


@pytest.mark.parametrize("name", ["plain", 'it\'s 100% "$x" `y` \\n', "\\%'"])
def test_a_daily_start_is_made_in_the_folder_itself_however_it_is_called(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / ".env").write_text("")
    (folder / "schedule.sh").write_text(bundle.render(INVOICES, AGENT)["schedule.sh"])
    before, added = typed("sh schedule.sh && crontab -l", folder).splitlines()

    assert before == "5 5 * * 1 earlier"
    assert added.startswith("0 8 * * * cd ")
    said = printed(as_cron_reads(added), tmp_path, "/usr/bin:/bin")
    assert re.fullmatch(
        rf"Do your work now\. It is .*\d\d:\d\d:\d\d.*\. in {re.escape(str(folder))}\n", said
    )


def test_another_time_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "schedule.sh").write_text(bundle.render(INVOICES, AGENT)["schedule.sh"])
    told = re.findall("`(sh schedule.sh '[^`]*)`", readme(INVOICES))
    added = typed(f"{told[0]} && crontab -l", tmp_path).splitlines()[-1]

    assert added.startswith("0 9 * * 1-5 cd ")


def test_the_times_that_the_steps_name_are_those_of_the_daily_start(tmp_path: Path) -> None:
    steps = (Step(text="every weekday at 7:30, read it"), Step(text="at 9pm and 6pm post it"))
    files = bundle.render(an_agent(steps=steps), AGENT)
    (tmp_path / "schedule.sh").write_text(files["schedule.sh"])
    added = typed("sh schedule.sh && crontab -l", tmp_path).splitlines()[1:]

    assert [one.partition(" cd ")[0] for one in added] == ["30 7 * * 1-5", "0 18,21 * * *"]
    (tmp_path / ".env").write_text("")
    first, second = (printed(as_cron_reads(one), tmp_path, "/usr/bin:/bin") for one in added)
    assert "nothing that has another time: every weekday at 7:30. It is " in first
    assert "nothing that has another time: at 9pm and 6pm. It is " in second
    assert "\u201cevery weekday at 7:30\u201d is `30 7 * * 1-5`" in files["README.md"]
    assert "eight" not in files["README.md"] + files["schedule.sh"]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("post it every other Tuesday", "The steps tell a time that cron cannot be told;"),
        ("every day at 9 Tokyo time", "The steps tell the time by a clock that need not be"),
    ],
)
def test_a_time_that_cron_does_not_know_is_asked_for_instead_of_one_near_to_it(
    tmp_path: Path, step: str, told: str
) -> None:
    files = bundle.render(an_agent(steps=(Step(text=step),)), AGENT)
    (tmp_path / "schedule.sh").write_text(files["schedule.sh"])
    said = typed("sh schedule.sh 2>&1 || echo $?; crontab -l", tmp_path).splitlines()

    assert said[0].startswith(told)
    assert said[1:] == ["2", "5 5 * * 1 earlier"]
    assert "`sh schedule.sh` refuses" in " ".join(files["README.md"].split())
    assert "eight" not in files["README.md"]


def test_what_the_agent_waits_for_is_looked_for_every_quarter_of_an_hour(tmp_path: Path) -> None:
    files = bundle.render(an_agent(steps=(Step(text="whenever Bob writes, tell me"),)), AGENT)
    (tmp_path / "schedule.sh").write_text(files["schedule.sh"])
    (tmp_path / ".env").write_text("")
    added = typed("sh schedule.sh && crontab -l", tmp_path).splitlines()[-1]

    assert added.startswith("*/15 * * * * cd ")
    said = printed(as_cron_reads(added), tmp_path, "/usr/bin:/bin")
    assert said.startswith("Look whether what your steps wait for has happened")
    assert "to look for this: \u201cwhenever Bob writes, tell me\u201d." in files["README.md"]


def test_the_lines_of_a_folder_can_be_taken_out_again(tmp_path: Path) -> None:
    (tmp_path / "schedule.sh").write_text(bundle.render(INVOICES, AGENT)["schedule.sh"])
    told = typed("sh schedule.sh && sh schedule.sh off && crontab -l", tmp_path)

    assert told == "5 5 * * 1 earlier\n"


def test_a_machine_without_cron_is_told_what_to_start_instead(tmp_path: Path) -> None:
    (tmp_path / "schedule.sh").write_text(bundle.render(INVOICES, AGENT)["schedule.sh"])
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/dirname").write_text("#!/bin/sh\nprintf '%s' \"$PWD\"\n")
    (tmp_path / "bin/dirname").chmod(0o755)
    told = printed("/bin/sh schedule.sh 2>&1 || echo $?", tmp_path, str(tmp_path / "bin"))

    assert told.startswith("There is no crontab on this machine.")
    assert told.endswith("agent.py -m 'Do your work now.'\n1\n")


def test_a_time_that_a_user_gives_instead_starts_all_of_the_work(tmp_path: Path) -> None:
    steps = (Step(text="every weekday at 7 o'clock, read it"), Step(text="at 9pm post it"))
    files = bundle.render(an_agent(steps=steps), AGENT)
    (tmp_path / "schedule.sh").write_text(files["schedule.sh"])
    (tmp_path / ".env").write_text("")
    added = typed("sh schedule.sh '0 7 * * 1-5' '5 5 * * *' && crontab -l", tmp_path).splitlines()
    first, second = (printed(as_cron_reads(one), tmp_path, "/usr/bin:/bin") for one in added[1:])

    assert "another time: every weekday at 7 o'clock. It is " in first
    assert second.startswith("Do your work now. It is ")


def test_the_readme_tells_which_version_of_the_agent_it_is() -> None:
    assert "This is version 3;" in bundle.render(INVOICES, AGENT, 3)["README.md"]


def test_a_time_that_is_left_of_the_goal_alone_is_not_lost() -> None:
    text = readme(an_agent(goal="At 6pm, post the news", steps=(Step(text="post the news"),)))
    assert "\u201cAt 6pm\u201d is `0 18 * * *`" in text


@pytest.mark.parametrize("name", ["plain", 'it\'s 100% "$x" `y` \\n', "\\%'"])
def test_a_second_time_takes_the_place_of_the_first_and_of_no_other_folders(
    tmp_path: Path, name: str
) -> None:
    folders = (tmp_path / name, tmp_path / f"{name} too")
    for folder in folders:
        folder.mkdir()
        (folder / "schedule.sh").write_text(bundle.render(INVOICES, AGENT)["schedule.sh"])
    run = "&& ".join(f"sh {shlex.quote(str(one / 'schedule.sh'))} " for one in folders)
    again = f"sh {shlex.quote(str(folders[0] / 'schedule.sh'))} '0 9 * * 1-5'"

    told = typed(f"{run}&& {again} && crontab -l", tmp_path).splitlines()

    assert [line[:9] for line in told] == ["5 5 * * 1", "0 8 * * *", "0 9 * * 1"]


def test_the_trial_calls_a_tool_that_is_there() -> None:
    probe = Probe(tool="now", arguments={"zone": "it's UTC"})
    clock = a_server("clock", started("clock"), tools=(Tool(name="now"),), probe=probe)
    call = """'***CALL_TOOL clock__now {"zone": "it'"'"'s UTC"}'"""

    assert f"agent.py --model passthrough -m {call}\n" in readme(an_agent(Equipment(server=clock)))
    assert "passthrough" not in readme(an_agent(Equipment(server=DOCS)))


def test_a_version_that_nobody_states_is_not_told() -> None:
    hosted = a_server("clock", reached("https://clock.example/mcp"), version=NOT_STATED)
    assert "- **Clock**: Works with clock.\n" in readme(an_agent(Equipment(server=hosted)))


def test_what_nobody_looked_through_is_marked_so() -> None:
    strange = DOCS.model_copy(update={"reviewed": False, "provenance": "a registry, 2026-11-22"})
    known, unknown = (readme(an_agent(Equipment(server=one))) for one in (DOCS, strange))

    assert "came from a registry, 2026-11-22; Outfitter has not looked through it" in unknown
    assert "has not looked through" not in known


def test_hosted_servers_that_want_a_sign_in_are_signed_in_to_one_by_one_before_the_start() -> None:
    hosted = [
        a_server(name, reached(f"https://{name}.example/mcp"), access=Access.SIGN_IN)
        for name in ("tickets", "pages")
    ]
    text = readme(an_agent(*(Equipment(server=one) for one in hosted)))

    assert text.index("Signing in.") < text.index("verify.py")
    assert re.findall("^uvx .* auth mcp login (.*)$", text, re.MULTILINE) == ["tickets", "pages"]
    assert "Tickets and Pages may ask for a sign-in." in text
    assert "one after the other" in text


def test_nothing_is_said_of_signing_in_where_a_key_or_a_program_does_without() -> None:
    keyed = a_server("a", reached("https://a.example/mcp", X="${K}"), an_input("K", Place.HEADER))
    local = a_server("b", started("b"), access=Access.SIGN_IN, steps=("Run `b --login`",))

    for server in (keyed, local):
        assert "Signing in" not in readme(an_agent(Equipment(server=server, keys=("K",))))
