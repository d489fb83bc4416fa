"""A message heard and its answer recorded, each in one statement."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import history, repeats, turns
from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.store.turns import Hearing, Record
from outfitter.core.user import User
from programs.databases import make_user, somebody_waits
from waiting import until

TOKEN = Sealed("notion", "NOTION_TOKEN", "sealed-value", "k1")
SPEC = {"name": "helper"}


def hearing(session: str | None = None, message: str = "hello", **fields: Any) -> Hearing:  # noqa: ANN401
    """A message that opens a session, or goes on with one."""
    return Hearing(new_id(), session or new_id(), session is None, new_id(), message, **fields)


def answer(heard: Hearing, **fields: Any) -> Record:  # noqa: ANN401
    """What is recorded for a message."""
    empty: dict[str, Any] = {"metadata": {}, "context": {}, "collected": {}, "analysis": {}}
    said = empty | {"message": "hi", "response": {"reply": "hi"}} | fields
    return Record(turn=heard.turn, session=heard.session, message_id=new_id(), **said)


def made(version: int) -> dict[str, Any]:
    """What is recorded of an agent, beside the answer."""
    return {"agent": new_id(), "version": version, "name": "helper", "spec": SPEC}


async def test_a_first_message_opens_a_session(database: Database, user: User) -> None:
    first = hearing(sealed=(TOKEN,))
    async with database.transaction(user) as tx:
        heard = await turns.hear(tx, user, first)
        now = await turns.rejoin(tx, user, first.session)
    assert heard == turns.Joined({}, ())
    assert now == turns.Rejoined({}, {}, (TOKEN,), None)
    assert now.stored == {"notion": frozenset({"NOTION_TOKEN"})}


async def test_a_value_that_is_brought_anew_takes_the_place_of_the_old_one(
    database: Database, user: User
) -> None:
    anew = replace(TOKEN, sealed="sealed-anew", key_id="k2")
    first = hearing(sealed=(TOKEN,))
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)
        await turns.hear(tx, user, hearing(first.session, sealed=(anew,)))
        now = await turns.rejoin(tx, user, first.session)
    assert now
    assert now.sealed == (anew,)


async def test_the_next_message_finds_what_was_said(database: Database, user: User) -> None:
    first = hearing(sealed=(TOKEN,))
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, hearing(message="elsewhere"))
        await turns.hear(tx, user, first)
    async with database.transaction(user) as tx:
        assert await turns.record(tx, user, answer(first, context={"plan": 1}))
    async with database.transaction(user) as tx:
        heard = await turns.hear(tx, user, hearing(first.session, "and then?"))
    assert heard == turns.Joined({"plan": 1}, (("user", "hello"), ("assistant", "hi")))


async def test_the_latest_six_messages_are_found_in_the_order_in_which_they_came(
    database: Database, user: User
) -> None:
    said = hearing(message="0")
    for number in range(4):
        async with database.transaction(user) as tx:
            await turns.hear(tx, user, said)
        async with database.transaction(user) as tx:
            await turns.record(tx, user, answer(said, message=f"{number}!"))
        said = hearing(said.session, f"{number + 1}")
    async with database.transaction(user) as tx:
        heard = await turns.hear(tx, user, said)
        session, _ = await history.session_with_messages(tx, user, said.session) or ({}, [])
    assert heard
    assert [message for _, message in heard.earlier] == ["1", "1!", "2", "2!", "3", "3!"]
    assert session["updated_at"] > session["created_at"]


async def test_a_session_is_read_with_what_was_said_in_it_alone(
    database: Database, user: User
) -> None:
    here, there = hearing(message="here"), hearing(message="there")
    async with database.transaction(user) as tx:
        for said in (here, there):
            await turns.hear(tx, user, said)
            _, messages = await history.session_with_messages(tx, user, said.session) or ({}, [])
            assert [one["message"] for one in messages] == [said.message]
        page = await history.page(tx, user, limit=2, offset=0, session=here.session)
    (session,) = page.sessions
    assert (session["title"], [one["message"] for one in session["messages"]]) == ("here", ["here"])


@pytest.mark.proves("R-31")
async def test_a_message_into_the_session_of_another_is_not_heard(
    database: Database, owner: Database
) -> None:
    user, intruder = await make_user(owner), await make_user(owner)
    first = hearing()
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)
    async with database.transaction(intruder) as tx:
        assert await turns.hear(tx, intruder, hearing(first.session, sealed=(TOKEN,))) is None
        assert await turns.rejoin(tx, intruder, first.session) is None
        assert not await turns.record(tx, intruder, answer(first))


async def test_a_session_is_deleted_before_its_answer_or_after(
    database: Database, owner: Database, user: User
) -> None:
    first = hearing()
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)

    async def leave() -> bool:
        async with database.transaction(user) as tx:
            return await history.delete(tx, user, first.session, None)

    async with database.transaction(user) as tx:
        assert await turns.rejoin(tx, user, first.session)
        leaving = asyncio.create_task(leave())
        await until(lambda: somebody_waits(owner))
        assert await turns.record(tx, user, answer(first))
    assert await leaving
    async with database.transaction(user) as tx:
        assert await turns.rejoin(tx, user, first.session) is None


async def test_a_message_into_a_session_that_is_just_being_deleted_is_not_heard(
    database: Database, owner: Database, user: User
) -> None:
    first = hearing()
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)

    async def say_more() -> turns.Joined | None:
        async with database.transaction(user) as tx:
            return await turns.hear(tx, user, hearing(first.session))

    async with database.transaction(user) as tx:
        assert await history.delete(tx, user, first.session, None)
        late = asyncio.create_task(say_more())
        await until(lambda: somebody_waits(owner))
    assert await late is None


@pytest.mark.proves("R-62")
async def test_a_key_is_taken_once(database: Database, user: User) -> None:
    first = hearing(idempotency_key="k", request_hash="h")
    again = hearing(idempotency_key="k", request_hash="h")
    async with database.transaction(user) as tx:
        assert await turns.hear(tx, user, hearing(idempotency_key="another", request_hash="a"))
        assert await turns.hear(tx, user, first)
    async with database.transaction(user) as tx:
        assert await turns.hear(tx, user, again) is None
        assert await repeats.release(tx, user, again, 60) is None
        assert await repeats.with_key(tx, user, "k") == repeats.Earlier("received", "h", None)
        assert await turns.record(tx, user, answer(first))
        await turns.fail(tx, user, first.turn)
        assert await repeats.release(tx, user, again, 0) is None
        done = await repeats.with_key(tx, user, "k")
        assert done == repeats.Earlier("answered", "h", {"reply": "hi"})
        other = await repeats.with_key(tx, user, "another")
        assert other == repeats.Earlier("received", "a", None)


@pytest.mark.proves("R-62")
async def test_a_turn_that_took_too_long_is_given_up_and_an_answered_one_never(
    database: Database, owner: Database, user: User
) -> None:
    first = hearing(idempotency_key="k", request_hash="h")
    again = replace(first, turn=new_id(), opens=False)

    async def let_pass() -> None:
        async with owner.as_owner() as tx:
            await tx.execute(text("UPDATE turns SET updated_at = now() - interval '61 seconds'"))

    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)
    await let_pass()
    async with database.transaction(user) as tx:
        assert await repeats.release(tx, user, again, 60) == first.session
        assert await turns.hear(tx, user, again)
        assert not await turns.record(tx, user, answer(first))
        assert await turns.record(tx, user, answer(again))
    await let_pass()
    async with database.transaction(user) as tx:
        assert await repeats.release(tx, user, again, 60) is None


@pytest.mark.proves("R-62")
async def test_what_failed_is_heard_again_where_it_was_and_stored_once(
    database: Database, owner: Database, user: User
) -> None:
    first = hearing(idempotency_key="k", request_hash="h")
    other = hearing(idempotency_key="k", request_hash="another")
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)
        await turns.fail(tx, user, first.turn)
    async with database.transaction(user) as tx:
        assert await turns.hear(tx, user, other) is None
        assert await repeats.release(tx, user, other, 60) is None
        assert await repeats.release(tx, user, first, 60) == first.session
        again = replace(first, turn=new_id(), opens=False)
        heard = await turns.hear(tx, user, again)
        assert heard
        assert heard.earlier == ()
        assert not await turns.record(tx, user, answer(first)), "it was given up"
        assert await turns.record(tx, user, answer(again))
    async with owner.as_owner() as tx:
        said = await tx.execute(text("SELECT role FROM chat_messages ORDER BY created_at"))
        assert [row.role for row in said] == ["user", "assistant"]


@pytest.mark.proves("R-62")
async def test_the_same_key_is_free_for_another_user(database: Database, owner: Database) -> None:
    for user in (await make_user(owner), await make_user(owner)):
        async with database.transaction(user) as tx:
            assert await turns.hear(tx, user, hearing(idempotency_key="k"))


async def test_the_latest_agent_of_the_session_is_found_when_rejoining(
    database: Database, user: User
) -> None:
    first, elsewhere = hearing(), hearing()
    async with database.transaction(user) as tx:
        await turns.hear(tx, user, first)
        await turns.hear(tx, user, elsewhere)
        await turns.record(tx, user, answer(elsewhere, **made(3)))
    for version in (1, 2):
        turn, latest = hearing(first.session), made(version)
        async with database.transaction(user) as tx:
            await turns.hear(tx, user, turn)
            await turns.record(tx, user, answer(turn, collected={"notion": {}}, **latest))
    async with database.transaction(user) as tx:
        found = await turns.rejoin(tx, user, first.session)
    agent = {"id": latest["agent"], "version": 2, "spec": SPEC}
    assert found == turns.Rejoined({}, {"notion": {}}, (), agent)
