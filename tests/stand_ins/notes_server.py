"""An MCP server on this machine that takes notes from whoever has its key."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from mcp.server.mcpserver import MCPServer
from starlette.types import ASGIApp, Receive, Scope, Send

_FIRST_ANSWER_SECONDS = 20


@dataclass
class Notes:
    """A running server: where it listens, what was saved, and which keys it turned away."""

    key: str
    url: str = ""
    saved: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@asynccontextmanager
async def notes_server(key: str) -> AsyncIterator[Notes]:
    """A server that answers as long as the block runs."""
    notes = Notes(key)
    config = uvicorn.Config(_app(notes), host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(_FIRST_ANSWER_SECONDS):
            while not server.started:  # noqa: ASYNC110 - uvicorn tells in no other way
                await asyncio.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        notes.url = f"http://127.0.0.1:{port}/mcp"
        yield notes
    finally:
        server.should_exit = True
        await serving


def _app(notes: Notes) -> ASGIApp:
    mcp = MCPServer("notes")

    @mcp.tool()
    def save_note(text: str) -> str:
        """Saves a note."""
        notes.saved.append(text)
        return f"saved: {text}"

    @mcp.tool()
    def list_notes() -> str:
        """All notes, one a line."""
        return "\n".join(notes.saved)

    return _guarded(mcp.streamable_http_app(), notes)


def _guarded(app: ASGIApp, notes: Notes) -> ASGIApp:
    expected = f"Bearer {notes.key}".encode()

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope.get("headers", [])).get(b"authorization", b"")
        if scope["type"] != "http" or given == expected:
            await app(scope, receive, send)
            return
        notes.refused.append(f"{scope['path']} {given.decode()}")
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return guard
