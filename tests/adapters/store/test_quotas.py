"""How often a user is heard: counted in the database, whatever process and whatever is deleted."""

import asyncio

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import history, repeats, turns
from outfitter.adapters.store.turns import Hearing, Joined
from outfitter.core.errors import TooManyTurns
from outfitter.core.quota import Quota
from outfitter.core.user import User
from programs.databases import make_user

QUOTAS = (Quota("minute", 3, 60), Quota("day", 5, 86_400))
EARLIER = "UPDATE turn_slots SET heard_at = heard_at - make_interval(secs => :seconds)"


async def say(
    database: Database, user: User, key: str | None = None, quotas: tuple[Quota, ...] = QUOTAS
) -> Joined | str | None:
    """What becomes of one message that opens a session: heard, or the quota it met."""
    hearing = Hearing(
        new_id(), new_id(), True, new_id(), "hello", idempotency_key=key, quotas=quotas
    )
    try:
        async with database.transaction(user, shares=turns.lock_of(user)) as tx:
            return await turns.hear(tx, user, hearing)
    except TooManyTurns as refused:
        return f"{refused.reached} {refused.retry_after}"


def wait_of(refused: Joined | str | None) -> int:
    """How many seconds whoever met the quota of the minute has to wait."""
    assert isinstance(refused, str)
    return int(refused.removeprefix("minute "))


async def let_pass(owner: Database, seconds: int) -> None:
    """Make every turn so far that much older."""
    async with owner.as_owner() as tx:
        await tx.execute(text(EARLIER), {"seconds": seconds})


@pytest.mark.proves("R-61")
async def test_one_message_more_than_a_minute_may_have_is_not_heard(
    database: Database, owner: Database
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    assert isinstance(await say(database, other), Joined)
    await let_pass(owner, 30)
    assert all([isinstance(await say(database, user), Joined) for _ in range(3)])
    # What a busy machine takes for three messages is waited less.
    assert 40 < wait_of(await say(database, user)) <= 60
    assert isinstance(await say(database, other), Joined)
    async with database.transaction(user) as tx:
        counted = await tx.execute(text("SELECT count(*) FROM turns"))
        assert counted.scalar_one() == 3


@pytest.mark.proves("R-61")
async def test_the_window_slides_and_the_day_counts_too(
    database: Database, owner: Database, user: User
) -> None:
    assert all([isinstance(await say(database, user), Joined) for _ in range(2)])
    await let_pass(owner, 30)
    assert isinstance(await say(database, user), Joined)
    assert 10 < wait_of(await say(database, user)) <= 30
    await let_pass(owner, 30)
    assert all([isinstance(await say(database, user), Joined) for _ in range(2)])
    await let_pass(owner, 60)
    refused = await say(database, user)
    assert isinstance(refused, str)
    assert refused.startswith("day 862")
    await let_pass(owner, 86_400)
    assert isinstance(await say(database, user), Joined)
    async with owner.as_owner() as tx:
        kept = await tx.execute(text("SELECT count(*) FROM turn_slots"))
        assert kept.scalar_one() == 3 + 5


@pytest.mark.proves("R-61")
async def test_messages_at_once_from_two_processes_are_never_one_too_many(
    database: Database, api_url: str, user: User
) -> None:
    second = Database(api_url)
    said = await asyncio.gather(*(say(one, user) for one in (database, second) * 10))
    await second.close()
    assert sum(isinstance(one, Joined) for one in said) == 3


@pytest.mark.proves("R-61")
async def test_messages_of_one_user_do_not_wait_for_each_other(
    database: Database, user: User
) -> None:

    async def say_while(others: int) -> Joined | str | None:
        hearing = Hearing(new_id(), new_id(), True, new_id(), "hello", quotas=QUOTAS)
        async with database.transaction(user, shares=turns.lock_of(user)) as tx:
            heard = await turns.hear(tx, user, hearing)
            await say_while(others - 1) if others else None
            return heard

    async with asyncio.timeout(20):
        assert isinstance(await say_while(2), Joined)
    assert isinstance(await say(database, user), str)


async def test_the_last_message_is_told_how_long_the_next_must_wait(
    database: Database, user: User
) -> None:
    told = [await say(database, user) for _ in range(3)]
    waits = [one.waits for one in told if isinstance(one, Joined)]
    assert waits[:2] == [(0, 0), (0, 0)]
    minute, day = waits[2]
    assert (40 < minute <= 60, day) == (True, 0)


async def test_no_quotas_are_no_limit(database: Database, user: User) -> None:
    assert all([isinstance(await say(database, user, quotas=()), Joined) for _ in range(7)])


async def test_a_repeated_key_does_not_count_and_is_known_beyond_the_limit(
    database: Database, user: User
) -> None:
    assert isinstance(await say(database, user, "one"), Joined)
    assert [await say(database, user, "one") for _ in range(5)] == [None] * 5
    assert all([isinstance(await say(database, user), Joined) for _ in range(2)])
    assert isinstance(await say(database, user), str)
    assert await say(database, user, "one") is None


@pytest.mark.proves("R-61")
async def test_deleting_what_was_said_gives_no_new_turns(database: Database, user: User) -> None:
    for _ in range(3):
        await say(database, user)
    async with database.transaction(user) as tx:
        said = await tx.execute(text("SELECT CAST(id AS text) AS id FROM sessions"))
        assert [await history.delete(tx, user, row.id, None) for row in said] == [True] * 3
    assert isinstance(await say(database, user), str)


async def test_a_message_that_is_rolled_back_does_not_count(database: Database, user: User) -> None:
    hearing = Hearing(new_id(), new_id(), True, new_id(), "hello", quotas=QUOTAS)

    async def not_after_all() -> None:
        async with database.transaction(user, shares=turns.lock_of(user)) as tx:
            assert await turns.hear(tx, user, hearing)
            raise ValueError("not after all")

    for _ in range(4):
        with pytest.raises(ValueError, match="not after all"):
            await not_after_all()
    assert isinstance(await say(database, user), Joined)


async def test_a_turn_whose_process_was_killed_frees_its_key_in_time(
    database: Database, owner: Database, user: User
) -> None:
    first, again, other = (
        Hearing(new_id(), new_id(), True, new_id(), "x", idempotency_key="k", request_hash=one)
        for one in ("h", "h", "another")
    )
    async with database.transaction(user) as tx:
        assert await turns.hear(tx, user, first)
    async with database.transaction(user) as tx:
        assert not await repeats.release(tx, user, again, 60)
    async with owner.as_owner() as tx:
        await tx.execute(text("UPDATE turns SET updated_at = now() - interval '61 seconds'"))
    async with database.transaction(user) as tx:
        assert not await repeats.release(tx, user, other, 60)
        assert await repeats.release(tx, user, again, 60) == first.session
        assert await turns.hear(tx, user, again)
        assert not await repeats.release(tx, user, again, 60)
