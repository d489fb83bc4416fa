"""Clients that cost little themselves: HTTP written by hand, so that the server is measured."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import quantiles
from urllib.parse import urlsplit


@dataclass
class Load:
    """What some clients met."""

    clients: int
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers in a second: each client asks again as soon as it is answered."""
        return self.clients * len(self.times) / sum(self.times)

    @property
    def p95(self) -> float:
        """The seconds that 95 of 100 answers stayed below."""
        return quantiles(self.times, n=20)[-1]


@dataclass(frozen=True)
class Call:
    """One request as its bytes."""

    data: bytes

    @classmethod
    def get(cls, path: str, headers: Mapping[str, str]) -> "Call":
        """A GET."""
        return cls(_head("GET", path, headers, 0))

    @classmethod
    def post(cls, path: str, headers: Mapping[str, str], document: object) -> "Call":
        """A POST of JSON."""
        body = json.dumps(document).encode()
        kind = {"Content-Type": "application/json"}
        return cls(_head("POST", path, {**headers, **kind}, len(body)) + body)


class Client:
    """One connection, kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def to(cls, url: str) -> "Client":
        """A client of that server."""
        place = urlsplit(url)
        return cls(*await asyncio.open_connection(place.hostname, place.port))

    async def ask(self, call: Call) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._writer.write(call.data)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        return int(head.split(b" ", 2)[1]), await self._reader.readexactly(length)

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()


async def drive(
    url: str, calls: Sequence[Sequence[Call]], *, times: int, apart: float = 0.0
) -> Load:
    """Each client asks its calls in a circle, so many times; they begin `apart` seconds apart."""
    load = Load(len(calls))
    await asyncio.gather(
        *(_one(url, own, load, times=times, after=place * apart) for place, own in enumerate(calls))
    )
    return load


async def _one(url: str, calls: Sequence[Call], load: Load, *, times: int, after: float) -> None:
    await asyncio.sleep(after)
    client = await Client.to(url)
    for at in range(times):
        started = time.perf_counter()
        status, body = await client.ask(calls[at % len(calls)])
        load.times.append(time.perf_counter() - started)
        if status != HTTPStatus.OK:
            load.failed.append(f"{status} {body[:200]!r}")
    await client.close()


async def while_under_way(url: str, call: Call, is_over: Callable[[], bool], pause: float) -> Load:
    """One client asks with pauses until it is over."""
    load = Load(1)
    client = await Client.to(url)
    while not is_over():
        started = time.perf_counter()
        status, _ = await client.ask(call)
        load.times.append(time.perf_counter() - started)
        if status != HTTPStatus.OK:
            load.failed.append(str(status))
        await asyncio.sleep(pause)
    await client.close()
    return load


def _head(method: str, path: str, headers: Mapping[str, str], length: int) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
