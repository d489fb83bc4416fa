"""What is refused unread: bodies of the wrong kind, and tokens after too many bad ones."""

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outfitter.core.errors import Forbidden, Refused, SignInFailed, TooMany, Unauthenticated
from outfitter.core.quota import Quota
from outfitter.http.errors import problem

MOST_BYTES = 256 * 1024
_BAD_TOKENS = Quota("refused-tokens", 60, 60)
_ADDRESSES = 4096


class TokenGate:
    """Listens to no new tokens of an address that had 60 refused within a minute.

    The minute begins with the first of them. Each process counts for itself, and keeps the few
    thousand addresses that were refused last.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._refused: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._asked: Counter[str] = Counter()

    @contextmanager
    def listening(
        self, address: str | None, known: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """Count what the block refuses; raises TooMany before it, unless the token is known."""
        whose = _neighbourhood(address)
        begun, times = self._of(whose)
        if times >= _BAD_TOKENS.most and not known():
            raise TooMany(
                "Too many refused tokens came from your address; wait a little.",
                reached=_BAD_TOKENS.name,
                quotas=[_BAD_TOKENS],
                code="too_many_refused_tokens",
                retry_after=max(1, math.ceil(begun + _BAD_TOKENS.seconds - self._clock())),
            )
        try:
            yield
        except (Unauthenticated, Forbidden, SignInFailed, Refused):
            self._count(whose)
            raise

    @contextmanager
    def exchanging(self, address: str | None) -> Iterator[None]:
        """As `listening`, for tokens that the auth server is asked about; pending ones count too.

        Otherwise a flood would be through before its first refusal is counted.
        """
        whose = _neighbourhood(address)
        with self.listening(address):
            if self._of(whose)[1] + self._asked[whose] >= _BAD_TOKENS.most:
                raise TooMany(
                    "Too many sign-ins came from your address at once; wait a little.",
                    reached="sign-ins",
                    code="sign_in_rate",
                )
            self._asked[whose] += 1
            try:
                yield
            finally:
                self._asked[whose] -= 1
                if not self._asked[whose]:
                    del self._asked[whose]

    def _of(self, whose: str) -> tuple[float, int]:
        now = self._clock()
        begun, times = self._refused.get(whose, (now, 0))
        return (begun, times) if now < begun + _BAD_TOKENS.seconds else (now, 0)

    def _count(self, whose: str) -> None:
        begun, times = self._of(whose)
        self._refused[whose] = begun, times + 1
        self._refused.move_to_end(whose)
        if len(self._refused) > _ADDRESSES:
            self._refused.popitem(last=False)


class BodyGate:
    """Lets JSON bodies of at most 256 KiB through, and answers 400, 413 or 415 to others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
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
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    coding = ",".join(headers.getlist("content-encoding")).strip().lower()
    return kind == "application/json" and coding in {"", "identity"}


def canonical(host: str | None) -> str | None:
    """The address of a client as the log takes it; None if there is none."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address)))
    return str(address)


def _neighbourhood(address: str | None) -> str:
    """What counts as one address: whoever has an IPv6 address has a network of them."""
    if address is None or ":" not in address:
        return address or ""
    return str(ip_network(f"{address}/64", strict=False))
