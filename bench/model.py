"""Claude as the bench asks it: a process of its own, which waits but hardly works.

The tests' stand-in shares its process with the clients, and reads each request as a library does:
what it costs would count as the service's. This one answers as that does.
"""

import asyncio
import json
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import httpx2
from uvicorn.loops.auto import auto_loop_factory

from stand_ins.claude_server import message, obedient

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Model:
    """The process as the bench sees it."""

    url: str

    def thinks(self, seconds: float) -> None:
        """Let each answer from now on come so long after its request."""
        httpx2.put(self.url, json=seconds, trust_env=False).raise_for_status()


class _Connection(asyncio.Protocol):
    """One connection, on which a request comes after the other's answer."""

    thought = 0.0

    def __init__(self) -> None:
        self._came = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what answers go out on."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer a request when all of it has come."""
        self._came += data
        head, _, body = self._came.partition(_END)
        told = _LENGTH.search(head)
        if _END not in self._came or len(body) < (int(told[1]) if told else 0):
            return
        self._came = b""
        if head.startswith(b"PUT"):
            _Connection.thought = json.loads(body)
        asked = head.startswith(b"POST")
        wait = _Connection.thought if asked else 0.0
        answer = _answer(body) if asked else _response(b"{}")
        asyncio.get_running_loop().call_later(wait, self._say, answer)

    def _say(self, answer: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(answer)


@lru_cache(maxsize=256)
def _answer(body: bytes) -> bytes:
    return _response(json.dumps(message("ok", obedient(json.loads(body)))).encode())


def _response(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + _END + body


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    sys.stderr.write(f"listening: http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_serve())
