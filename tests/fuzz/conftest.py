"""A running service with a small catalogue, to be asked at random."""

import os
from collections.abc import AsyncIterator

import pytest

from api import Api, running_api
from auth_server import AuthServerStandIn
from catalogues import CATALOGUE
from outfitter import wiring
from outfitter.cli.database import Urls
from outfitter.settings import Settings

# How many cases everything gets: `make fuzz` takes many, `make test` a few.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "4"))


@pytest.fixture
def examples() -> int:
    """How many cases to try."""
    return EXAMPLES


@pytest.fixture
async def api(database_url: str, api_url: str) -> AsyncIterator[Api]:
    """The service."""
    urls = Urls(api_url, database_url)
    async with wiring.loading(Settings(_env_file=None), urls.owner) as loader:
        await loader.load(list(CATALOGUE.values()), lambda _done, _total: None)
    with AuthServerStandIn() as auth:
        async with running_api(auth, urls) as running:
            yield running
