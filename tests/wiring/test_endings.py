"""What is left of a part when whoever used it has ended: nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from catalogues import a_server
from outfitter import wiring
from outfitter.adapters.metrics import Metrics
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.vault import Keyring
from outfitter.core.errors import Unavailable
from outfitter.core.user import User
from outfitter.service.turn import Said
from outfitter.settings import Settings
from programs.databases import as_api
from stand_ins.auth_server import JWKS_PATH, AuthServerStandIn, Fault
from waiting import until

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
NOBODY = User("00000000-0000-0000-0000-000000000001")

Uses = Callable[[Settings, str], AbstractAsyncContextManager[object]]


@asynccontextmanager
async def _serves(settings: Settings, url: str) -> AsyncIterator[object]:
    async with wiring.running(settings, as_api(url), Metrics(), warm=False) as services:
        await services.health.check()
        await services.catalogue.page(NOBODY, limit=1, offset=0)
        yield services


@asynccontextmanager
async def _looks(settings: Settings, url: str) -> AsyncIterator[object]:
    async with wiring.connected(settings, url) as database, database.as_owner():
        yield database


@asynccontextmanager
async def _loads(settings: Settings, url: str) -> AsyncIterator[object]:
    async with wiring.loading(settings, url) as loader:
        yield loader


@asynccontextmanager
async def _finds(settings: Settings, url: str) -> AsyncIterator[object]:
    async with wiring.finding(settings, as_api(url), 1) as find:
        await find.find("gmail")
        yield find


@asynccontextmanager
async def _seals(settings: Settings, url: str) -> AsyncIterator[object]:
    async with wiring.rotating(settings, url) as rotation:
        yield rotation


@pytest.mark.parametrize("use", [_serves, _looks, _loads, _finds, _seals])
async def test_no_connection_and_no_thread_is_left(
    use: Uses, database_url: str, owner: Database, tmp_path: Path
) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        credential_keys=Keyring.new("k1"),
        catalogue_database_url=as_api(database_url),
    )
    async with wiring.loading(settings, database_url) as loader:
        await loader.bring([a_server("one")], lambda _done, _total: None)
    await until(lambda: _is_alone(owner))

    before = _embedding()
    # What is forgotten lets go of everything by itself, so it is kept.
    async with use(settings, database_url) as kept:
        assert not await _is_alone(owner)

    await until(lambda: _is_alone(owner))
    await until(lambda: _embedding() == before)
    assert kept


async def test_what_was_under_way_beside_the_requests_is_stopped(tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    with AuthServerStandIn() as auth:
        auth.faults[JWKS_PATH] = Fault(silent=True)
        settings = Settings(_env_file=None, data_dir=tmp_path, supabase_url=auth.url)
        away = "postgresql://outfitter_api@127.0.0.1:1/outfitter"
        async with wiring.running(settings, away, Metrics(), warm=False) as services:
            with pytest.raises(Unavailable):
                await services.chat.turn(NOBODY, Said("hello"))
            # The keys are on their way, and the turn is marked as soon as that can be.
            assert len(asyncio.all_tasks() - before) == 2

        assert asyncio.all_tasks() == before


async def _is_alone(owner: Database) -> bool:
    async with owner.as_owner() as tx:
        return int(await tx.scalar(_OTHERS) or 0) == 0


def _embedding() -> int:
    return sum(one.name.startswith("embed") for one in threading.enumerate())
