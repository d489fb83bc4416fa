"""Agents read back, and how often a user may do something, counted in the log of what was done."""

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import agents
from outfitter.core.agent import AgentSpec
from outfitter.core.quota import Quota
from outfitter.core.user import User
from programs.databases import make_user

QUOTA = Quota("tries", 3, 3600)
DONE = """
    INSERT INTO audit_log (user_id, action, outcome, created_at)
    VALUES (CAST(:user AS uuid), 'tried', 'ok', now() - make_interval(secs => :seconds))
"""

MADE = """
    WITH opened AS (
        INSERT INTO sessions (user_id) VALUES (CAST(:user AS uuid)) RETURNING id, user_id
    )
    INSERT INTO agents (id, user_id, session_id, version, name, spec, created_at)
    SELECT CAST(:agent AS uuid), user_id, id, 1, :name, CAST(:spec AS jsonb),
           now() - make_interval(secs => :seconds)
    FROM opened
"""


async def make(database: Database, user: User, name: str, *, seconds_ago: int) -> str:
    """The id of an agent of the user, made that long ago."""
    agent, spec = new_id(), AgentSpec(name=name, goal="help", steps=(), equipment=())
    values = {"user": user.id, "agent": agent, "name": name, "seconds": seconds_ago}
    async with database.transaction(user) as tx:
        await tx.execute(text(MADE), values | {"spec": spec.model_dump_json()})
    return agent


async def test_of_several_agents_the_one_that_is_asked_for_is_read(
    database: Database, user: User
) -> None:
    made = {name: await make(database, user, name, seconds_ago=9) for name in ("one", "other")}
    async with database.transaction(user) as tx:
        for name, agent in made.items():
            found = await agents.one(tx, user, agent)
            assert found
            assert (found.id, found.spec.name) == (agent, name)


async def test_agents_are_shown_by_the_page_the_newest_first(
    database: Database, user: User
) -> None:
    for name, seconds_ago in (("second", 20), ("third", 30), ("first", 10)):
        await make(database, user, name, seconds_ago=seconds_ago)
    async with database.transaction(user) as tx:
        first, total = await agents.page(tx, user, limit=2, offset=0)
        rest, _ = await agents.page(tx, user, limit=2, offset=2)

    assert [one.name for one in first] == ["first", "second"]
    assert [one.name for one in rest] == ["third"]
    assert total == 3


async def do(database: Database, user: User, *, seconds_ago: int) -> None:
    """Note that the user did it that long ago."""
    async with database.transaction(user) as tx:
        await tx.execute(text(DONE), {"user": user.id, "seconds": seconds_ago})


async def wait(database: Database, user: User, quota: Quota = QUOTA) -> int:
    """For how long the user must wait."""
    async with database.transaction(user) as tx:
        return await agents.wait(tx, "tried", quota)


@pytest.mark.proves("R-61")
async def test_who_did_it_too_often_waits_until_the_first_of_these_is_long_ago(
    database: Database, owner: Database
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    for seconds_ago in (5000, 3000, 2000):
        await do(database, user, seconds_ago=seconds_ago)
    assert await wait(database, user) == 0

    await do(database, user, seconds_ago=1000)
    # What a busy machine takes until then is waited less.
    assert 580 < await wait(database, user) <= 600
    assert await wait(database, other) == 0


async def test_with_more_done_than_the_quota_has_more_must_pass(
    database: Database, user: User
) -> None:
    for seconds_ago in (3000, 2000, 1000, 0):
        await do(database, user, seconds_ago=seconds_ago)

    assert 1580 < await wait(database, user) <= 1600


async def test_what_was_noted_counts_for_what_it_was(database: Database, user: User) -> None:
    async with database.transaction(user) as tx:
        await agents.note(tx, user, "agent.exported", "an-agent", None)
        assert await agents.wait(tx, "agent.exported", Quota("once", 1, 60)) == 60
        assert await agents.wait(tx, "agent.probed", Quota("once", 1, 60)) == 0
