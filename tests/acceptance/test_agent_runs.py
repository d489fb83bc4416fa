"""A user's whole way: sign in, ask, bring a key, download the agent, and run it in fast-agent."""

import asyncio
import json
from pathlib import Path

import pytest

from api import Api, Json, Person
from outfitter import wiring
from outfitter.adapters.files import catalogue_files
from outfitter.cli.database import Urls
from outfitter.settings import Settings
from programs import fast_agent
from stand_ins.notes_server import notes_server

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(900)]

KEY = "scratch pad's $key"
META = "io.modelcontextprotocol.registry/publisher-provided"


def scratchpad(url: str) -> Json:
    """A catalogue entry of a hosted server that wants a bearer key."""
    header = {
        "name": "Authorization",
        "value": "Bearer {SCRATCHPAD_KEY}",
        "variables": {
            "SCRATCHPAD_KEY": {
                "description": "The key of your scratchpad",
                "isRequired": True,
                "isSecret": True,
            }
        },
    }
    ours = {
        "service": "scratchpad",
        "access": "paste",
        "steps": ["Open the scratchpad", "Copy its key"],
        "obtain_url": "https://scratchpad.example/keys",
        "probe": {"tool": "list_notes"},
        "tools": [
            {"name": "save_note", "description": "Save a note to the scratchpad"},
            {"name": "list_notes", "description": "List the notes of the scratchpad"},
        ],
    }
    return {
        "name": "example.scratchpad/scratchpad",
        "title": "Scratchpad",
        "description": "Keep notes on a scratchpad and list them again.",
        "version": "1.0.0",
        "remotes": [{"type": "streamable-http", "url": url, "headers": [header]}],
        "_meta": {META: {"outfitter": ours}},
    }


async def downloaded(person: Person, agent_id: str, into: Path) -> Path:
    """The agent's bundle unpacked, with its values beside it."""
    bundle = await person.ask("GET", f"/api/agents/{agent_id}/bundle")
    env = await person.ask("POST", f"/api/agents/{agent_id}/env")
    assert bundle.status_code == env.status_code == 200
    folder = fast_agent.unpacked(bundle.content, into)
    (folder / ".env").write_text(env.text, encoding="utf-8")
    return folder


async def called(folder: Path, tool: str, arguments: Json) -> str:
    """What a tool of the agent answers."""
    call = f"***CALL_TOOL {tool} {json.dumps(arguments)}"
    return await asyncio.to_thread(fast_agent.run, folder, call, {})


async def test_an_agent_of_local_servers_runs(alice: Person, tmp_path: Path) -> None:
    fast_agent.required()
    made = await alice.chat(
        "tell me what time it is in Tokyo and remember it in the knowledge graph"
    )
    assert made["status"] == "success", made["reply"]
    commands = {one["name"]: one["command"] for one in made["agent"]["servers"]}
    assert commands == {"time": "uvx", "memory": "npx"}

    folder = await downloaded(alice, made["agent_id"], tmp_path)
    await asyncio.to_thread(fast_agent.prefetch, folder, {})
    time = await called(folder, "time__get_current_time", {"timezone": "Asia/Tokyo"})
    entity = {"name": "Tokyo", "entityType": "city", "observations": ["it is late there"]}
    kept = await called(folder, "memory__create_entities", {"entities": [entity]})
    found = await called(folder, "memory__search_nodes", {"query": "late"})

    assert "Asia/Tokyo" in time
    assert "Tokyo" in kept
    assert "it is late there" in found


async def test_a_key_that_came_through_the_chat_opens_a_hosted_server(
    api: Api, urls: Urls, alice: Person, tmp_path: Path
) -> None:
    fast_agent.required()
    async with notes_server(KEY) as notes:
        await load_scratchpad(urls, written(tmp_path / "catalogue", scratchpad(notes.url)))
        asked = await alice.chat("write what I say on my Scratchpad")
        assert asked["status"] == "pending_credentials", asked["reply"]
        given = {"scratchpad": {"SCRATCHPAD_KEY": KEY}}
        made = await alice.chat("here is its key", asked["session_id"], given)
        assert made["status"] == "success", made["reply"]

        history = await alice.get("/api/chat/history")
        session = await alice.get(f"/api/sessions/{asked['session_id']}/messages")
        config = await alice.get(f"/api/agents/{made['agent_id']}")
        folder = await downloaded(alice, made["agent_id"], tmp_path)
        said = await called(folder, "scratchpad__save_note", {"text": "from the chat"})
        verified = await asyncio.to_thread(fast_agent.program, folder, {}, "verify.py")

    assert "saved: from the chat" in said
    assert notes.saved == ["from the chat"]
    assert notes.refused == []
    assert json.loads(verified.stdout.splitlines()[-1])["ok"]
    assert KEY not in str((history, session, config))
    assert api.url.startswith("http://127.0.0.1")


def written(folder: Path, entry: Json) -> Path:
    """A folder with one entry in it."""
    folder.mkdir()
    (folder / "scratchpad.json").write_text(json.dumps(entry), encoding="utf-8")
    return folder


async def load_scratchpad(urls: Urls, folder: Path) -> None:
    """Load one more server into the catalogue, as `outfitter catalogue load` does."""
    async with wiring.loading(Settings(_env_file=None), urls.owner) as loader:
        loaded = await loader.load(catalogue_files.folder(folder), lambda _done, _total: None)
    assert loaded.written == 1
