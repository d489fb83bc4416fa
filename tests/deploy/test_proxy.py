"""The proxies in front of the API, each run with its own configuration."""

import asyncio
import json
import re
import socket
import subprocess
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
import yaml
from starlette.types import Receive, Scope, Send

from outfitter.cli.database import Urls
from outfitter.cli.serving import server
from outfitter.http.body_gate import MOST_BYTES
from outfitter.http.errors import Problem
from outfitter.settings import Settings
from programs import proxies
from programs.installed import free_port, required

ROOT = Path(__file__).parents[2]
_SECONDS = 20
CONFIG = proxies.DEPLOY / "Caddyfile"

Json = dict[str, Any]


class Upstream:
    """A small API: tells what arrived, and streams its second line only when it may."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.bodies = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http"
        if scope["path"] == "/stream":
            await self._stream(send)
            return
        size = await self._size(receive)
        self.bodies += 1
        headers = [[name.decode(), value.decode()] for name, value in scope["headers"]]
        told = json.dumps({"path": scope["path"], "headers": headers, "size": size}).encode()
        await _start(send, b"application/json")
        await send({"type": "http.response.body", "body": told})

    async def _stream(self, send: Send) -> None:
        await _start(send, b"text/event-stream")
        await send({"type": "http.response.body", "body": b"first\n", "more_body": True})
        async with asyncio.timeout(_SECONDS):
            await self.may_go_on.wait()
        await send({"type": "http.response.body", "body": b"second\n"})

    async def _size(self, receive: Receive) -> int:
        size = 0
        while True:
            message = await receive()
            assert message["type"] == "http.request", "the body was cut off"
            size += len(message["body"])
            if not message["more_body"]:
                return size


async def _start(send: Send, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"server", b"upstream"), (b"x-request-id", b"its-own")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


@dataclass(frozen=True)
class Front:
    """The proxy as its clients meet it, and what stands behind it."""

    client: httpx2.AsyncClient
    upstream: Upstream

    async def told(self, **options: Any) -> Json:  # noqa: ANN401 - what httpx takes
        """What arrived of a request."""
        answer = await self.client.post("/api/chat", **options)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told


@pytest.fixture(scope="module", name="caddy")
def _caddy() -> str:
    """The program that is tested."""
    return required("caddy")


@pytest.fixture(scope="module", params=proxies.NAMES)
async def front(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Front]:
    """A proxy in front of a running upstream."""
    upstream = Upstream()
    home = tmp_path_factory.mktemp(request.param)
    async with _served(upstream) as behind:
        with proxies.in_front(request.param, f"127.0.0.1:{behind}", home) as url:
            async with proxies.client_of(url) as client:
                yield Front(client, upstream)


@asynccontextmanager
async def _served(upstream: Upstream) -> AsyncIterator[int]:
    config = uvicorn.Config(upstream, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        task = asyncio.create_task(server.serve([listening]))
        yield listening.getsockname()[1]
        server.should_exit = True
        await task


def _adapted(caddy: str, home: Path, **given: str) -> Json:
    command = [caddy, "adapt", "--config", str(CONFIG), "--adapter", "caddyfile"]
    done = subprocess.run(
        command, env=proxies.environment(home, **given), capture_output=True, check=True, timeout=60
    )
    adapted: Json = json.loads(done.stdout)
    return adapted


def test_the_configuration_is_valid(caddy: str, tmp_path: Path) -> None:
    command = [caddy, "validate", "--config", str(CONFIG), "--adapter", "caddyfile"]
    done = subprocess.run(
        command,
        env=proxies.environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_it_listens_where_compose_publishes_it(caddy: str, tmp_path: Path) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    inside = [one.rpartition(":")[2] for one in services["proxy"]["ports"]]

    plain = _adapted(caddy, tmp_path)["apps"]["http"]
    secure = _adapted(caddy, tmp_path, SITE_ADDRESS="api.example.org")["apps"]["http"]
    assert [one["listen"] for one in plain["servers"].values()] == [[f":{inside[0]}"]]
    assert [one["listen"] for one in secure["servers"].values()] == [[f":{inside[1]}"]]
    assert [str(secure["http_port"]), str(secure["https_port"])] == inside


def test_it_passes_requests_to_where_the_api_listens(caddy: str, tmp_path: Path) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    inside = _adapted(caddy, tmp_path, UPSTREAM=services["proxy"]["environment"]["UPSTREAM"])
    fields = Settings.model_fields

    assert _upstreams(_adapted(caddy, tmp_path)) == (
        fields["host"].default,
        str(fields["port"].default),
    )
    assert _upstreams(inside) == ("api", str(fields["port"].default))


def test_its_limit_is_the_one_of_the_api(caddy: str, tmp_path: Path) -> None:
    assert f'"max_size": {MOST_BYTES}' in json.dumps(_adapted(caddy, tmp_path))


@pytest.mark.proves("R-58")
async def test_it_says_itself_where_a_request_comes_from(front: Front) -> None:
    invented = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "gopher"}

    told = await front.told(headers=invented)
    assert _values(told, "x-forwarded-for") == ["127.0.0.1"]
    assert _values(told, "x-forwarded-proto") == ["http"]


async def test_what_the_api_reads_from_a_request_arrives(front: Front) -> None:
    sent = {
        "authorization": "Bearer a.b.c",
        "idempotency-key": "key-1",
        "x-request-id": "request-1",
        "origin": "https://a.example",
        "content-type": "application/json",
        "host": "api.example.org",
    }

    told = await front.told(headers=sent, content=b'{"message": "hello"}')
    assert {name: _values(told, name) for name in sent} == {
        name: [value] for name, value in sent.items()
    }
    assert (told["path"], told["size"]) == ("/api/chat", 20)


async def test_an_answer_keeps_its_headers_but_not_the_server_s_name(front: Front) -> None:
    answer = await front.client.get("/")

    assert answer.headers["x-request-id"] == "its-own"
    assert answer.headers.get("server") in {None, "nginx"}


async def test_a_body_of_the_size_that_the_api_takes_passes(front: Front) -> None:
    told = await front.told(content=b"x" * MOST_BYTES)

    assert told["size"] == MOST_BYTES


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
async def test_a_body_that_is_too_large_is_refused_like_the_api_would(
    front: Front, *, declared: bool
) -> None:
    before = front.upstream.bodies
    body = b"x" * (MOST_BYTES + 1)

    answer = await front.client.post("/api/chat", content=body if declared else _pieces(body))
    problem = _problem(answer)
    assert (answer.status_code, problem.status, problem.code) == (413, 413, "too_large")
    assert str(MOST_BYTES) in problem.detail
    assert front.upstream.bodies == before


@pytest.mark.parametrize("path", ["/metrics", "/%6detrics"])
async def test_what_the_api_counts_stays_behind_it(front: Front, path: str) -> None:
    answer = await front.client.get(path)

    assert answer.status_code == 404
    assert _problem(answer).code == "not_found"


async def test_a_streamed_answer_arrives_piece_by_piece(front: Front) -> None:
    front.upstream.may_go_on.clear()

    async with front.client.stream("GET", "/stream") as answer:
        pieces = answer.aiter_raw()
        first = await anext(pieces)
        front.upstream.may_go_on.set()
        rest = b"".join([piece async for piece in pieces])
    assert (first, rest) == (b"first\n", b"second\n")


@pytest.mark.parametrize("name", proxies.NAMES)
async def test_it_leaves_an_idle_connection_before_the_api_does(name: str, tmp_path: Path) -> None:
    api = server(Settings(_env_file=None), Urls("", ""))
    most = api.config.timeout_keep_alive - 0.5
    # What else the machine does makes it leave later, and nothing makes it leave earlier.
    for _ in range(3):
        left_after = await _left_after(name, tmp_path)
        if left_after < most:
            break
    assert 1 < left_after < most


async def _left_after(name: str, home: Path) -> float:
    """The seconds after its last answer for which the proxy keeps a connection."""
    idle: asyncio.Queue[float] = asyncio.Queue()

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        answered = time.monotonic()
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                answered = time.monotonic()
        idle.put_nowait(time.monotonic() - answered)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as upstream:
        behind = f"127.0.0.1:{upstream.sockets[0].getsockname()[1]}"
        with proxies.in_front(name, behind, home) as url:
            async with proxies.client_of(url), asyncio.timeout(_SECONDS):
                return await idle.get()


@pytest.mark.parametrize("name", proxies.NAMES)
async def test_while_the_api_is_away_the_answer_says_when_to_come_back(
    name: str, tmp_path: Path
) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    with proxies.in_front(name, nobody, tmp_path) as url:
        async with proxies.client_of(url) as client:
            answer = await client.post("/api/chat", json={"message": "hello"})

    problem = _problem(answer)
    assert answer.status_code in {502, 503}
    assert (problem.status, problem.code) == (answer.status_code, "unavailable")
    assert re.fullmatch(r"[1-9][0-9]*", answer.headers["retry-after"])


@pytest.mark.parametrize(
    ("method", "path", "header", "code"),
    [
        ("GET", f"/{'a' * 9000}", "", "bad_request"),
        ("GET", "/", "a" * 40_000, "bad_request"),
        ("TRACE", "/", "", "method_not_allowed"),
        ("GET", "/malformed", "", "not_found"),
    ],
)
async def test_what_nginx_refuses_by_itself_is_a_problem_too(
    method: str, path: str, header: str, code: str, tmp_path: Path
) -> None:
    with proxies.in_front("nginx", "127.0.0.1:1", tmp_path) as url:
        async with proxies.client_of(url) as client:
            answer = await client.request(method, path, headers={"X-Long": header})

    problem = _problem(answer)
    assert (problem.status, problem.code) == (answer.status_code, code)


def _upstreams(adapted: Json) -> tuple[str, str]:
    """The name and port that requests are passed to."""
    text = json.dumps(adapted)
    assert '"dynamic_upstreams"' in text
    named = re.search(r'"name": "([^"]+)"', text), re.search(r'"port": "([^"]+)"', text)
    assert named[0] is not None
    assert named[1] is not None
    return named[0][1], named[1][1]


def _problem(answer: httpx2.Response) -> Problem:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.get("server") in {None, "nginx"}
    return Problem.model_validate(answer.json())


def _values(told: Json, name: str) -> list[str]:
    return [value for found, value in told["headers"] if found == name]


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]
