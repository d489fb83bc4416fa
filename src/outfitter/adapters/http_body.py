"""The body of an HTTP answer, which may be as long as its sender likes."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2


async def body_within(answer: httpx2.Response, most_bytes: int) -> bytes | None:
    """The whole body; None, without reading on, if it is longer than that."""
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > most_bytes:
            return None
    return bytes(body)


def bounded(most_bytes: int) -> dict[str, Any]:
    """What a client is made with that reads no longer answer, and sends nothing elsewhere.

    Where an answer is longer, or packed, it raises DecodingError to whoever asked.
    """

    async def bound(answer: httpx2.Response) -> None:
        # A little that is packed can be as much as it likes.
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise httpx2.DecodingError("The answer is packed.")
        if isinstance(answer.stream, httpx2.AsyncByteStream):
            answer.stream = _Bounded(answer.stream, most_bytes)

    return {
        "event_hooks": {"response": [bound]},
        "headers": {"Accept-Encoding": "identity"},
        "follow_redirects": False,
    }


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._most_bytes = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        length = 0
        async for part in self._stream:
            length += len(part)
            if length > self._most_bytes:
                raise httpx2.DecodingError("The answer is too long.")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
