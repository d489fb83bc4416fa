"""Whatever is sent: too much costs no memory, and what is storable comes back as it is seen."""

import asyncio
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from api import Person
from programs.faults import chance, times
from programs.ground import Ground

MEGABYTE = 2**20
STATUS = Path("/proc/self/status")
PIECES = (
    *("a word", "naïve", "שלום", "مرحبا", "👩‍👩‍👧‍👦", "🇩🇪", "日本語", "\u200f", "\u202e", "\ufeff"),
    *("\0", "\x01", "\x1f", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\U0010ffff"),
    *("\u0301", "e\u0301", unicodedata.normalize("NFC", "e\u0301"), "\r\n", "\t", "'; --", "%00"),
)
# What parts lines, and what else nobody sees but scripts and emoji need.
BREAKS, NEEDED = "\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\t\n\u200c\u200d"


@pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc")
async def test_bodies_that_are_too_large_cost_no_memory(ground: Ground) -> None:
    count = times(60, 1000)
    async with ground.service(ANTHROPIC_API_KEY="") as (api, process):
        alice = await api.person("alice@example.com")
        for n in range(3):
            await alice.chat(f"tell me the time in Tokyo, number {n}")
        large = {"message": "x" * MEGABYTE}
        refused = (await alice.ask("POST", "/api/chat", json=large)).status_code
        slots = asyncio.Semaphore(4)

        async def one(n: int) -> int:
            async with slots:
                return await _send(alice, 10 * MEGABYTE, chunked=n % 2 == 0)

        await asyncio.gather(*(one(n) for n in range(20)))
        before = _resident(process.pid)
        statuses = await asyncio.gather(*(one(n) for n in range(count)))
        grown = _resident(process.pid) - before

    print(f"{count} bodies of 10 MB: {grown / MEGABYTE:.1f} MiB more, {set(statuses)}")  # noqa: T201
    assert refused == 413
    assert set(statuses) == {413}
    assert grown < 20 * MEGABYTE


async def test_any_text_is_kept_as_it_is_seen_or_refused(ground: Ground) -> None:
    ends = [f"tell me the time {piece}" for piece in PIECES]
    texts = ends + [_text() for _ in range(times(120, 5000))]
    async with ground.service(ANTHROPIC_API_KEY="") as (api, _):
        alice = await api.person("alice@example.com")
        slots = asyncio.Semaphore(8)

        async def one(text: str) -> int:
            async with slots:
                return await _say(alice, text)

        statuses = await asyncio.gather(*(one(text) for text in texts))

    taken = statuses.count(200)
    print(f"{len(texts)} texts: {taken} kept, {statuses.count(422)} refused")  # noqa: T201
    assert set(statuses) == {200, 422}


async def _say(person: Person, text: str) -> int:
    """Say it, and if it was taken, read it back."""
    body = '{"message": "' + "".join(f"\\u{unit:04x}" for unit in _units(text)) + '"}'
    answer = await person.ask(
        "POST", "/api/chat", content=body, headers={"Content-Type": "application/json"}
    )
    storable = "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    if answer.status_code == 200:
        said = await person.get(f"/api/sessions/{answer.json()['session_id']}/messages")
        assert said["messages"][0]["message"] == _seen(text)
    assert answer.status_code == (200 if storable else 422), answer.text
    return answer.status_code


def _seen(text: str) -> str:
    """The text without what nobody sees in it."""
    lines = re.sub(BREAKS, "\n", text)
    seen = (one for one in lines if one in NEEDED or unicodedata.category(one) not in {"Cc", "Cf"})
    return "".join(seen).strip()


def _units(text: str) -> list[int]:
    """The UTF-16 code units of the text, lone surrogates as they are."""
    content = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(content[at : at + 2]) for at in range(0, len(content), 2)]


def _text() -> str:
    """A few words with odd ones among them."""
    odd = chance.choices(PIECES, k=chance.randint(1, 4))
    return " ".join(["tell me the time", *odd])


async def _send(person: Person, size: int, *, chunked: bool) -> int:
    """Send a body for as long as it is taken; the status of the answer."""
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    url = person.client.base_url
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    )
    writer.write(head.encode())
    piece = b"x" * 65_536
    framed = b"10000\r\n" + piece + b"\r\n" if chunked else piece
    sending = asyncio.create_task(_pour(writer, framed, size // len(piece)))
    answer = await asyncio.wait_for(reader.readline(), 30)
    sending.cancel()
    writer.transport.abort()
    return int(answer.split()[1])


async def _pour(writer: asyncio.StreamWriter, piece: bytes, pieces: int) -> None:
    with suppress(OSError):
        for _ in range(pieces):
            writer.write(piece)
            await writer.drain()


def _resident(pid: int) -> int:
    """The memory that a process occupies, in bytes."""
    status = STATUS.parents[1].joinpath(str(pid), "status").read_text(encoding="utf-8")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
