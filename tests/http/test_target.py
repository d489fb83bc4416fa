"""Requests whose target is a whole address."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from outfitter.http.target import WholeTarget

KEPT = (b"authorization", b"Bearer x")


async def receive() -> Message:
    """Nothing that any of these reads."""
    raise AssertionError


async def send(_message: Message) -> None:
    """Nothing that any of these answers."""
    raise AssertionError


async def asked(target: bytes | None, kind: str = "http") -> Scope:
    """What the application is asked where the header names `beside` as the host."""
    given: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        given.append(scope)

    headers = [(b"host", b"beside"), KEPT]
    scope = {"type": kind, "raw_path": target, "path": "as it was", "headers": headers}
    await WholeTarget(app)(scope, receive, send)
    return given[0]


@pytest.mark.proves("R-58")
@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        (b"http://api/a%20b/c", b"api", "/a b/c"),
        (b"HTTPS://api:8443/", b"api:8443", "/"),
        (b"http://api", b"api", "/"),
    ],
)
async def test_the_host_of_a_whole_address_is_the_only_one(
    target: bytes, host: bytes, path: str
) -> None:
    scope = await asked(target)

    assert (scope["headers"], scope["path"]) == ([(b"host", host), KEPT], path)
    assert scope["raw_path"] == (target.partition(host)[2] or b"/")


@pytest.mark.parametrize(
    "target", [b"/a", b"//api/a", b"ftp://api/a", b"http://me@api/a", b"", None]
)
async def test_any_other_target_is_left_as_it_is(target: bytes | None) -> None:
    scope = await asked(target)

    assert scope["headers"] == [(b"host", b"beside"), KEPT]
    assert (scope["raw_path"], scope["path"]) == (target, "as it was")


async def test_what_is_no_request_is_left_as_it_is() -> None:
    assert (await asked(b"http://api/a", kind="websocket"))["path"] == "as it was"
