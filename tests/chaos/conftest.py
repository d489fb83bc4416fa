"""A Postgres of these tests' own, which may crash under the processes on it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from outfitter.adapters.files import catalogue_files
from outfitter.cli.database import Urls
from programs.databases import as_api, clone, open_folder, stocked_template
from programs.faults import PostgresServer
from programs.ground import Ground
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn, tells_the_time

CATALOGUE = {"gmail", "notion", "time", "slack", "github"}


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """The database server."""
    with open_folder() as folder:
        running = PostgresServer(folder)
        running.start()
        yield running
        running.stop()


@pytest.fixture(scope="session")
async def stocked(server: PostgresServer) -> AsyncIterator[str]:
    """The name of a database with a few servers in its catalogue, to be copied."""
    few = [one for one in catalogue_files.builtin() if one.name in CATALOGUE]
    async with stocked_template(server.url, few) as name:
        yield name


@pytest.fixture
async def ground(server: PostgresServer, stocked: str, tmp_path: Path) -> AsyncIterator[Ground]:
    """A database of the test's own, an auth server, and a model that knows the time."""
    async with clone(server.url, stocked) as url:
        with AuthServerStandIn() as auth, ClaudeStandIn(reply=tells_the_time) as claude:
            yield Ground(server, Urls(as_api(url), url), auth, claude, tmp_path)
        server.start()
