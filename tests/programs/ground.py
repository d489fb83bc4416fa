"""Service processes on a database that may crash under them, and clients that do not give up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import httpx2
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from api import Api, Json, Person, api_process
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from programs.databases import on_port
from programs.faults import PostgresServer, TcpProxy
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn

# Everything that chats leave behind; whatever is not whole has a column of its own.
_TALLY = text("""
    SELECT (SELECT count(*) FROM sessions) AS sessions,
           (SELECT count(*) FROM agents) AS agents,
           (SELECT count(*) FROM chat_messages WHERE role = 'user') AS heard,
           (SELECT count(DISTINCT message) FROM chat_messages WHERE role = 'user') AS different,
           (SELECT count(*) FROM chat_messages WHERE role = 'assistant') AS answered,
           (SELECT count(*) FROM turns WHERE state NOT IN ('answered', 'failed')) AS stuck,
           (SELECT count(*) FROM sessions WHERE NOT EXISTS (
                SELECT 1 FROM chat_messages
                WHERE session_id = sessions.id AND role = 'assistant')) AS orphans
""")


@dataclass(frozen=True)
class Ground:
    """What the processes of one test stand on."""

    server: PostgresServer
    urls: Urls
    auth: AuthServerStandIn
    claude: ClaudeStandIn
    home: Path

    @asynccontextmanager
    async def service(self, **more: str) -> AsyncIterator[tuple[Api, Popen[str]]]:
        """A process with the usual settings and these; its API and itself."""
        settings = {
            "TURNS_PER_MINUTE": "100000",
            "TURNS_PER_DAY": "100000",
            "ANTHROPIC_API_KEY": "sk-test",
            "ANTHROPIC_BASE_URL": self.claude.url,
            **more,
        }
        async with api_process(self.auth, self.urls.api, self.home, **settings) as started:
            yield started

    def line(self) -> TcpProxy:
        """A line to the database that can be spoilt."""
        port = make_url(self.urls.api).port
        assert port
        return TcpProxy(port)

    def url_through(self, line: TcpProxy) -> str:
        """The service's database URL by way of that line."""
        return on_port(self.urls.api, line.port)

    async def tell(self, statement: str) -> None:
        """Run one statement as the owner."""
        async with self._owner() as tx:
            await tx.execute(text(statement))

    async def tally(self) -> dict[str, int]:
        """What is stored."""
        async with self._owner() as tx:
            return dict((await tx.execute(_TALLY)).mappings().one())

    async def settled(self, expected: dict[str, int], within: float = 30.0) -> dict[str, int]:
        """What is stored once it is what is expected, or when that takes too long."""
        until = time.monotonic() + within
        stored = await self.tally()
        while stored != expected and time.monotonic() < until:
            await asyncio.sleep(0.1)
            stored = await self.tally()
        return stored

    @asynccontextmanager
    async def _owner(self) -> AsyncIterator[AsyncConnection]:
        owner = Database(self.urls.owner, pool_size=1)
        try:
            async with owner.as_owner() as tx:
                yield tx
        finally:
            await owner.close()


def whole(chats: int) -> dict[str, int]:
    """The tally of so many chats, each different, answered, and with an agent of its own."""
    alike = ("sessions", "agents", "heard", "different", "answered")
    return dict.fromkeys(alike, chats) | {"stuck": 0, "orphans": 0}


async def post(person: Person, message: str, key: str, **more: object) -> httpx2.Response:
    """The answer to a message under a key."""
    body = {"message": message, **more}
    return await person.ask("POST", "/api/chat", json=body, headers={"Idempotency-Key": key})


async def insist(person: Person, message: str, key: str, within: float = 30.0) -> Json:
    """Send a message under a key until it is answered, as a good client does."""
    until = time.monotonic() + within
    while True:
        with suppress(httpx2.TransportError):
            answer = await post(person, message, key)
            if answer.status_code == 200:
                found: Json = answer.json()
                return found
            assert answer.status_code in {409, 503}, answer.text
            assert int(answer.headers["retry-after"]) > 0
        assert time.monotonic() < until, f"{key} was not answered"
        await asyncio.sleep(0.1)


async def status_of(person: Person, path: str) -> int:
    """The status of a GET, 0 if there was no answer."""
    with suppress(httpx2.TransportError):
        return (await person.ask("GET", path)).status_code
    return 0


async def seconds_until(person: Person, path: str, status: int, within: float = 15.0) -> float:
    """How long it takes until a GET is answered so."""
    started = time.monotonic()
    while await status_of(person, path) != status:
        assert time.monotonic() - started < within, f"{path} is not {status}"
        await asyncio.sleep(0.02)
    return time.monotonic() - started
