"""The files for other clients, filled in by each client's rules and used to reach real servers."""

import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from core.rendering.outfits import a_server, an_agent, an_input, reached, started
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Place
from outfitter.core.rendering.clients import Client, render
from programs import fast_agent
from stand_ins.notes_server import notes_server

KEY = "b3ar$er `key` it's"
PROGRAM = """
import os, sys
from mcp.server.mcpserver import MCPServer
told = MCPServer("told")
@told.tool()
def what() -> list[str]:
    "What it was told."
    return [*sys.argv[1:], os.environ["TOKEN"]]
told.run("stdio")
"""
# What each client does to a text before it uses it, as its documentation has it.
READS = {
    Client.CLAUDE_DESKTOP: r"<(\w+)>",
    Client.CLAUDE_CODE: r"\$\{(\w+)\}",
    Client.CURSOR: r"\$\{(?:env:)?(\w+)\}",
    Client.VSCODE: r"\$\{(?:input:)?(\w+)\}",
}
OTHERS = tuple(READS)


def agent(folder: Path, url: str) -> AgentSpec:
    """An agent with a server to start and one to reach."""
    (folder / "told.py").write_text(PROGRAM)
    told = a_server(
        "told",
        started(str(folder / "told.py"), "${ROOT}", command=sys.executable, TOKEN="${TOKEN}"),
        an_input("TOKEN"),
        an_input("ROOT", Place.ARG, required=False, secret=False, default="files"),
        folders=("files",),
    )
    notes = a_server(
        "notes", reached(url, Authorization="Bearer ${TOKEN}"), an_input("TOKEN", Place.HEADER)
    )
    return an_agent(
        Equipment(server=told, keys=("TOKEN",)), Equipment(server=notes, keys=("TOKEN",))
    )


def servers(spec: AgentSpec, client: Client, folder: Path) -> dict[str, Any]:
    """The servers as the client has them once it has filled in what the file names."""
    values = {name: str(folder) for name in ("FOLDER", "PWD", "workspaceFolder")}
    values |= {"MCP_TOLD_TOKEN": KEY, "MCP_NOTES_TOKEN": KEY}

    def known(found: re.Match[str]) -> str:
        return json.dumps(values.get(found[1], found[0]))[1:-1]

    document = json.loads(re.sub(READS[client], known, render(spec, client).text))
    found: dict[str, Any] = document.get("servers") or document["mcpServers"]
    return found


@asynccontextmanager
async def reaching(entry: dict[str, Any]) -> AsyncIterator[ClientSession]:
    """A session with the server of an entry."""
    if "url" in entry:
        async with (
            httpx2.AsyncClient(headers=entry["headers"], timeout=60) as http,
            streamable_http_client(entry["url"], http_client=http) as streams,
            ClientSession(streams[0], streams[1]) as session,
        ):
            yield await _greeted(session)
        return
    env = {**os.environ, **entry["env"]}
    params = StdioServerParameters(command=entry["command"], args=entry["args"], env=env)
    async with stdio_client(params) as (read, write), ClientSession(read, write) as session:
        yield await _greeted(session)


async def _greeted(session: ClientSession) -> ClientSession:
    await session.initialize()
    return session


@pytest.mark.timeout(300)
@pytest.mark.parametrize("client", OTHERS)
async def test_a_clients_file_reaches_its_servers_with_their_values(
    client: Client, tmp_path: Path
) -> None:
    fast_agent.required()
    async with notes_server(KEY) as notes:
        found = servers(agent(tmp_path, notes.url), client, tmp_path)
        async with reaching(found["told"]) as session:
            told = await session.call_tool("what", {})
        async with reaching(found["notes"]) as session:
            await session.call_tool("save_note", {"text": f"from {client}"})

    assert told.structured_content == {"result": [f"{tmp_path}/files", KEY]}
    assert notes.saved == [f"from {client}"]
