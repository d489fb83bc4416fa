"""Real servers on this machine, started and asked for their tools."""

import os
import sys
from pathlib import Path

import pytest

from catalogues import a_server, an_input
from outfitter.adapters.launching import launch, launch_all
from outfitter.core.catalogue import RemoteTemplate, Server, StdioTemplate, Tool

SERVER = """
import os, sys
from mcp.server.mcpserver import MCPServer

if not os.environ.get("NOTES_TOKEN"):
    sys.exit("error: NOTES_TOKEN is required")
assert "CREDENTIAL_KEYS" not in os.environ
open(sys.argv[1], "w").write(str(os.getpid()))
mcp = MCPServer("notes")

@mcp.tool()
def save_note(text: str) -> str:
    return text

@mcp.tool()
def list_notes() -> str:
    return ""

mcp.run("stdio")
"""
TOOLS = (Tool(name="save_note", required=("text",)), Tool(name="list_notes"))


def notes(home: Path, *, tools: tuple[Tool, ...] = TOOLS, program: str = SERVER) -> Server:
    file = home / "notes.py"
    file.write_text(program)
    token = an_input("NOTES_TOKEN")
    template = StdioTemplate(
        command=sys.executable,
        args=(str(file), str(home / "pid")),
        env={"NOTES_TOKEN": "${NOTES_TOKEN}"},
    )
    return a_server("notes", token, template=template).model_copy(update={"tools": tools})


def _ended(home: Path) -> bool:
    """Whether the process that left its number there is gone."""
    try:
        os.kill(int((home / "pid").read_text()), 0)
    except ProcessLookupError:
        return True
    return False


async def test_a_server_that_offers_what_its_entry_lists_is_the_same_and_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIAL_KEYS", "planted")

    found = await launch(notes(tmp_path), 60)

    assert (found.state, found.tools, found.reason) == ("same", 2, "")
    assert _ended(tmp_path)


async def test_a_server_is_given_every_way_in_that_its_entry_knows(tmp_path: Path) -> None:
    token = an_input("NOTES_TOKEN", required=False)
    server = notes(tmp_path).model_copy(
        update={"inputs": (token,), "require_any": (("ANOTHER",), ("NOTES_TOKEN",))}
    )

    assert (await launch(server, 60)).state == "same"


@pytest.mark.parametrize("default", ["keys.json", None])
async def test_a_file_that_a_server_needs_lies_where_it_looks(
    tmp_path: Path, default: str | None
) -> None:
    program = f"import json, os\njson.load(open(os.environ['KEY_FILE']))['client_email']\n{SERVER}"
    file = an_input("KEY_FILE", secret=False, default=default)
    server = notes(tmp_path, program=program)
    assert isinstance(server.template, StdioTemplate)
    env = {**server.template.env, "KEY_FILE": "${KEY_FILE}"}
    server = server.model_copy(
        update={
            "inputs": (*server.inputs, file.model_copy(update={"format": "filepath"})),
            "template": server.template.model_copy(update={"env": env}),
        }
    )

    found = await launch(server, 60)

    assert (found.state, found.reason) == ("same", "")


async def test_a_server_that_offers_something_else_has_drifted(tmp_path: Path) -> None:
    found = await launch(notes(tmp_path, tools=(Tool(name="save_note"), Tool(name="drop"))), 60)

    assert found.state == "drift"
    assert (found.gone, found.new, found.changed) == (("drop",), ("list_notes",), ("save_note",))


async def test_a_server_that_gives_up_is_told_with_its_last_words(tmp_path: Path) -> None:
    found = await launch(notes(tmp_path, program="import sys; sys.exit('error: no key')"), 60)

    assert (found.state, found.reason) == ("failed", "error: no key")


async def test_a_reason_names_no_folder_of_the_machine(tmp_path: Path) -> None:
    found = await launch(
        notes(tmp_path, program="import sys; sys.exit('error in ' + __file__)"), 60
    )

    assert found.reason == "error in \u2026/notes.py"


async def test_a_server_that_never_answers_is_ended_in_time(tmp_path: Path) -> None:
    silent = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(99)"

    found = await launch(notes(tmp_path, program=silent), 3)

    assert (found.state, found.reason) == ("failed", "no answer within 3 s")
    assert _ended(tmp_path)


async def test_what_cannot_be_started_here_is_passed_over() -> None:
    hosted = a_server("a", template=RemoteTemplate(transport="http", url="https://a.example.org"))
    absent = a_server("b", template=StdioTemplate(command="no-such-runner"))

    found = await launch_all([hosted, absent], 5, 2)

    assert [(one.server, one.state) for one in found] == [("a", "skipped"), ("b", "skipped")]
