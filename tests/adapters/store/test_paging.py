"""The last page of a long history costs about what the first one does."""

import time

import pytest
from sqlalchemy import text

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import history
from outfitter.core.user import User
from programs.databases import make_user

SESSIONS, PAGE, ROUNDS = 2000, 20, 15

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

    of_few, of_many = [], []
    for _ in range(ROUNDS):
        of_few.append(await _seconds(database, few, 0, PAGE))
        of_many.append(await _seconds(database, many, 0))

    assert min(of_many) <= 1.5 * min(of_few), (min(of_many), min(of_few))


@pytest.mark.alone
async def test_the_last_page_is_about_as_cheap_as_the_first(
    database: Database, owner: Database, user: User
) -> None:
    async with owner.as_owner() as tx:
        await tx.execute(_FILL, {"user": user.id, "sessions": SESSIONS})
        await tx.execute(text("ANALYZE sessions, chat_messages"))

    first, last = [], []
    for _ in range(ROUNDS):
        first.append(await _seconds(database, user, 0))
        last.append(await _seconds(database, user, SESSIONS - PAGE))

    assert min(last) <= 1.5 * min(first), (min(last), min(first))


async def _seconds(database: Database, user: User, offset: int, sessions: int = SESSIONS) -> float:
    started = time.perf_counter()
    async with database.transaction(user) as tx:
        page = await history.page(tx, user, limit=PAGE, offset=offset, session=None)
    assert len(page.sessions) == PAGE
    assert page.total_count == sessions
    return time.perf_counter() - started
