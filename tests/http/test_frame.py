"""What surrounds every request, also one that comes to no good end."""

import asyncio
import json
from collections.abc import Iterator, MutableMapping
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from outfitter.http.frame import Frame, NoSurprises, OneShape

PLANTED = "planted-secret"
START: Message = {"type": "http.response.start", "status": 200, "headers": []}
PIECE: Message = {"type": "http.response.body", "body": b"a piece", "more_body": True}

Line = MutableMapping[str, Any]


class Around:
    """An app in its frame, and all that came of a request to it."""

    def __init__(self, app: ASGIApp) -> None:
        self.counted: list[tuple[str, str, int]] = []
        self.sent: list[Message] = []
        self._app = Frame(NoSurprises(app), lambda: "made-here", self._count)

    async def ask(self, path: str = "/api/things/7", **headers: str) -> None:
        """One request."""
        given = [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ]
        scope = {"type": "http", "method": "GET", "path": path, "headers": given}
        await self.tell(scope)

    async def tell(self, scope: Scope) -> None:
        """One request, or whatever else a server tells an app."""
        await self._app(scope, _nothing, self._send)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        start = next(one for one in self.sent if one["type"] == "http.response.start")
        return {name.decode(): value.decode() for name, value in start["headers"]}

    @property
    def body(self) -> bytes:
        """What was answered."""
        return b"".join(one.get("body", b"") for one in self.sent)

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    def _count(self, method: str, route: str, status: int, seconds: float) -> None:
        assert 0 <= seconds < 10
        self.counted.append((method, route, status))


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    """What is written down."""
    with capture_logs() as written:
        yield written


async def _nothing() -> Message:
    return {"type": "http.request"}


def _routed(scope: Scope) -> None:
    scope["route"] = SimpleNamespace(path="/api/things/{id}")


async def answers(scope: Scope, _receive: Receive, send: Send) -> None:
    """A whole answer."""
    _routed(scope)
    await send({**START, "headers": []})
    await send({"type": "http.response.body"})


async def breaks(scope: Scope, _receive: Receive, _send: Send) -> None:
    """No answer."""
    _routed(scope)
    raise RuntimeError(PLANTED)


async def breaks_off(scope: Scope, _receive: Receive, send: Send) -> None:
    """The beginning of an answer."""
    _routed(scope)
    await send({**START, "headers": []})
    await send(PIECE)
    raise RuntimeError(PLANTED)


def _requests(lines: list[Line]) -> list[Line]:
    return [one for one in lines if one["event"] == "request"]


async def test_a_request_leaves_one_line_and_is_counted_once(lines: list[Line]) -> None:
    around = Around(answers)
    await around.ask()

    assert around.counted == [("GET", "/api/things/{id}", 200)]
    (line,) = _requests(lines)
    assert 0 <= line.pop("ms") < 10_000
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/api/things/{id}",
        "status": 200,
    }


async def test_a_method_that_a_client_made_up_is_told_as_other(lines: list[Line]) -> None:
    around = Around(answers)
    await around.tell({"type": "http", "method": PLANTED, "path": "/", "headers": []})

    assert around.counted == [("other", "/api/things/{id}", 200)]
    assert [one["method"] for one in _requests(lines)] == ["other"]


@pytest.mark.proves("R-46")
async def test_every_answer_names_its_request_by_the_callers_id_if_that_is_a_good_one() -> None:
    for given, named in (
        ("mine-1", "mine-1"),
        ("m" * 64, "m" * 64),
        *((bad, "made-here") for bad in ("not/mine", "", "m" * 65, "ntn_" + "a1B2" * 11)),
    ):
        around = Around(answers)
        await around.ask(x_request_id=given)
        assert around.headers["x-request-id"] == named


async def test_answers_are_kept_from_caches_and_frames_and_pages_may_load_what_they_need() -> None:
    around = Around(answers)
    await around.ask()
    assert around.headers["cache-control"] == "no-store"
    assert around.headers["x-frame-options"] == "DENY"
    assert around.headers["x-content-type-options"] == "nosniff"
    assert around.headers["referrer-policy"] == "no-referrer"
    assert around.headers["cross-origin-resource-policy"] == "same-site"
    assert "default-src 'none'" in around.headers["content-security-policy"]

    page = Around(answers)
    await page.ask("/docs")
    assert "script-src 'self';" in page.headers["content-security-policy"]


async def test_a_surprise_is_answered_without_its_words_and_told_by_its_kind(
    lines: list[Line],
) -> None:
    around = Around(breaks)
    await around.ask()

    told = json.loads(around.body)
    assert (told["status"], told["code"], told["request_id"]) == (500, "internal", "made-here")
    assert around.counted == [("GET", "/api/things/{id}", 500)]
    broke, request = lines
    assert (broke["event"], broke["error"]) == ("broke", "RuntimeError")
    assert (request["status"], "cut" in request) == (500, False)
    assert PLANTED not in f"{lines}{around.sent}"


async def test_an_answer_that_breaks_off_is_written_down_and_counted(lines: list[Line]) -> None:
    around = Around(breaks_off)
    with pytest.raises(RuntimeError):
        await around.ask()

    assert around.body == b"a piece"
    assert around.counted == [("GET", "/api/things/{id}", 200)]
    (line,) = _requests(lines)
    assert (line["status"], line["cut"]) == (200, "RuntimeError")
    assert PLANTED not in str(lines)


async def test_a_request_that_is_cancelled_is_written_down_and_counted(lines: list[Line]) -> None:
    under_way = asyncio.Event()

    async def hangs(scope: Scope, _receive: Receive, _send: Send) -> None:
        _routed(scope)
        under_way.set()
        await asyncio.Event().wait()

    around = Around(hangs)
    asking = asyncio.create_task(around.ask())
    await under_way.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert around.counted == [("GET", "/api/things/{id}", 0)]
    (line,) = _requests(lines)
    assert (line["status"], line["cut"]) == (0, "CancelledError")


async def test_what_is_no_request_passes_through(lines: list[Line]) -> None:
    passed = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope)

    around = Around(app)
    await around.tell({"type": "lifespan"})

    assert passed == [{"type": "lifespan"}]
    assert (around.counted, lines) == ([], [])


async def test_a_refusal_in_plain_text_becomes_a_problem_of_its_own_length() -> None:
    refusal = PlainTextResponse("Not here", 416, {"Content-Range": "bytes */9", "Allow": "GET"})
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "state": {}}
    await OneShape(refusal)(scope, receive, send)

    start, body = sent
    headers = Headers(raw=start["headers"])
    assert json.loads(body["body"])["detail"] == "Not here."
    assert headers["content-type"] == "application/problem+json"
    assert headers.getlist("content-length") == [str(len(body["body"]))]
    assert (headers["content-range"], headers["allow"]) == ("bytes */9", "GET")
