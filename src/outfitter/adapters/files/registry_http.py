"""Fetches the pages of a registry over HTTP, bounded in size, number and time."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import httpx2

from outfitter.adapters.files.documents import parsed
from outfitter.adapters.http_body import body_within
from outfitter.core.address import LAST_PORT, is_private
from outfitter.core.entries import registry
from outfitter.core.entries.registry import Listed, Unread
from outfitter.core.errors import BadCatalogue, Refused, Unavailable

_MOST_PAGE_BYTES = 20_000_000
_MOST_PAGES = 2_000
_MOST_REDIRECTS = 3
_ALL_WITHIN = 900
_WITHIN = httpx2.Timeout(30.0, connect=10.0)
_OF_THE_CALLER = re.compile(r"(?<=://)[^/?#]*@|[?#].*", re.DOTALL)


async def entries(url: str, within: float = _ALL_WITHIN) -> AsyncIterator[Listed | Unread]:
    """Every entry from that page to the last. Raises Refused, BadCatalogue or Unavailable."""
    if not is_private(url):
        raise Refused(f"{_place(url)}: only https, or http on this machine")
    try:
        first = httpx2.URL(url)
        if not first.host or (first.port or 0) > LAST_PORT:
            raise Refused(f"{_place(url)}: names no host, or a port out of range")
        async with asyncio.timeout(within), aclosing(_pages(first)) as pages:
            async for page in pages:
                for entry in registry.entries(page):
                    yield entry
    except httpx2.InvalidURL as error:
        raise Refused(f"{_place(url)}: {error}") from None
    except TimeoutError:
        raise Unavailable(f"{first.host} took longer than {within:.0f} s over its pages") from None


async def _pages(first: httpx2.URL) -> AsyncGenerator[object, None]:
    page_url, seen = first, set[str]()
    async with httpx2.AsyncClient(timeout=_WITHIN, follow_redirects=False) as client:
        for _ in range(_MOST_PAGES):
            page = await _page(client, page_url)
            yield page
            cursor = registry.next_cursor(page)
            if cursor is None:
                return
            if cursor in seen:
                raise BadCatalogue(f"{_place(first)}: its pages lead in a circle")
            seen.add(cursor)
            page_url = first.copy_merge_params({"cursor": cursor})
    raise BadCatalogue(f"{_place(first)}: more than {_MOST_PAGES} pages")


async def _page(client: httpx2.AsyncClient, url: httpx2.URL) -> object:
    try:
        body = await _body(client, url)
    except httpx2.HTTPError as error:
        raise Unavailable(f"{url.host} did not answer: {type(error).__name__}") from None
    try:
        page: object = parsed(body)
    except (ValueError, RecursionError):
        raise BadCatalogue(f"{_place(url)}: not JSON") from None
    return page


async def _body(client: httpx2.AsyncClient, url: httpx2.URL) -> bytes:
    for _ in range(_MOST_REDIRECTS + 1):
        async with client.stream("GET", url, headers={"Accept": "application/json"}) as answer:
            if answer.has_redirect_location:
                there = url.join(answer.headers["location"])
                if (there.scheme, there.host, there.port) != (url.scheme, url.host, url.port):
                    raise Refused(f"{_place(url)}: redirects to another host, {there.host}")
                url = there
                continue
            if answer.status_code != httpx2.codes.OK:
                raise Unavailable(f"{_place(url)} answered {answer.status_code}")
            body = await body_within(answer, _MOST_PAGE_BYTES)
            if body is None:
                raise BadCatalogue(f"{_place(url)}: a page of more than {_MOST_PAGE_BYTES} bytes")
            return body
    raise Refused(f"{_place(url)}: redirects more than {_MOST_REDIRECTS} times")


def _place(url: str | httpx2.URL) -> str:
    """The address without what may be a password or a token in it."""
    return _OF_THE_CALLER.sub("", str(url))
