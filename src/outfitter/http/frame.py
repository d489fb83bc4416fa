"""What surrounds every request: its id, its log line, and the headers of every answer."""

import re
import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outfitter.core.asked import method_of, route_of
from outfitter.core.errors import places
from outfitter.core.secrets import find
from outfitter.http.document import PAGE
from outfitter.http.errors import problem, title_of, unexpected
from outfitter.http.layer import Layer

_log = structlog.get_logger("outfitter.http")
_GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-site",
    "Strict-Transport-Security": "max-age=31536000",
}
_NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
# People type their tokens into the page: what it runs and asks is ours alone.
_OF_PAGE = (
    f"{_NO_CONTENT}; base-uri 'none'; form-action 'none'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)

Answered = Callable[[str, str, int, float], None]


class Frame(Layer):
    """Gives a request its id and every answer its headers, writes one log line, and counts it.

    `answered` is told method, route, status and seconds; the status is 0 where no answer had begun,
    and a method that there is not is "other": it is whatever the client sent.
    A request that was cut off is logged and counted too, with the error that cut it off.
    """

    def __init__(self, app: ASGIApp, new_id: Callable[[], str], answered: Answered) -> None:
        super().__init__(app)
        self._new_id = new_id
        self._answered = answered

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = self._request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 0

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                decorate(headers, scope["path"])
            await send(message)

        cut: dict[str, str] = {}
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, framed)
            except BaseException as error:
                cut["cut"] = type(error).__name__
                raise
            finally:
                method, route = method_of(scope), route_of(scope)
                took = time.perf_counter() - started
                told = {"method": method, "route": route, "status": status}
                _log.info("request", **told, ms=round(1000 * took, 1), **cut)
                self._answered(method, route, status, took)

    def _request_id(self, headers: Headers) -> str:
        given = headers.get("x-request-id", "")
        fits = _GOOD_ID.fullmatch(given) and not find(given)
        return given if fits else self._new_id()


class NoSurprises(Layer):
    """Answers an unexpected error with a problem that tells nothing of the inside."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            _log.error("broke", error=type(error).__name__, at=places(error))
            if started:
                raise
            await unexpected(scope)(scope, receive, send)


class HeadLikeGet(Layer):
    """Lets what can be got be asked for by HEAD; the server itself leaves the body out."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                _allow_head(MutableHeaders(scope=message))
            await send(message)

        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self._app(asked, receive, named)
        finally:
            # What surrounds the request tells the route, and sees only its own scope.
            scope["route"] = asked.get("route")


class OneShape(Layer):
    """Answers with a problem where a part of the framework refuses in plain text."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Message | None = None

        async def shaped(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_plain_refusal(message):
                refused = message
            elif refused is None:
                await send(message)
            else:
                answer = _as_problem(scope, refused, message["body"].decode())
                await answer(scope, receive, send)

        await self._app(scope, receive, shaped)


def _allow_head(headers: MutableHeaders) -> None:
    allowed = headers.get("allow", "").split(", ")
    if "GET" in allowed and "HEAD" not in allowed:
        headers["Allow"] = ", ".join((*allowed, "HEAD"))


def _is_plain_refusal(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] >= HTTPStatus.BAD_REQUEST and kind.startswith("text/plain")


def _as_problem(scope: Scope, start: Message, said: str) -> Response:
    headers = {
        name: value
        for name, value in Headers(raw=start["headers"]).items()
        if name == "content-range" or not name.startswith("content-")
    }
    said = said or title_of(start["status"])
    return problem(scope, start["status"], "bad_request", f"{said}.", headers=headers)


def decorate(headers: MutableHeaders, path: str) -> None:
    """Put what every answer has into the headers of one to that path."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    content = _OF_PAGE if path == PAGE else _NO_CONTENT
    headers.setdefault("Content-Security-Policy", content)
    if path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
