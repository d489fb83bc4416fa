"""What a bundle holds, whatever its user wrote."""

import ast
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from core.rendering.outfits import (
    AGENT,
    CALENDAR,
    INVOICES,
    MAIL,
    a_server,
    an_agent,
    an_input,
    reached,
    started,
)
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Access, Place, Tool
from outfitter.core.errors import BadCatalogue
from outfitter.core.plan import Step
from outfitter.core.rendering import bundle, consent, fast_agent, mcp_config
from outfitter.core.rendering.shell import when
from outfitter.core.rendering.yaml_text import written
from outfitter.core.words.timetable import Timetable

GOLDEN = Path(__file__).parents[2] / "data" / "golden"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def config_of(*equipment: Equipment) -> dict[str, Any]:
    text = bundle.render(an_agent(*equipment), AGENT)[fast_agent.FILE]
    servers = yaml.safe_load(text)["mcp"]["servers"]
    assert isinstance(servers, dict)
    return servers


@pytest.mark.parametrize("name", sorted(bundle.render(INVOICES, AGENT)))
def test_the_bundle_is_as_it_was_last_read_over(name: str) -> None:
    same_as_golden(f"invoices/{name}.txt", bundle.render(INVOICES, AGENT)[name])


def test_the_answers_are_as_they_were_last_read_over() -> None:
    answers = {"config": mcp_config.render(INVOICES), "consent": _agreed_to()}
    same_as_golden("invoices/answers.json", json.dumps(answers, indent=2) + "\n")


def _agreed_to() -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in consent.render(INVOICES)]


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.proves("R-48")
@given(goal=st.text(), steps=st.lists(st.text(), max_size=3), name=st.text(max_size=60))
def test_whatever_the_user_writes_the_files_stay_readable(
    goal: str, steps: list[str], name: str
) -> None:
    spec = AgentSpec(
        name=name,
        goal=goal,
        steps=tuple(Step(text=text, server="gmail") for text in steps),
        equipment=(Equipment(server=MAIL, keys=("EMAIL", "PASSWORD")),),
    )
    assume(when(spec) == Timetable())
    files = bundle.render(spec, AGENT)
    plain = bundle.render(spec.model_copy(update={"goal": "", "steps": ()}), AGENT)
    yaml.safe_load(files[fast_agent.FILE])
    ast.parse(files["agent.py"])
    # What a user wrote reaches what is for readers and for the model, and no program.
    told = {"README.md", "instruction.md"}
    assert {k: v for k, v in files.items() if k not in told} == {
        k: v for k, v in plain.items() if k not in told
    }


@pytest.mark.proves("R-55")
@given(goal=st.text("{}\\ab:", max_size=12), step=st.text("{}\\ab:", max_size=12))
def test_nothing_the_user_writes_is_a_placeholder(goal: str, step: str) -> None:
    spec = an_agent(goal=goal, steps=(Step(text=step),))
    text = bundle.render(spec, AGENT)["instruction.md"]
    # The way fast-agent protects escaped braces before it looks for placeholders.
    left = text.replace(r"\{{", "#").replace(r"\}}", "#")
    assert left.count("{{") == 2
    assert "{{serverInstructions}}" in left
    assert "{{currentDate}}" in left


@pytest.mark.proves("R-55")
@pytest.mark.parametrize("line", ["fast-agent-subagents", "<!-- fast-agent-subagents -->"])
def test_no_line_the_user_writes_is_a_setting(line: str) -> None:
    for goal in (line, f"Watch Gmail\n{line}\nfor invoices", f"Watch Gmail\r\n  {line}"):
        spec = an_agent(goal=goal, steps=(Step(text=f"Read mail\n{line}"),))
        text = bundle.render(spec, AGENT)["instruction.md"]
        assert line in text
        assert line not in [one.strip() for one in text.splitlines()]


@given(st.dictionaries(st.text(), st.dictionaries(st.text(), JSON, max_size=3), max_size=3))
def test_yaml_reads_back_what_was_written(data: dict[str, Any]) -> None:
    assert yaml.safe_load(written(data) or "{}") == data


def test_every_variable_of_the_config_is_asked_for_and_explained() -> None:
    files = bundle.render(INVOICES, AGENT)
    for name in ("MCP_GMAIL_EMAIL", "MCP_GMAIL_PASSWORD", "MCP_NOTION_HOSTED_TOKEN"):
        assert f"${{{name}}}" in files[fast_agent.FILE]
        assert f'"{name}"' in files["agent.py"]
        assert f"\n{name}=''\n" in files[".env.example"]
    assert "TEAM" not in "".join(files.values())


def test_no_two_inputs_share_a_variable() -> None:
    inputs = {"my": "CHAT_BOT_KEY", "my-chat": "BOT_KEY", "my-chat-bot": "KEY"}
    servers = config_of(
        *(
            Equipment(
                server=a_server(name, started("p", **{key: f"${{{key}}}"}), an_input(key)),
                keys=(key,),
            )
            for name, key in inputs.items()
        )
    )
    assert [servers[name]["env"][key] for name, key in inputs.items()] == [
        "${MCP_MY_CHAT_BOT_KEY}",
        "${MCP_MY_CHAT_BOT_KEY_2}",
        "${MCP_MY_CHAT_BOT_KEY_3}",
    ]


def test_a_tools_full_name_is_never_cut() -> None:
    tools = tuple(Tool(name=f"{'x' * 53}{number}") for number in range(2))
    servers = [a_server(f"{'long-name'}-{end}", started("p"), tools=tools) for end in "ab"]
    keys = list(config_of(*(Equipment(server=one) for one in servers)))
    assert len(set(keys)) == 2
    assert all(len(f"{key}__{tools[0].name}") <= 66 for key in keys)
    assert len(f"{keys[0]}__{tools[0].name}") <= 64


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example.com/mcp", "https://a.example.com/mcp"),
        ("https://a.example.com/mcp/", "https://a.example.com/mcp/"),
        ("https://a.example.com", "https://a.example.com/?client=fast-agent"),
        ("https://a.example.com/v1", "https://a.example.com/v1?client=fast-agent"),
        ("https://a.example.com/v1?x=1", "https://a.example.com/v1?x=1"),
    ],
)
def test_an_address_is_written_so_that_fast_agent_keeps_it(url: str, kept: str) -> None:
    assert config_of(Equipment(server=a_server("a", reached(url))))["a"]["url"] == kept


def test_only_a_server_with_a_sign_in_may_start_one() -> None:
    opened = a_server("opened", reached("https://a.example.com/mcp"))
    keyed = a_server(
        "keyed",
        reached("https://a.example.com/mcp", Authorization="Bearer ${K}"),
        an_input("K", Place.HEADER, required=False),
        access=Access.SIGN_IN,
    )
    assert config_of(Equipment(server=opened))["opened"]["auth"] == {"oauth": False}
    assert config_of(Equipment(server=keyed, keys=("K",)))["keyed"]["auth"] == {"oauth": False}
    assert "auth" not in config_of(Equipment(server=keyed))["keyed"]
    assert "auth" not in config_of(Equipment(server=CALENDAR))["calendar"]


def test_a_part_of_the_address_is_no_key_and_leaves_the_sign_in_as_it_is() -> None:
    near = a_server(
        "near",
        reached("https://${REGION}.example.com/mcp"),
        an_input("REGION", Place.URL, secret=False, default="eu"),
        access=Access.SIGN_IN,
    )
    keyed = a_server(
        "keyed", reached("https://a.example.com/mcp?key=${K}"), an_input("K", Place.URL)
    )

    assert "auth" not in config_of(Equipment(server=near, keys=("REGION",)))["near"]
    assert config_of(Equipment(server=keyed, keys=("K",)))["keyed"]["auth"] == {"oauth": False}


@pytest.mark.parametrize("folder", ["../x", "/etc", "a/../b", "", "a\nb", "~"])
def test_a_servers_folder_lies_inside_the_agents(folder: str) -> None:
    server = a_server("a", started("p"), folders=(folder,))
    with pytest.raises(BadCatalogue):
        bundle.render(an_agent(Equipment(server=server)), AGENT)


def test_the_fetching_script_is_one_a_shell_takes() -> None:
    odd = started("--from", "p==1; rm -rf x", "--with", "mcp<2", "p", command="uvx")
    image = started("run", "-i", "--rm", "-e", "K", "ghcr.io/a/b:1.2", command="docker")
    servers = (a_server("a", odd), a_server("b", image), a_server("c", started("x", command="uv")))
    text = bundle.render(an_agent(*(Equipment(server=one) for one in servers)), AGENT)[
        "prefetch.sh"
    ]
    assert "uvx --compile-bytecode --from 'p==1; rm -rf x' --with 'mcp<2' python -c 0" in text
    assert "docker pull ghcr.io/a/b:1.2" in text
    subprocess.run(["/bin/sh", "-n"], input=text.encode(), check=True)


@pytest.mark.parametrize(
    ("line", "fetched"),
    [
        ("npx -y -p a@1 -p b@2 run", "npx -y --package=a@1 --package=b@2 -- node -e 0"),
        ("npx --registry https://npm.example a@1", "npx -y --package=a@1 -- node -e 0"),
        ("uvx -p 3.12 a@1 --from b", "uvx --compile-bytecode --from a@1 -p 3.12 python -c 0"),
        ("docker run -e X=a/b:1.0 -v /x:/x c", "docker pull c"),
    ],
)
def test_what_is_fetched_is_what_the_server_starts(line: str, fetched: str) -> None:
    command, *args = line.split()
    server = a_server("a", started(*args, command=command))
    text = bundle.render(an_agent(Equipment(server=server)), AGENT)["prefetch.sh"]
    assert f"\n{fetched} </dev/null\n" in text


@pytest.mark.proves("R-56")
def test_consent_shows_the_whole_command_and_no_value() -> None:
    shown = {one["name"]: one for one in _agreed_to()}
    assert shown["gmail"] == {
        "name": "gmail",
        "command": "npx",
        "args": ["-y", "mail-mcp@2.0.1"],
        "env": ["EMAIL", "PASSWORD"],
        "tools": ["search_mail"],
    }
    assert shown["notion-hosted"]["url"] == "https://notes.example.com/v1"
    assert shown["notion-hosted"]["headers"] == ["Authorization"]


def test_the_answer_has_the_four_parts_of_a_reference_config() -> None:
    config = mcp_config.render(INVOICES)
    assert list(config) == ["mcp_server_info", "mcp_config", "user_prompt", "workflow"]
    assert config["mcp_server_info"]["servers"][0] == {"name": "gmail"}
    assert config["user_prompt"] == INVOICES.goal


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("x" * 41, "x" * 40),
        ("x" * 39 + " y", "x" * 39),
        ("Read my Gmail and write a summary into Notion", "read-my-gmail-and-write-a-summary-into"),
        ("Con", "con-agent"),
        ("com1", "com1-agent"),
        ("Rechnungen für Anna", "rechnungen-fur-anna"),
        ("日本語", "agent"),
        ("", "agent"),
    ],
)
def test_an_agents_folder_has_a_short_name_that_every_system_takes(name: str, folder: str) -> None:
    spec = INVOICES.model_copy(update={"name": name})
    assert bundle.folder_name(spec) == folder


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Invoices to Notion", "invoices_to_notion"),
        ("3 reports a day", "agent_3_reports_a_day"),
        ("Import", "agent_import"),
        ("\U0001f98a", "agent"),
    ],
)
def test_the_programs_call_the_agent_as_python_could(name: str, called: str) -> None:
    files = bundle.render(INVOICES.model_copy(update={"name": name}), AGENT)
    assert f'name="{called}",' in files["agent.py"]
    assert f'app.get_agent("{called}")' in files["verify.py"]
