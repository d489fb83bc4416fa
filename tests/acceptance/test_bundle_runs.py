"""Bundles as a user gets them, unpacked and run in the real fast-agent."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.rendering.outfits import a_server, an_input, reached, started
from outfitter.adapters.files.archive import zipped
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Place, Probe, Server, Tool
from outfitter.core.plan import Step
from outfitter.core.rendering import bundle, env_text
from programs import fast_agent
from stand_ins.notes_server import notes_server

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(900)]

KEY = "b3ar$er `key` it's"
NOTHING: Mapping[str, str] = {}


def everything() -> Server:
    return a_server(
        "everything",
        started(
            *("-y", "@modelcontextprotocol/server-everything@2026.8.31"),
            DEMO_KEY="${DEMO_KEY}",
            LEFT_OUT="${LEFT_OUT}",
        ),
        an_input("DEMO_KEY"),
        an_input("LEFT_OUT", required=False),
        tools=(Tool(name="echo"), Tool(name="get-env")),
    )


def clock() -> Server:
    return a_server(
        "time",
        started("--from", "mcp-server-time==2026.10.19", "mcp-server-time", command="uvx"),
        probe=Probe(tool="get_current_time", arguments={"timezone": "UTC"}),
    )


def files() -> Server:
    return a_server(
        "filesystem",
        started("-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "${ROOT}"),
        an_input("ROOT", Place.ARG, secret=False, default="./files"),
        folders=("files",),
    )


def notes(url: str) -> Server:
    return a_server(
        "notes",
        reached(url, Authorization="Bearer ${NOTES_TOKEN}"),
        an_input("NOTES_TOKEN", Place.HEADER),
        probe=Probe(tool="list_notes"),
    )


def local_agent() -> AgentSpec:
    return AgentSpec(
        name="Local agent",
        goal="Tell the time {{file:missing.txt}} '''\"\"\" \\ {{url:http://127.0.0.1:9/}}",
        steps=(Step(text="Say {{file_silent:/etc/passwd}}", server="everything"),),
        equipment=(
            Equipment(server=everything(), keys=("DEMO_KEY",), tools=("echo", "get-env")),
            Equipment(server=clock()),
            Equipment(server=files()),
        ),
    )


def notes_agent(url: str) -> AgentSpec:
    return AgentSpec(
        name="Notes agent",
        goal="Save notes",
        steps=(Step(text="Save what I say", server="notes"),),
        equipment=(Equipment(server=notes(url), keys=("NOTES_TOKEN",)),),
    )


def unpacked(spec: AgentSpec, values: Mapping[str, Mapping[str, str]], into: Path) -> Path:
    packed = zipped(bundle.render(spec, "an-id"), bundle.folder_name(spec))
    folder = fast_agent.unpacked(packed, into)
    (folder / ".env").write_text(env_text.render(spec, values))
    return folder


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fast_agent.required()
    values = {"everything": {"DEMO_KEY": KEY}}
    folder = unpacked(local_agent(), values, tmp_path_factory.mktemp("local"))
    fast_agent.prefetch(folder, NOTHING)
    return folder


def test_servers_started_by_npx_and_uvx_answer(local: Path) -> None:
    done = fast_agent.program(local, NOTHING, "verify.py")
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["ok"]
    assert seen["servers"]["everything"] == {"tools": 2, "missing": [], "accepted": None}
    assert seen["servers"]["time"]["accepted"]
    assert "Warning" not in done.stderr


@pytest.mark.proves("R-48")
def test_a_value_of_the_env_file_reaches_its_server_unchanged(local: Path) -> None:
    planted = {"ANTHROPIC_API_KEY": "planted-model-key"}
    said = fast_agent.run(local, "***CALL_TOOL everything__get-env", planted)
    assert KEY in said
    assert "${" not in said
    assert "planted-model-key" not in said
    assert "LEFT_OUT" not in said


def test_a_servers_folder_is_there_when_it_starts(local: Path) -> None:
    said = fast_agent.run(local, "***CALL_TOOL filesystem__list_allowed_directories", NOTHING)
    assert str(local / "files") in said


def test_a_missing_value_stops_the_agent_with_one_sentence(tmp_path: Path) -> None:
    fast_agent.required()
    bare = unpacked(local_agent(), {}, tmp_path)
    done = fast_agent.program(bare, NOTHING, "agent.py", "--model", "passthrough")
    assert done.returncode == 2
    assert "Not set: MCP_EVERYTHING_DEMO_KEY;" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_key_of_the_env_file_opens_a_hosted_server(tmp_path: Path) -> None:
    fast_agent.required()
    async with notes_server(KEY) as server:
        spec = notes_agent(server.url)
        folder = unpacked(spec, {"notes": {"NOTES_TOKEN": KEY}}, tmp_path)
        call = '***CALL_TOOL notes__save_note {"text": "from the bundle"}'
        said = await asyncio.to_thread(fast_agent.run, folder, call, NOTHING)
        done = await asyncio.to_thread(fast_agent.program, folder, NOTHING, "verify.py")
    assert "saved: from the bundle" in said
    assert server.saved == ["from the bundle"]
    assert not server.refused
    assert json.loads(done.stdout.splitlines()[-1])["servers"]["notes"]["accepted"]


async def test_a_refused_key_is_an_error_and_starts_no_sign_in(tmp_path: Path) -> None:
    fast_agent.required()
    async with notes_server(KEY) as server:
        folder = unpacked(notes_agent(server.url), {"notes": {"NOTES_TOKEN": "no"}}, tmp_path)
        done = await asyncio.to_thread(fast_agent.program, folder, NOTHING, "verify.py")
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[-1])["ok"] is False
    assert server.refused
    assert all(one == "/mcp Bearer no" for one in server.refused)
