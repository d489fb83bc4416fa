"""The auth server that tests of signing in ask, and what they ask it with."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from stand_ins.auth_server import AuthServerStandIn


@pytest.fixture
def server() -> Iterator[AuthServerStandIn]:
    """The auth server."""
    with AuthServerStandIn() as started:
        yield started


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    """What asks it; of its own it would follow wherever it is led."""
    async with httpx2.AsyncClient(follow_redirects=True) as opened:
        yield opened
