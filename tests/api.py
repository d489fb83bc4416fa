"""The API as its users meet it: a real server on loopback, and people who are signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx2

from outfitter.adapters.vault import Keyring
from outfitter.cli import serving
from outfitter.cli.database import Urls
from outfitter.cli.listening import address, listen
from outfitter.settings import Settings
from programs import processes
from programs.databases import plain
from stand_ins.auth_server import API_KEY, AuthServerStandIn
from tokens import google_id_token

KEYS = Keyring.new("k1")
SENTENCE = "monitor Gmail for invoices and save them to Notion"

Json = dict[str, Any]


class Person:
    """Somebody with an access token; every answer must be what the caller expects."""

    def __init__(self, client: httpx2.AsyncClient, token: str | None, email: str = "") -> None:
        self.client = client
        self.email = email
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def ask(self, method: str, path: str, **options: Any) -> httpx2.Response:  # noqa: ANN401
        """The answer to one request, whatever it is."""
        headers = {**self.headers, **options.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, **options)

    async def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 - JSON
        """The JSON that answers a GET."""
        answer = await self.ask("GET", path)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def chat(
        self,
        message: str,
        session_id: str | None = None,
        credentials: dict[str, dict[str, str]] | None = None,
        status: int = 200,
    ) -> Json:
        """The answer to one message."""
        body = {"message": message, "session_id": session_id, "credentials": credentials}
        answer = await self.ask("POST", "/api/chat", json=body)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def make_agent(self, message: str = SENTENCE) -> Json:
        """The answer that made an agent of a message, with made-up credentials."""
        asked = await self.chat(message)
        made = await self.chat("here", asked["session_id"], values_for(asked))
        assert made["status"] == "success", made["reply"]
        return made


@dataclass(frozen=True)
class Api:
    """A running service and the auth server it believes."""

    url: str
    auth: AuthServerStandIn
    client: httpx2.AsyncClient

    async def person(self, email: str) -> Person:
        """Somebody who signed in with Google."""
        body = {"id_token": google_id_token(email)}
        answer = await self.client.post("/api/auth/google", json=body)
        assert answer.status_code == 200, answer.text
        return Person(self.client, answer.json()["access_token"], email)

    def stranger(self) -> Person:
        """Somebody without a token."""
        return Person(self.client, None)


@asynccontextmanager
async def running_api(
    auth: AuthServerStandIn,
    urls: Urls,
    **settings: Any,  # noqa: ANN401 - any setting
) -> AsyncIterator[Api]:
    """The service on that database, served over HTTP until the context ends."""
    given = {
        "supabase_url": auth.url,
        "supabase_key": API_KEY,
        "credential_keys": KEYS,
        "turns_per_minute": 1000,
        "turns_per_day": 10_000,
        "port": 0,
        **settings,
    }
    listening = listen("127.0.0.1", 0)
    url = address(listening)
    async with (
        serving.serving(Settings(_env_file=None, **given), urls, listening),
        client_of(url) as client,
    ):
        yield Api(url, auth, client)


@asynccontextmanager
async def api_process(
    auth: AuthServerStandIn, database: str, home: Path, **settings: str
) -> AsyncIterator[tuple[Api, Popen[str]]]:
    """The service as a process of its own on the database of that URL, and the process."""
    given = {
        "DATABASE_URL": plain(database),
        "SUPABASE_URL": auth.url,
        "SUPABASE_KEY": API_KEY,
        "CREDENTIAL_KEYS": KEYS,
        **settings,
    }
    with processes.serving(home, **given) as (process, url):
        async with client_of(url) as client:
            yield Api(url, auth, client), process


def client_of(url: str) -> httpx2.AsyncClient:
    """A client that may have many requests under way."""
    limits = httpx2.Limits(max_connections=200)
    return httpx2.AsyncClient(base_url=url, timeout=60, trust_env=False, limits=limits)


def values_for(answer: Json) -> dict[str, dict[str, str]]:
    """A made-up value for every credential that an answer asks for."""
    given: dict[str, dict[str, str]] = {}
    for one in answer["required_credentials"] or []:
        value = f"value-of-{one['mcp_server']}-{one['credential_key']}"
        given.setdefault(one["mcp_server"], {})[one["credential_key"]] = value
    return given
