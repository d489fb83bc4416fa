"""What every test may ask for: a server, a database of its own on it, and a log left as it was."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from outfitter.adapters import logs
from outfitter.adapters.postgres.database import Database
from outfitter.core.user import User
from programs.databases import as_api, clone, make_user, migrated_template, running_server

# How long an example takes depends on what else the machine does: no reason for a test to fail.
settings.register_profile("outfitter", deadline=None)
settings.load_profile("outfitter")

HERE = Path(__file__).parent
# Their tests share what takes long to make: a catalogue that is embedded, or a whole server.
ON_ONE_WORKER = ("acceptance", "benchmark", "chaos")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of some folders together, each folder's on one worker."""
    for item in items:
        for folder in ON_ONE_WORKER:
            if item.path.is_relative_to(HERE / folder):
                item.add_marker(pytest.mark.xdist_group(folder))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The owner's URL of the server."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
async def template(postgres: str) -> AsyncIterator[str]:
    """The name of the migrated database that each test gets a copy of."""
    async with migrated_template(postgres) as name:
        yield name


@pytest.fixture
async def database_url(postgres: str, template: str) -> AsyncIterator[str]:
    """The owner's URL of the test's own database."""
    async with clone(postgres, template) as url:
        yield url


@pytest.fixture
def api_url(database_url: str) -> str:
    """The URL of the test's database for the role that the service uses."""
    return as_api(database_url)


@pytest.fixture
async def database(api_url: str) -> AsyncIterator[Database]:
    """The test's own database as the service sees it."""
    database = Database(api_url)
    yield database
    await database.close()


@pytest.fixture
async def narrow(api_url: str) -> AsyncIterator[Database]:
    """A database that is away for the others while one has its only connection."""
    database = Database(api_url, pool_size=1, pool_timeout=0.05)
    yield database
    await database.close()


@pytest.fixture
async def owner(database_url: str) -> AsyncIterator[Database]:
    """The test's own database as its owner sees it."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def user(owner: Database) -> User:
    """A user whom the test's own database knows."""
    return await make_user(owner)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """What a test sets up for the log is undone behind it."""
    root = logging.getLogger()
    kept = (list(root.handlers), root.level)
    yield
    root.handlers, root.level = kept
    for name in logs.QUIET:
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()
