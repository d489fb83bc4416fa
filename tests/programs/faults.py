"""Faults to switch on: a Postgres that crashes and comes back, and a TCP proxy that spoils a line.

CHAOS=100 makes every run as long as it gets, as `make chaos` does, and CHAOS=20 a fifth;
without it they fit into `make test` and ask the same in every run.
"""

import asyncio
import os
import random
import signal
import subprocess
import threading
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from outfitter.adapters.postgres import postgres_process
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.adapters.postgres.embedded_home import settle
from programs.databases import on_port
from programs.installed import free_port

SHARE = int(os.environ.get("CHAOS", "0"))
chance = random.SystemRandom() if SHARE else random.Random(1)  # noqa: S311 - no secret
# Whatever was committed outlives a crash of the server; only the machine must not lose power.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "fsync": "off",
    "full_page_writes": "off",
}


def times(few: int, many: int) -> int:
    """How often to do something: `few` among the other tests, `many` in the longest run."""
    return max(few, many * SHARE // 100)


class PostgresServer:
    """One server on one folder and one port, from its first start to `close`."""

    def __init__(self, folder: Path) -> None:
        with EmbeddedPostgres(folder, durable=False) as url:
            made = url
        self._home = settle(folder)
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = on_port(made, self._port)

    def start(self) -> None:
        """Start it, and wait until it takes connections; harmless when it runs."""
        if self._process is None:
            settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
            arguments = [f"--port={self._port}", *settings]
            self._process = postgres_process.launch(self._home, arguments)

    def stop(self) -> None:
        """End it in order, with whatever is under way."""
        if self._process is not None:
            postgres_process.stop(self._process)
            self._process = None

    def crash(self) -> None:
        """End every process of it on the spot; the next start has to recover."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
            self._process = None


class TcpProxy:
    """A line to a port on this machine that can be slow, silent, cut, or refused.

    It lives in a thread of its own, so that it goes on while a test waits for a process.
    """

    def __init__(self, port: int) -> None:
        self.port = free_port()
        self.latency = 0.0
        self._behind = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._lines: set[StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def cut(self) -> None:
        """Cut every line there is."""
        self._loop.call_soon_threadsafe(self._cut)

    def hush(self) -> None:
        """Take connections and words, and pass nothing on."""
        self._loop.call_soon_threadsafe(self._speaks.clear)

    def speak(self) -> None:
        """Pass on what is said, and what was held back."""
        self._loop.call_soon_threadsafe(self._speaks.set)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def _close(self) -> None:
        self._server.close()
        self._cut()
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def _cut(self) -> None:
        for line in self._lines:
            line.transport.abort()

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._carrying.add(task)
        self._lines.add(writer)
        with suppress(OSError, asyncio.CancelledError):
            there, back = await asyncio.open_connection("127.0.0.1", self._behind)
            self._lines.add(back)
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
            self._lines.discard(back)
        writer.transport.abort()
        self._lines.discard(writer)
        self._carrying.discard(task)

    async def _pump(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            while said := await reader.read(65_536):
                await asyncio.sleep(self.latency)
                await self._speaks.wait()
                writer.write(said)
                await writer.drain()
        writer.close()
