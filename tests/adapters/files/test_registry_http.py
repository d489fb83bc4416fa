"""A registry's pages over real sockets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from outfitter.adapters.files import registry_http
from outfitter.core.entries.registry import Listed
from outfitter.core.errors import BadCatalogue, OutfitterError, Refused, Unavailable
from stand_ins import registry_server
from stand_ins.registry_server import Answer


def page(name: str, cursor: str | list[int] | None) -> Answer:
    body = {
        "servers": [{"server": {"name": f"a.b/{name}", "packages": []}}],
        "metadata": {"nextCursor": cursor} if cursor else {},
    }
    return 200, {}, json.dumps(body).encode()


@contextmanager
def registry(**answers: Answer) -> Iterator[tuple[str, list[str]]]:
    """The address of a first page, and the paths that were asked for."""
    with registry_server.registry(answers) as (url, asked):
        yield f"{url}?limit=1", asked


async def names(url: str, within: float = 900) -> list[str]:
    found = [one async for one in registry_http.entries(url, within)]
    return [one.document["name"] for one in found if isinstance(one, Listed)]


async def failure(url: str, within: float = 900) -> OutfitterError:
    with pytest.raises(OutfitterError) as caught:
        await names(url, within)
    return caught.value


async def test_cursors_are_followed_to_the_last_page() -> None:
    with registry(first=page("one", "b c"), **{"b c": page("two", None)}) as (url, asked):
        assert await names(url) == ["a.b/one", "a.b/two"]

    assert [parse_qs(urlsplit(one).query)["limit"] for one in asked] == [["1"], ["1"]]


async def test_pages_that_lead_in_a_circle_end() -> None:
    for cursor in ("x", [1]):
        answers = {"first": page("one", cursor), str(cursor): page("two", cursor)}
        with registry(**answers) as (url, _):
            assert isinstance(await failure(url), BadCatalogue)


@pytest.mark.parametrize("there", ["http://127.0.0.2:1/", "https://example.org/servers"])
async def test_another_host_is_not_followed(there: str) -> None:
    with registry(first=(302, {"location": there}, b"")) as (url, asked):
        assert isinstance(await failure(url), Refused)

    assert len(asked) == 1


async def test_a_move_within_the_host_is_followed_a_few_times() -> None:
    moved = (307, {"location": "/elsewhere?cursor=x"}, b"")
    with registry(first=moved, x=page("one", None)) as (url, _):
        assert await names(url) == ["a.b/one"]
    with registry(first=moved, x=moved) as (url, asked):
        assert isinstance(await failure(url), Refused)
        assert len(asked) == 4


async def test_a_registry_that_fails_or_talks_nonsense_is_told() -> None:
    with registry(first=(500, {}, b"")) as (url, _):
        assert isinstance(await failure(url), Unavailable)
    with registry(first=(200, {}, b"<html>")) as (url, _):
        assert isinstance(await failure(url), BadCatalogue)
    assert isinstance(await failure(url), Unavailable)


async def test_a_registry_whose_pages_take_too_long_is_told() -> None:
    with registry(first=page("one", "x"), x=page("two", None)) as (url, _):
        slow = await failure(url, within=0)

    assert isinstance(slow, Unavailable)
    assert slow.detail == "127.0.0.1 took longer than 0 s over its pages"


async def test_a_page_without_end_is_cut_off() -> None:
    with registry(first=(200, {}, b" " * 20_000_001)) as (url, _):
        assert "more than 20000000 bytes" in (await failure(url)).detail


@pytest.mark.parametrize("there", ["http://[", "http://127.0.0.1:port/"])
async def test_a_move_to_what_is_no_address_is_refused(there: str) -> None:
    with registry(first=(302, {"location": there}, b"")) as (url, _):
        assert isinstance(await failure(url), Refused)


@pytest.mark.parametrize("url", ["https://", "https:///x", "http://127.0.0.1:65536/"])
async def test_what_leads_nowhere_is_not_asked(url: str) -> None:
    assert isinstance(await failure(url), Refused)


@pytest.mark.parametrize(
    "url", ["https://a.b:port/", "http://example.org/x", "file:///etc/passwd", "ftp://a.b/c"]
)
async def test_only_an_https_address_is_asked(url: str) -> None:
    assert isinstance(await failure(url), Refused)


@pytest.mark.proves("R-46")
@pytest.mark.parametrize(
    "place", ["http://a.example", "https://a.example:port", "https://:1", "ftp://a.example"]
)
async def test_an_error_does_not_repeat_a_token_of_the_address(place: str) -> None:
    scheme, _, host = place.partition("://")
    url = f"{scheme}://anna:hunter2x@{host}/servers?token=hunter2x#hunter2x"
    assert "hunter2x" not in (await failure(url)).detail


@pytest.mark.proves("R-46")
@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b""),
        (200, {}, b"<html>"),
        (302, {"location": "http://127.0.0.2:1/?token=hunter2x"}, b""),
        (302, {"location": "/?token=hunter2x"}, b""),
        page("one", "first"),
    ],
)
async def test_an_error_does_not_repeat_a_token_that_the_registry_was_sent(answer: Answer) -> None:
    with registry(first=answer) as (url, _):
        told = await failure(f"{url}&token=hunter2x")
    assert "127.0.0.1" in told.detail
    assert "hunter2x" not in told.detail
