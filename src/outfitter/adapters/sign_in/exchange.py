"""One request to another server: where tokens may go, and the answer within bounds."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from outfitter.adapters.http_body import body_within
from outfitter.core.address import is_private
from outfitter.core.errors import Refused

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer: `document` is its JSON, or None when it holds none; tokens may be in it."""

    status: int
    headers: httpx2.Headers
    document: Any = field(repr=False)


def safe_url(url: str) -> str:
    """The auth server's address without a closing slash, if tokens may travel to it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if not (parts.hostname and is_private(url)) or parts.username is not None:
        raise Refused("SUPABASE_URL must be an https address, or http on this machine.")
    return url.rstrip("/")


async def exchange(client: httpx2.AsyncClient, request: httpx2.Request, seconds: float) -> Reply:
    """The answer to one request: bounded in time and size, redirects not followed."""
    async with asyncio.timeout(seconds):
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            body = await body_within(response, _MOST_BYTES)
        finally:
            await response.aclose()
    if body is None:
        raise httpx2.DecodingError("The answer is too long.")
    return Reply(response.status_code, response.headers, _json_or_none(body))


def _json_or_none(body: bytes) -> Any:  # noqa: ANN401 - JSON can be anything
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
