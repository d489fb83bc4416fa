"""A running service with a small catalogue, to be asked at random."""

import os
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from api import Api, running_api
from catalogues import CATALOGUE
from outfitter.cli.database import Urls
from programs.databases import stock
from stand_ins.auth_server import AuthServerStandIn

# `make fuzz` asks for minutes, which the random tests share; `make test` for a few cases of each.
MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
EXAMPLES = 100 if MINUTES else 4
RANDOM_TESTS = 4
# Access tokens live for an hour, and a round needs one to the end.
LONGEST_ROUND = 600
TOLD: list[str] = []


@pytest.fixture
def examples() -> int:
    """How many cases to try in one round."""
    return EXAMPLES


@pytest.fixture
def rounds() -> Iterator[int]:
    """How many seconds each of a random test's rounds has; one round of 0 is a few cases only."""
    return _rounds(60 * MINUTES / RANDOM_TESTS)


def _rounds(seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    yield min(int(seconds), LONGEST_ROUND)
    while (left := int(end - time.monotonic())) > 0:
        yield min(left, LONGEST_ROUND)


@pytest.fixture
def tell() -> Callable[[str], None]:
    """Keep a line that is shown when everything has run."""
    return TOLD.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show how much was tried."""
    for line in TOLD if MINUTES else ():
        terminalreporter.write_line(line)


@pytest.fixture
async def api(database_url: str, api_url: str) -> AsyncIterator[Api]:
    """The service."""
    urls = Urls(api_url, database_url)
    await stock(urls.owner, list(CATALOGUE.values()))
    with AuthServerStandIn() as auth:
        async with running_api(auth, urls) as running:
            yield running
