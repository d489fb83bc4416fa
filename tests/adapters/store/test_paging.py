"""The last page of a long history costs about what the first one does."""

import math
import time
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from sqlalchemy import text

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import history
from outfitter.core.user import User
from programs.databases import make_user

SESSIONS, PAGE = 2000, 20
# What else the machine does slows a round down, and may leave one of them alone.
FEWEST_ROUNDS, MOST_ROUNDS = 15, 300

Measure = Callable[[], Awaitable[float]]

_FILL = text(
    """
    WITH made AS (
        INSERT INTO sessions (user_id, created_at, title, context)
        SELECT CAST(:user AS uuid), now() - make_interval(mins => n), 'session ' || n,
               jsonb_build_object('filler', repeat('x', 500))
        FROM generate_series(1, CAST(:sessions AS int)) AS n
        RETURNING id, user_id
    )
    INSERT INTO chat_messages (session_id, user_id, message, role)
    SELECT id, user_id, repeat('said ', 40), 'user' FROM made, generate_series(1, 5)
    """
)


@pytest.mark.alone
async def test_a_page_of_ten_thousand_messages_is_about_as_cheap_as_one_of_a_hundred(
    database: Database, owner: Database
) -> None:
    few, many = await make_user(owner), await make_user(owner)
    async with owner.as_owner() as tx:
        await tx.execute(_FILL, {"user": few.id, "sessions": PAGE})
        await tx.execute(_FILL, {"user": many.id, "sessions": SESSIONS})
        await tx.execute(text("ANALYZE sessions, chat_messages"))

    of_few = partial(_seconds, database, few, 0, PAGE)
    of_many = partial(_seconds, database, many, 0)
    assert await _are_alike(of_few, of_many)


@pytest.mark.alone
async def test_the_last_page_is_about_as_cheap_as_the_first(
    database: Database, owner: Database, user: User
) -> None:
    async with owner.as_owner() as tx:
        await tx.execute(_FILL, {"user": user.id, "sessions": SESSIONS})
        await tx.execute(text("ANALYZE sessions, chat_messages"))

    first = partial(_seconds, database, user, 0)
    last = partial(_seconds, database, user, SESSIONS - PAGE)
    assert await _are_alike(first, last)


async def _are_alike(one: Measure, other: Measure) -> bool:
    """Whether the other takes at most half as long again, each at its best."""
    best, best_of_other = math.inf, math.inf
    for rounds in range(1, MOST_ROUNDS + 1):
        best, best_of_other = min(best, await one()), min(best_of_other, await other())
        if rounds >= FEWEST_ROUNDS and best_of_other <= 1.5 * best:
            return True
    return False


async def _seconds(database: Database, user: User, offset: int, sessions: int = SESSIONS) -> float:
    started = time.perf_counter()
    async with database.transaction(user) as tx:
        page = await history.page(tx, user, limit=PAGE, offset=offset, session=None)
    assert len(page.sessions) == PAGE
    assert page.total_count == sessions
    return time.perf_counter() - started
