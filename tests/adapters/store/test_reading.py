"""Conversations, agents and credentials read back, and deleted."""

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import account, agents, credentials, history, turns
from outfitter.adapters.store.credentials import Sealed
from outfitter.core.agent import AgentSpec
from outfitter.core.quota import Quota
from outfitter.core.user import User
from programs.databases import make_user

SEALED = (
    Sealed("notion", "NOTION_TOKEN", "first", "k1"),
    Sealed("slack", "SLACK_TEAM", "team", "k1"),
    Sealed("slack", "SLACK_TOKEN", "token", "k1"),
)
SPEC = AgentSpec(name="helper", goal="help", steps=(), equipment=())
ONCE = Quota("once", 1, 60)


async def converse(database: Database, user: User, message: str) -> tuple[str, str]:
    """A session of one message, an answer and an agent; the ids of session and agent."""
    session, turn, agent = new_id(), new_id(), new_id()
    hearing = turns.Hearing(turn, session, True, new_id(), message, SEALED)
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, hearing)
    record = turns.Record(
        turn=turn,
        session=session,
        message_id=new_id(),
        message=f"re: {message}",
        metadata={},
        context={},
        collected={},
        analysis={},
        response={},
        agent=agent,
        version=1,
        name="helper",
        spec=SPEC.model_dump(mode="json"),
    )
    async with database.transaction(user) as tx:
        await turns.record(tx, user, record)
    return session, agent


async def test_sessions_come_newest_first_with_their_messages_in_order(
    database: Database, user: User
) -> None:
    made = [(await converse(database, user, said))[0] for said in ("one", "two", "three")]
    async with database.transaction(user) as tx:
        page = await history.page(tx, user, limit=2, offset=0, session=None)
        beyond = await history.page(tx, user, limit=2, offset=9, session=None)
    assert [one["session_id"] for one in page.sessions] == [made[2], made[1]]
    assert [said["message"] for said in page.sessions[0]["messages"]] == ["three", "re: three"]
    assert (page.total_count, page.sessions[0]["title"]) == (3, "three")
    assert (beyond.total_count, beyond.sessions) == (3, [])


async def test_one_session_is_read_by_its_user_only(database: Database, owner: Database) -> None:
    user, other = await make_user(owner), await make_user(owner)
    session, agent = await converse(database, user, "one")
    async with database.transaction(user) as tx:
        page = await history.page(tx, user, limit=5, offset=0, session=session)
        found = await history.session_with_messages(tx, user, session)
    assert page.total_count == 1
    assert found is not None
    assert found[0]["collected_credentials"] == {}
    assert [said["role"] for said in found[1]] == ["user", "assistant"]
    async with database.transaction(other) as tx:
        assert await history.session_with_messages(tx, other, session) is None
        assert await agents.one(tx, other, agent) is None
        assert not await history.delete(tx, other, session, None)


async def test_a_deleted_session_takes_its_agent_along(database: Database, user: User) -> None:
    session, agent = await converse(database, user, "one")
    async with database.transaction(user) as tx:
        assert await history.delete(tx, user, session, "request-1")
    async with database.transaction(user) as tx:
        assert await agents.one(tx, user, agent) is None
        assert await agents.wait(tx, "session.deleted", ONCE) > 0


async def test_agents_are_listed_newest_first(database: Database, user: User) -> None:
    made = [await converse(database, user, said) for said in ("one", "two")]
    async with database.transaction(user) as tx:
        page, total = await agents.page(tx, user, limit=1, offset=0)
    session, agent = made[1]
    assert total == 2
    assert [(one.id, one.session_id) for one in page] == [(agent, session)]


async def test_of_a_listed_agent_no_more_is_read_than_what_is_shown(
    database: Database, user: User, owner: Database
) -> None:
    await converse(database, user, "one")
    spec = '{"equipment": [{"server": {"name": "notion"}}, {"server": {"name": "slack"}}]}'
    async with owner.as_owner() as tx:
        await tx.execute(text("UPDATE agents SET spec = CAST(:spec AS jsonb)"), {"spec": spec})
    async with database.transaction(user) as tx:
        page, _ = await agents.page(tx, user, limit=1, offset=0)
    assert [(one.name, one.servers) for one in page] == [("helper", ("notion", "slack"))]


@pytest.mark.proves("R-43")
async def test_credentials_are_listed_opened_spoiled_and_forgotten(
    database: Database, user: User
) -> None:
    await converse(database, user, "one")
    async with database.transaction(user) as tx:
        listed = await credentials.list_keys(tx, user)
        assert [(one.server, one.key) for one in listed] == [
            (one.server, one.key) for one in SEALED
        ]
        assert await credentials.sealed_of(tx, user, ["notion"]) == [SEALED[0]]
        team = next(one for one in SEALED if one.key == "SLACK_TEAM")
        await credentials.spoil(tx, user, [team], None)
        assert await credentials.forget(tx, user, "notion", None) == 1
        assert await credentials.forget(tx, user, "notion", None) == 0
    async with database.transaction(user) as tx:
        again = turns.Hearing(new_id(), new_id(), True, new_id(), "again")
        await turns.hear(tx, user, again)
        now = await turns.rejoin(tx, user, again.session)
    assert now is not None
    assert now.stored == {"slack": frozenset({"SLACK_TOKEN"})}


@pytest.mark.proves("R-64")
async def test_a_deleted_account_leaves_only_the_log(database: Database, owner: Database) -> None:
    user, other = await make_user(owner), await make_user(owner)
    await converse(database, user, "one")
    await converse(database, other, "two")
    async with database.transaction(user) as tx:
        await account.delete(tx, user, None)
    async with owner.as_owner() as tx:
        for table in ("sessions", "turns", "chat_messages", "credentials", "agents"):
            left = await tx.execute(text(f"SELECT DISTINCT user_id FROM {table}"))  # noqa: S608
            assert [str(one) for one in left.scalars()] == [other.id]
        noted = text("SELECT user_id FROM audit_log WHERE action = 'account.deleted'")
        assert [str(one) for one in (await tx.execute(noted)).scalars()] not in ([], [user.id])
