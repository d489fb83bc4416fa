"""Bodies on their way to the application."""

import itertools
import json
from collections.abc import Sequence

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from outfitter.http.body_gate import MOST_BYTES, BodyGate

JSON = b"application/json"
GONE: Message = {"type": "http.disconnect"}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the body."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(body)(scope, receive, send)


async def answer(
    *came: Message, method: str = "POST", kind: bytes = JSON, **headed: bytes
) -> Sequence[Message]:
    """What comes back when that came."""
    headers = [(b"content-type", kind)]
    headers += [(name.replace("_", "-").encode(), value) for name, value in headed.items()]
    coming, sent = iter(came), list[Message]()

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "headers": headers}
    await BodyGate(echo)(scope, receive, send)
    return sent


def piece(body: bytes, *, more: bool = False) -> Message:
    """A part of a body, or all of it."""
    return {"type": "http.request", "body": body, "more_body": more}


async def test_what_came_of_a_body_is_no_request_once_its_sender_left() -> None:
    assert not await answer(piece(b'{"message": "hi"}', more=True), GONE)


async def test_a_body_arrives_as_it_was_sent() -> None:
    start, body = await answer(piece(b'{"message": ', more=True), piece(b'"hi"}'))

    assert start["status"] == 200
    assert body["body"] == b'{"message": "hi"}'


async def test_whoever_answers_hears_that_the_sender_has_left_meanwhile() -> None:
    coming, heard = iter([piece(b"{}"), GONE]), list[Message]()

    async def receive() -> Message:
        return next(coming)

    async def listens(_scope: Scope, receive: Receive, _send: Send) -> None:
        heard.extend([await receive(), await receive()])

    async def send(_answer: Message) -> None:
        raise AssertionError("nothing was answered")

    scope: Scope = {"type": "http", "method": "POST", "headers": [(b"content-type", JSON)]}
    await BodyGate(listens)(scope, receive, send)

    assert heard == [piece(b"{}"), GONE]


@pytest.mark.parametrize("pieces", [1, 3])
async def test_a_body_has_256_kib_at_most(pieces: int) -> None:
    assert MOST_BYTES == 256 * 1024
    for size, status in ((MOST_BYTES, 200), (MOST_BYTES + 1, 413)):
        cuts = [size * n // pieces for n in range(pieces + 1)]
        came = [
            piece(b"x" * (end - begin), more=end < size) for begin, end in itertools.pairwise(cuts)
        ]
        assert (await answer(*came))[0]["status"] == status
        declared = await answer(*came, content_length=b"%d" % size)
        assert declared[0]["status"] == status


async def test_a_body_that_says_it_is_too_long_is_not_waited_for() -> None:
    start, body = await answer(content_length=b"%d" % (MOST_BYTES + 1))

    assert (start["status"], json.loads(body["body"])["code"]) == (413, "too_large")


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_body_with_two_ends_is_refused_and_nothing_behind_it_is_read(method: str) -> None:
    ends = {"content_length": b"2", "transfer_encoding": b"chunked"}
    start, body = await answer(piece(b"{}"), method=method, **ends)

    assert (start["status"], json.loads(body["body"])["code"]) == (400, "bad_request")
    assert (b"connection", b"close") in start["headers"]
    for end, value in ends.items():
        assert (await answer(piece(b"{}"), method=method, **{end: value}))[0]["status"] == 200


async def test_a_body_of_one_piece_need_not_say_that_it_is_the_last() -> None:
    assert (await answer({"type": "http.request", "body": b"{}"}))[0]["status"] == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_what_only_asks_is_let_through_whatever_it_brings(method: str) -> None:
    start, body = await answer(piece(b"<x>"), method=method, kind=b"text/html")

    assert (start["status"], body["body"]) == (200, b"<x>")


@pytest.mark.parametrize("kind", [JSON, b"Application/JSON", b"application/json ; charset=utf-8"])
async def test_json_is_taken_however_its_kind_is_written(kind: bytes) -> None:
    assert (await answer(piece(b"{}"), kind=kind))[0]["status"] == 200


@pytest.mark.parametrize(
    "kind", [b"", b"text/plain", b"application/jsonx", b"text/application/json"]
)
async def test_a_body_of_another_kind_is_refused_and_none_needs_no_kind(kind: bytes) -> None:
    start, body = await answer(piece(b"{}"), kind=kind)

    assert (start["status"], json.loads(body["body"])["code"]) == (415, "unsupported_media_type")
    assert (await answer(piece(b""), kind=kind))[0]["status"] == 200


@pytest.mark.proves("R-59")
@pytest.mark.parametrize("other", [b"text/plain", JSON])
async def test_a_body_of_two_kinds_is_refused(other: bytes) -> None:
    for kind in (JSON, b"application/json; charset=utf-8"):
        start, _ = await answer(piece(b"{}"), kind=kind, content_type=other)
        assert start["status"] == 415


@pytest.mark.parametrize("coding", [b"gzip", b"GZIP", b"identity, br", b"deflate", b"x"])
async def test_a_body_that_says_it_is_packed_is_refused(coding: bytes) -> None:
    start, _ = await answer(piece(b"{}"), content_encoding=coding)

    assert start["status"] == 415


@pytest.mark.parametrize("coding", [b"identity", b" Identity ", b""])
async def test_a_body_that_says_it_is_not_packed_is_taken(coding: bytes) -> None:
    start, _ = await answer(piece(b"{}"), content_encoding=coding)

    assert start["status"] == 200
