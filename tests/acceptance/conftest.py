"""A running service with the built-in catalogue, for tests that use it as a person would."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api import Api, Person, running_api
from outfitter import wiring
from outfitter.adapters.files import catalogue_files
from outfitter.cli.database import Urls
from outfitter.settings import Settings
from programs.databases import as_api, clone, migrated_template, named, run
from stand_ins.auth_server import AuthServerStandIn

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests on one worker: the catalogue is embedded once for all of them."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("acceptance"))


@pytest.fixture(scope="session")
async def stocked_template(postgres: str) -> AsyncIterator[str]:
    """The name of a migrated database with the built-in catalogue, to be copied."""
    async with migrated_template(postgres) as name:
        await run(postgres, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        settings = Settings(_env_file=None)
        async with wiring.loading(settings, named(postgres, name)) as loader:
            await loader.load(catalogue_files.builtin(), lambda _done, _total: None)
        await run(postgres, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        yield name


@pytest.fixture
async def urls(postgres: str, stocked_template: str) -> AsyncIterator[Urls]:
    """The test's own database with the catalogue in it."""
    async with clone(postgres, stocked_template) as url:
        yield Urls(as_api(url), url)


@pytest.fixture
def auth() -> Iterator[AuthServerStandIn]:
    """The auth server that the service believes."""
    with AuthServerStandIn() as server:
        yield server


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
