"""Turns that came to nothing are marked, whatever happens meanwhile."""

import asyncio
import gc
import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import turns
from outfitter.adapters.store.turns import Hearing
from outfitter.core.user import User
from outfitter.service.account import Account
from outfitter.service.unanswered import Unanswered
from programs.databases import make_user
from waiting import until


def _opening() -> Hearing:
    return Hearing(new_id(), new_id(), True, new_id(), "hello")


async def _heard(database: Database, user: User) -> str:
    """A turn that waits for its answer."""
    opening = _opening()
    async with database.transaction(user, remember=True) as tx:
        assert await turns.hear(tx, user, opening)
    return opening.turn


async def _state(owner: Database) -> str:
    async with owner.as_owner() as tx:
        return str((await tx.execute(text("SELECT state FROM turns"))).scalar_one())


async def _is_failed(owner: Database) -> bool:
    return await _state(owner) == "failed"


async def test_a_turn_is_marked_at_once_where_that_can_be(
    database: Database, owner: Database, user: User
) -> None:
    unanswered = Unanswered(database, patience=60)

    await unanswered.mark(user, await _heard(database, user))

    assert await _is_failed(owner)


async def test_a_turn_is_marked_when_the_database_is_back(
    database: Database, narrow: Database, owner: Database, user: User
) -> None:
    unanswered = Unanswered(narrow, patience=60)
    turn = await _heard(database, user)
    async with narrow.as_owner():
        await unanswered.mark(user, turn)
        # It comes away empty more than once.
        await asyncio.sleep(0.8)
        assert await _state(owner) == "received"

    await until(lambda: _is_failed(owner))


async def test_a_turn_whose_commit_is_still_on_its_way_is_marked_too(
    database: Database, owner: Database, user: User
) -> None:
    unanswered = Unanswered(database, patience=60)
    opening = _opening()
    async with database.transaction(user, remember=True) as tx:
        assert await turns.hear(tx, user, opening)
        unanswered.mark_later(user, opening.turn)
        await asyncio.sleep(0.05)

    await until(lambda: _is_failed(owner))


@pytest.mark.parametrize("later", [False, True])
async def test_an_account_that_is_gone_has_no_turn_left_to_mark(
    database: Database,
    owner: Database,
    later: bool,  # noqa: FBT001 - a case of the test
) -> None:
    broken: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, told: broken.append(told))
    user = replace(await make_user(owner), issued_at=int(time.time()))
    unanswered = Unanswered(database, patience=60)
    turn = await _heard(database, user)
    await Account(database).delete(user, None)

    if later:
        unanswered.mark_later(user, turn)
        await until(lambda: not _at_work())
    else:
        await unanswered.mark(user, turn)

    gc.collect()
    assert not broken
    assert not _at_work()


async def test_nobody_waits_for_a_database_for_ever(
    database: Database, narrow: Database, owner: Database, user: User
) -> None:
    unanswered = Unanswered(narrow, patience=0.5)
    turn = await _heard(database, user)
    async with narrow.as_owner():
        await unanswered.mark(user, turn)
        assert _at_work()
        await until(lambda: not _at_work())

    assert await _state(owner) == "received"


async def test_the_end_of_the_service_ends_the_waiting(
    database: Database, owner: Database, user: User
) -> None:
    unanswered = Unanswered(database, patience=60)
    unanswered.mark_later(user, await _heard(database, user))

    await unanswered.close()

    assert not _at_work()
    assert await _state(owner) == "received"


def _at_work() -> list[asyncio.Task[object]]:
    """What goes on beside the test."""
    return [one for one in asyncio.all_tasks() if "_until_marked" in repr(one.get_coro())]
