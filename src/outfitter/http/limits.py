"""What a request body may be, before anything of it is parsed."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outfitter.http.errors import problem

MOST_BYTES = 256 * 1024


class BodyGate:
    """Lets JSON bodies of at most 256 KiB through, and answers 413 or 415 to others."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then hand it on."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        body = None if self._is_declared_too_long(headers) else await self._read(receive)
        if body is None:
            detail = f"A request body may be at most {self._most} bytes long."
            await problem(scope, 413, "too_large", detail)(scope, receive, send)
        elif body and not _is_json(headers):
            detail = "The request body must be application/json."
            await problem(scope, 415, "unsupported_media_type", detail)(scope, receive, send)
        else:
            await self._app(scope, _Replay(body, receive), send)

    def _is_declared_too_long(self, headers: Headers) -> bool:
        length = headers.get("content-length", "0")
        return not length.isdecimal() or int(length[:20]) > self._most

    async def _read(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return bytes(body)
            body += message.get("body", b"")
            if len(body) > self._most:
                return None
            if not message.get("more_body", False):
                return bytes(body)


class _Replay:
    """Gives the body that was read, then whatever comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return await self._receive()
        return {"type": "http.request", "body": body, "more_body": False}


def _is_json(headers: Headers) -> bool:
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    return kind == "application/json"
