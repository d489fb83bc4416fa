"""Statements name their user themselves: without row security too they keep users apart."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import Tx, account, agents, credentials, history, repeats, turns
from outfitter.adapters.store.credentials import Sealed
from outfitter.core.agent import AgentSpec
from outfitter.core.user import User
from programs.databases import make_user

HERS = Sealed("notion", "NOTION_TOKEN", "hers", "k1")
HIS = replace(HERS, sealed="his")
SPEC = AgentSpec(name="helper", goal="help", steps=(), equipment=())
EVERYTHING = """
    SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM chat_messages),
           (SELECT string_agg(state, ',') FROM turns), (SELECT count(*) FROM agents),
           (SELECT string_agg(sealed || state, ',' ORDER BY sealed) FROM credentials),
           (SELECT count(*) FROM audit_log)
"""


@dataclass(frozen=True)
class Stored:
    """What Alice has stored, and Bob, who knows all her ids."""

    alice: User
    bob: User
    hearing: turns.Hearing
    agent: str


@pytest.fixture
async def stored(database: Database, owner: Database) -> Stored:
    """A conversation, an agent and a credential of Alice's, and a credential of Bob's."""
    alice, bob = await make_user(owner), await make_user(owner)
    heard = turns.Hearing(new_id(), new_id(), True, new_id(), "hello", (HERS,), "key", "hash")
    agent = new_id()
    async with database.transaction(alice) as tx:
        await turns.hear(tx, alice, heard)
        await turns.record(tx, alice, replace(_record(heard), agent=agent, version=1))
    async with database.transaction(bob) as tx:
        own = turns.Hearing(new_id(), new_id(), True, new_id(), "hi", (HIS,))
        await turns.hear(tx, bob, own)
    return Stored(alice, bob, heard, agent)


@pytest.fixture
async def tx(owner: Database, stored: Stored) -> AsyncIterator[Tx]:
    """A transaction of Bob's that row security does not bind."""
    claims = text("SELECT set_config('request.jwt.claims', :claims, true)")
    async with owner.as_owner() as tx:
        await tx.execute(claims, {"claims": json.dumps({"sub": stored.bob.id})})
        yield tx


def _record(heard: turns.Hearing) -> turns.Record:
    return turns.Record(
        turn=heard.turn,
        session=heard.session,
        message_id=new_id(),
        message="re",
        metadata={},
        context={},
        collected={},
        analysis={},
        response={},
        name="helper",
        spec=SPEC.model_dump(mode="json"),
    )


@pytest.mark.proves("R-30", "R-32")
async def test_nobody_elses_is_read(tx: Tx, stored: Stored) -> None:
    bob, session = stored.bob, stored.hearing.session

    assert await turns.rejoin(tx, bob, session) is None
    assert await repeats.with_key(tx, bob, "key") is None
    assert await history.session_with_messages(tx, bob, session) is None
    named = await history.page(tx, bob, limit=9, offset=0, session=session)
    assert (named.sessions, named.total_count) == ([], 0)
    page = await history.page(tx, bob, limit=9, offset=0, session=None)
    assert [len(one["messages"]) for one in page.sessions] == [page.total_count] == [1]
    assert await agents.one(tx, bob, stored.agent) is None
    assert await agents.page(tx, bob, limit=9, offset=0) == ([], 0)
    assert await credentials.sealed_of(tx, bob, ["notion"]) == [HIS]
    assert len(await credentials.list_keys(tx, bob)) == 1
    own = await turns.rejoin(tx, stored.alice, session)
    assert own is not None
    assert own.sealed == (HERS,)


@pytest.mark.proves("R-30")
async def test_nobody_elses_is_changed(tx: Tx, stored: Stored) -> None:
    bob, hers = stored.bob, stored.hearing
    await tx.execute(text("UPDATE turns SET state = 'received' WHERE response IS NOT NULL"))
    before = (await tx.execute(text(EVERYTHING))).one()

    more = replace(hers, turn=new_id(), opens=False, message_id=new_id(), idempotency_key=None)
    assert await turns.hear(tx, bob, more) is None
    assert await repeats.release(tx, bob, hers, 0) is None
    assert not await turns.record(tx, bob, _record(hers))
    await turns.fail(tx, bob, hers.turn)
    assert not await history.delete(tx, bob, hers.session, None)
    await credentials.spoil(tx, bob, [HERS], None)
    assert (await tx.execute(text(EVERYTHING))).one() == before

    await tx.execute(text("UPDATE turns SET idempotency_key = 'key' WHERE response IS NOT NULL"))
    assert await repeats.with_key(tx, bob, "key") is None
    assert await repeats.release(tx, bob, hers, 0) is None
    same = replace(hers, turn=new_id(), session=new_id(), message_id=new_id(), sealed=())
    heard = await turns.hear(tx, bob, same)
    assert heard is not None
    assert heard.earlier == ()

    await tx.execute(text("UPDATE credentials SET state = 'unreadable'"))
    await credentials.restore(tx, bob, [HERS], None)
    assert await credentials.list_keys(tx, stored.alice) == []
    assert await credentials.forget(tx, bob, "notion", None) == 1
    left = await tx.execute(text("SELECT sealed FROM credentials"))
    assert left.scalars().all() == ["hers"]


@pytest.mark.proves("R-30")
async def test_who_leaves_takes_nobody_elses_along(tx: Tx, stored: Stored) -> None:
    await account.delete(tx, stored.bob, None)

    left = await tx.execute(
        text("SELECT CAST(user_id AS text), sealed FROM sessions JOIN credentials USING (user_id)")
    )
    assert [tuple(row) for row in left] == [(stored.alice.id, HERS.sealed)]
