"""A running service with the built-in catalogue, for tests that use it as a person would."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api import Api, Person, running_api
from outfitter.adapters.files import catalogue_files
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from programs.databases import as_api, clone, open_folder, stocked_template
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn


@pytest.fixture(scope="session")
async def stocked(postgres: str) -> AsyncIterator[str]:
    """The name of a migrated database with the built-in catalogue, to be copied."""
    async with stocked_template(postgres, catalogue_files.builtin()) as name:
        yield name


@pytest.fixture
async def urls(postgres: str, stocked: str) -> AsyncIterator[Urls]:
    """The test's own database with the catalogue in it."""
    async with clone(postgres, stocked) as url:
        yield Urls(as_api(url), url)


@pytest.fixture
async def superuser(urls: Urls) -> AsyncIterator[Database]:
    """Somebody who gets past row security."""
    database = Database(urls.owner)
    yield database
    await database.close()


@pytest.fixture
def home() -> Iterator[Path]:
    """The folder of the processes that a test starts."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def auth() -> Iterator[AuthServerStandIn]:
    """The auth server that the service believes."""
    with AuthServerStandIn() as server:
        yield server


@pytest.fixture
def claude() -> Iterator[ClaudeStandIn]:
    """The stand-in of the Messages API."""
    with ClaudeStandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def api(urls: Urls, auth: AuthServerStandIn) -> AsyncIterator[Api]:
    """The service, running, with its offline analyzer and local embeddings."""
    async with running_api(auth, urls) as running:
        yield running


@pytest.fixture
async def alice(api: Api) -> Person:
    """A user."""
    return await api.person("alice@example.com")


@pytest.fixture
async def bob(api: Api) -> Person:
    """Another user."""
    return await api.person("bob@example.com")
