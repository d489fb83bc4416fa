"""The image's health check, run as the image runs it."""

import asyncio
import json
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def command() -> list[str]:
    """The check, with this interpreter in the place of the image's."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    assert found is not None
    python, *arguments = json.loads(found[1])
    assert python == "python"
    return [sys.executable, *arguments]


async def outcome(port: int) -> int:
    """The exit code of the check for a service on that port."""
    process = await asyncio.create_subprocess_exec(
        *command(),
        env={"PATH": os.environ["PATH"], "PORT": str(port)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(30):
        return await process.wait()


@asynccontextmanager
async def answering(reply: bytes | None) -> AsyncIterator[tuple[int, list[bytes]]]:
    """The port of a server that gives every request the same reply, and what it was asked."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        if reply is None:
            await reader.read()
        else:
            writer.write(reply)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request"])
async def test_a_service_that_answers_is_alive_whatever_host_names_it_takes(status: str) -> None:
    reply = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()

    async with answering(reply) as (port, asked):
        assert await outcome(port) == 0
    assert asked == [b"GET /healthz HTTP/1.1\r\n"]


async def test_a_service_that_says_nothing_is_not_alive() -> None:
    async with answering(None) as (port, _):
        assert await outcome(port) == 1


async def test_a_service_that_is_not_there_is_not_alive() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

    assert await outcome(port) == 1
