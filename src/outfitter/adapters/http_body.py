"""The body of an HTTP answer, which may be as long as its sender likes."""

import httpx2


async def body_within(answer: httpx2.Response, most_bytes: int) -> bytes | None:
    """The whole body; None, without reading on, if it is longer than that."""
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > most_bytes:
            return None
    return bytes(body)
