"""What the search of the catalogue finds, and what it must not find."""

from collections.abc import Callable

import pytest

import benchmark_data
from benchmark_data import Request
from outfitter.core.finding.scoring import recall_at
from outfitter.core.user import User
from outfitter.service.catalogue import Catalogue

Tell = Callable[[str, object], None]
SOMEBODY = User("7d0f6a8e-9c3b-4f6e-8a57-0c1f7b1f2d3e")
NONSENSE = (
    "xyzzy",
    "asdfgh",
    "qqqqqq",
    "zxcvbnm",
    "frobnicate",
    "rienr erds",
    "tqtqgwi qunwyddcjqsg",
    "spwkcib wfnciaucz cthci doakrnite qwh fib",
    "???",
    "абвгд",
)
WORDS = {
    "weather": "weather",
    "lodging": "airbnb",
    "postgress": "postgres",
    "gmial": "gmail",
    "notoin": "notion",
    "rag": "chroma",
    "shipping": "shopify",
    "turn on the lights": "home-assistant",
    "currency exchange": "coingecko",
}


@pytest.mark.parametrize("query", NONSENSE)
async def test_nonsense_finds_nothing(query: str, catalogue: Catalogue) -> None:
    assert await catalogue.search(SOMEBODY, query, limit=5, offset=0) == ([], 0)


@pytest.mark.parametrize("query", WORDS)
async def test_a_word_finds_what_it_is_for(query: str, catalogue: Catalogue) -> None:
    assert WORDS[query] in await _first(catalogue, query)


@pytest.mark.parametrize(
    ("requests", "least"),
    [
        (benchmark_data.requests, 0.98),
        (benchmark_data.mixed, 0.95),
        (benchmark_data.plain, 0.96),
        (benchmark_data.everyday, 0.93),
        (benchmark_data.strangers, 0.98),
        (benchmark_data.foreign, 0.96),
    ],
)
async def test_a_request_finds_its_servers_among_the_first(
    requests: Callable[[], list[Request]], least: float, catalogue: Catalogue, record_property: Tell
) -> None:
    asked = [one for one in requests() if one.servers]
    scores = [recall_at(await _first(catalogue, one.query), one.needs, 5) for one in asked]

    mean = sum(scores) / len(scores)
    record_property("servers found among a search's first five", round(mean, 4))
    assert mean >= least


async def _first(catalogue: Catalogue, query: str) -> list[str]:
    found, _ = await catalogue.search(SOMEBODY, query, limit=5, offset=0)
    return [one.server.name for one in found]
