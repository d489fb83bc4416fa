"""The built-in catalogue in a database of its own, and somebody who hears messages with it."""

from collections.abc import AsyncIterator

import pytest

from listener import Listener, a_stocked_database
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.postgres.database import Database
from outfitter.service.catalogue import Catalogue
from outfitter.service.finding import Finding
from outfitter.wiring import parts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell the numbers, whether they were good enough or not."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
async def stocked(postgres: str) -> AsyncIterator[Database]:
    """A database with every server of the built-in catalogue."""
    async with a_stocked_database(postgres) as database:
        yield database


@pytest.fixture(scope="session")
async def finding() -> AsyncIterator[Finding]:
    """Looks for servers by the model in the package."""
    embedder = LocalEmbedder()
    yield parts.finding(embedder)
    await embedder.close()


@pytest.fixture(scope="session")
async def listener(stocked: Database, finding: Finding) -> Listener:
    """Hears messages with every server of the built-in catalogue."""
    return Listener(stocked, finding)


@pytest.fixture(scope="session")
async def catalogue(stocked: Database, finding: Finding) -> Catalogue:
    """The built-in catalogue as it is searched."""
    return Catalogue(stocked, finding)
