"""Request bodies that are refused unread: too long, of another kind, or with two ends."""

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from outfitter.http.errors import problem
from outfitter.http.layer import Layer

MOST_BYTES = 256 * 1024


class BodyGate(Layer):
    """Lets JSON bodies of at most 256 KiB through, and answers 400, 413 or 415 to others."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if _has_two_ends(headers):
            detail = "A request has a Content-Length or a Transfer-Encoding, and not both."
            close = {"Connection": "close"}
            await problem(scope, 400, "bad_request", detail, headers=close)(scope, receive, send)
            return
        if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        try:
            body = None if _is_declared_too_long(headers) else await _read(receive)
        except ClientDisconnect:
            return
        if body is None:
            detail = f"A request body may be at most {MOST_BYTES} bytes long."
            await problem(scope, 413, "too_large", detail)(scope, receive, send)
        elif body and not _is_json(headers):
            detail = "The request body must be application/json, in no Content-Encoding."
            await problem(scope, 415, "unsupported_media_type", detail)(scope, receive, send)
        else:
            await self._app(scope, _Replay(body, receive), send)


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


def _has_two_ends(headers: Headers) -> bool:
    """Whether a proxy may have taken another part of it for the body than the server does."""
    return "content-length" in headers and "transfer-encoding" in headers


def _is_declared_too_long(headers: Headers) -> bool:
    # The server lets nothing through but a number of few digits.
    return int(headers.get("content-length", "0")) > MOST_BYTES


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None, without reading on, if it is too long."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _is_json(headers: Headers) -> bool:
    # Of several kinds whoever looks on may take another one.
    kinds = [one.split(";")[0].strip().lower() for one in headers.getlist("content-type")]
    coding = ",".join(headers.getlist("content-encoding")).strip().lower()
    return kinds == ["application/json"] and coding in {"", "identity"}
