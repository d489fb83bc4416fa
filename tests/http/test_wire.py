"""Connections on which nothing comes, or too little."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from outfitter.cli.listening import listen
from outfitter.http.wire import Wire

HEAD = b"POST /%b HTTP/1.1\r\nHost: api\r\n"
BODY = b"Content-Length: 5\r\n\r\n"


class Hasty(Wire):
    """A connection with little patience."""

    patience = 0.3


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers /late after all patience is over, /early before it has read, else what it read.

    /who is told where it comes from.
    """
    request = Request(scope, receive)
    if scope["path"] == "/who":
        await PlainTextResponse(scope["client"][0])(scope, receive, send)
        return
    if scope["path"] != "/early":
        read = await request.body()
    if scope["path"] == "/late":
        await asyncio.sleep(3 * Hasty.patience)
    await PlainTextResponse(b"early" if scope["path"] == "/early" else read)(scope, receive, send)


class Patient(Wire):
    """A connection that waits longer than a busy machine puts off a part by."""

    patience = 2.0


@asynccontextmanager
async def served(wire: type[Wire] = Hasty, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The port of a server with such connections."""
    config = uvicorn.Config(app, http=wire, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    listening = listen(host, 0)
    running = asyncio.create_task(server.serve([listening]))
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await running


async def said_to(*parts: bytes, pause: float = 0.0, wire: type[Wire] = Hasty) -> bytes:
    """All that comes back before the server hangs up."""
    async with served(wire) as port, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)
        found = await reader.read()
        writer.close()
        return found


async def trickle(writer: asyncio.StreamWriter) -> None:
    """Headers without an end, one after the other."""
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(Hasty.patience / 10)


@pytest.mark.parametrize("begun", [b"", b"POST", HEAD % b"", HEAD % b"" + BODY + b"ab"])
async def test_a_request_that_does_not_come_whole_is_given_up(begun: bytes) -> None:
    head, _, body = (await said_to(begun)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 408 Request Timeout")
    assert b"connection: close" in head.lower()
    assert json.loads(body)["code"] == "request_timeout"


async def test_a_trickle_buys_no_time() -> None:
    async with served() as port, asyncio.timeout(10):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD % b"")
        with pytest.raises(ConnectionError):
            await trickle(writer)


async def test_a_second_request_that_does_not_come_whole_is_given_up_too() -> None:
    found = await said_to(HEAD % b"" + BODY + b"first", HEAD % b"", pause=0.1)

    assert b"first" in found
    assert b"HTTP/1.1 408 " in found


async def test_head_and_body_have_a_time_each() -> None:
    head = HEAD % b"" + b"Connection: close\r\n"
    found = await said_to(head, BODY, b"whole", pause=0.55 * Patient.patience, wire=Patient)

    assert found.startswith(b"HTTP/1.1 200 ")
    assert b"whole" in found


async def test_an_answer_may_take_longer_than_its_request() -> None:
    found = await said_to(HEAD % b"late" + b"Connection: close\r\n" + BODY + b"whole")

    assert found.endswith(b"whole")


@pytest.mark.parametrize("rest", [b"", b"no number\r\n"])
async def test_who_was_answered_already_is_told_nothing_more(rest: bytes) -> None:
    chunked = HEAD % b"early" + b"Transfer-Encoding: chunked\r\n\r\n"

    found = await said_to(chunked, rest, pause=0.1)

    assert found.startswith(b"HTTP/1.1 200 ")
    assert found.count(b"HTTP/1.1 ") == 1


async def test_a_proxy_is_believed_where_both_kinds_of_addresses_are_listened_on() -> None:
    said = b"GET /who HTTP/1.1\r\nHost: api\r\nConnection: close\r\n%b\r\n"
    told = []
    async with served(host="::") as port, asyncio.timeout(10):
        for forwarded in (b"", b"X-Forwarded-For: 203.0.113.9\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said % forwarded)
            told.append((await reader.read()).rpartition(b"\r\n\r\n")[2])
            writer.close()

    assert told == [b"127.0.0.1", b"203.0.113.9"]


async def test_while_a_body_comes_in_tiny_chunks_others_are_answered() -> None:
    chunks = b"1\r\nx\r\n" * 30_000
    head = HEAD % b"" + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    turns: list[int] = []

    class Counting(Patient):
        def handle_events(self) -> None:
            turns.append(0)
            super().handle_events()

    assert (await said_to(head + chunks + b"0\r\n\r\n", wire=Counting)).endswith(b"x" * 30_000)
    assert len(turns) >= len(chunks) // 8_192
