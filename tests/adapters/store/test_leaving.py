"""A deleted account: its tokens count no more, and what was noted tells of nobody."""

import asyncio
import json
import time
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import account, agents, sign_ins, turns
from outfitter.adapters.store.turns import Hearing
from outfitter.core.errors import Unauthenticated
from outfitter.core.user import User
from programs.databases import is_refused, make_user, somebody_waits
from waiting import until

CLAIM = text("SELECT set_config('request.jwt.claims', :claims, true)")

# More than goes in one piece.
MANY = """
    WITH said AS (
        INSERT INTO sessions (user_id) SELECT CAST(:user AS uuid) FROM generate_series(1, :sessions)
    )
    INSERT INTO audit_log (user_id, action, outcome)
    SELECT CAST(:user AS uuid), 'noted', 'ok' FROM generate_series(1, :lines)
"""


async def leave(database: Database, user: User) -> None:
    """Delete an account as the service does."""
    async with database.transaction(user, lock=turns.lock_of(user)) as tx:
        await account.delete(tx, user, "r1")


async def come(database: Database, user: User) -> None:
    """Open a session."""
    opening = Hearing(new_id(), new_id(), True, new_id(), "hello")
    async with database.transaction(user, remember=True, shares=turns.lock_of(user)) as tx:
        assert await turns.hear(tx, user, opening)


async def rows(owner: Database, statement: str) -> list[tuple[object, ...]]:
    """What the owner finds."""
    async with owner.as_owner() as tx:
        return [tuple(row) for row in await tx.execute(text(statement))]


@pytest.mark.proves("R-64")
async def test_tokens_from_before_count_no_more_and_recreate_nothing(
    database: Database, owner: Database
) -> None:
    user = replace(await make_user(owner), issued_at=int(time.time()))
    other = await make_user(owner)
    await come(database, user)
    await leave(database, user)
    for attempt in (come, leave):
        with pytest.raises(Unauthenticated) as refused:
            await attempt(database, user)
        assert refused.value.code == "account_deleted"
    assert await rows(owner, "SELECT 1 FROM sessions") == []
    assert await rows(owner, "SELECT CAST(id AS text) FROM auth.users") == [(other.id,)]
    await come(database, other)

    await come(database, replace(user, issued_at=int(time.time()) + 1))
    assert len(await rows(owner, "SELECT 1 FROM sessions")) == 2


@pytest.mark.proves("R-64")
async def test_a_token_from_a_clock_that_is_ahead_is_still_an_old_one(
    database: Database, owner: Database
) -> None:
    user = replace(await make_user(owner), issued_at=int(time.time()) + 30)
    await leave(database, user)
    with pytest.raises(Unauthenticated):
        await come(database, user)


@pytest.mark.proves("R-64", "R-65")
async def test_what_was_noted_is_kept_under_a_pseudonym(
    database: Database, owner: Database
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    for one in (user, other):
        async with database.transaction(one) as tx:
            await agents.note(tx, one, "agent.exported", "a", None)
    await leave(database, user)

    noted = "SELECT DISTINCT CAST(user_id AS text) FROM audit_log WHERE user_id <> '{}'"
    ((pseudonym,),) = await rows(owner, noted.format(other.id))
    assert pseudonym != user.id
    actions = f"SELECT action FROM audit_log WHERE user_id = '{pseudonym}' ORDER BY action"  # noqa: S608
    assert await rows(owner, actions) == [("account.deleted",), ("agent.exported",)]


async def test_however_much_was_noted_the_pseudonym_is_made_a_few_times(owner: Database) -> None:
    user = await make_user(owner)
    asks = text("SELECT pg_stat_get_xact_function_calls(to_regprocedure('own_pseudonym()'))")
    async with owner.as_owner() as tx:
        await tx.execute(text("SET LOCAL track_functions = 'all'"))
        await tx.execute(CLAIM, {"claims": json.dumps({"sub": user.id})})
        for number in range(50):
            await agents.note(tx, user, "agent.exported", str(number), None)
        await account.delete(tx, user, None)
        assert await tx.scalar(asks) < 10


async def test_a_message_that_waits_for_the_deletion_is_not_heard(
    database: Database, owner: Database
) -> None:
    user = replace(await make_user(owner), issued_at=int(time.time()))
    async with database.transaction(user, lock=turns.lock_of(user)) as tx:
        late = asyncio.create_task(come(database, user))
        await until(lambda: somebody_waits(owner))
        await account.delete(tx, user, None)
    with pytest.raises(Unauthenticated):
        await late
    assert await rows(owner, "SELECT 1 FROM sessions") == []


@pytest.mark.proves("R-64")
async def test_a_sign_in_that_is_just_being_noted_tells_of_nobody_either(
    database: Database, owner: Database
) -> None:
    user = await make_user(owner)

    async def done_or_waits() -> bool:
        return leaving.done() or await somebody_waits(owner)

    async with database.as_owner() as tx:
        await sign_ins.note(tx, "ok", user.id, "192.0.2.7", "r1")
        leaving = asyncio.create_task(leave(database, user))
        await until(done_or_waits)
    await leaving

    told = f"SELECT action FROM audit_log WHERE user_id = '{user.id}' OR ip IS NOT NULL"  # noqa: S608
    assert await rows(owner, told) == []
    kept = "SELECT action FROM audit_log ORDER BY action"
    assert await rows(owner, kept) == [("account.deleted",), ("sign_in",)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM turn_slots",
        "DELETE FROM turn_slots",
        "SELECT * FROM pseudonym_key",
        "SELECT own_pseudonym()",
        "SELECT note_sign_in(NULL, 'ok', NULL, NULL)",
        "SELECT hide_actions(1)",
    ],
)
async def test_nobody_but_the_functions_reaches_counts_and_pseudonyms(
    database: Database, statement: str, user: User
) -> None:
    with pytest.raises(DBAPIError, check=is_refused):
        async with database.transaction(user) as tx:
            await tx.execute(text(statement))


@pytest.mark.proves("R-64")
async def test_whoever_said_more_than_a_statement_deletes_leaves_nothing_either(
    database: Database, owner: Database
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    async with owner.as_owner() as tx:
        for one in (user, other):
            await tx.execute(text(MANY), {"user": one.id, "sessions": 5001, "lines": 50_001})
    await leave(database, user)

    left = "SELECT CAST(user_id AS text), count(*) FROM {} GROUP BY user_id ORDER BY count(*)"
    assert await rows(owner, left.format("sessions")) == [(other.id, 5001)]
    (theirs, pseudonym) = await rows(owner, left.format("audit_log"))
    assert theirs == (other.id, 50_001)
    assert pseudonym[0] != user.id
    assert pseudonym[1] == 50_001 + 1
