"""What is old goes, in pieces if need be; what is new, in use, or needed for ever stays."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import account, agents, repeats, turns
from outfitter.adapters.store.turns import Hearing
from outfitter.core.errors import Unauthenticated
from outfitter.core.quota import Quota
from outfitter.core.user import User
from outfitter.service.pruning import PAGES, Pruning
from programs.databases import grow_old, make_user
from programs.processes import run_command

ALL = ("turns", "turn_slots", "audit_log", "sessions")
DAYS = 400
MAKE_AGENT = """
    INSERT INTO agents (user_id, session_id, version, name, spec)
    SELECT user_id, id, 1, 'a', '{}' FROM sessions WHERE id = CAST(:session AS uuid)
"""
MANY_SLOTS = """
    INSERT INTO turn_slots (pseudonym, span, slot, heard_at)
    SELECT gen_random_uuid(), 60, 1, now() - interval '2 years' FROM generate_series(1, :rows)
"""


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


async def say(
    database: Database, user: User, session: str | None = None, key: str | None = None
) -> str:
    """Store a message as the service does; the session that it is in."""
    there = session or new_id()
    quotas = (Quota("day", 5, 86400),)
    hearing = Hearing(
        new_id(), there, session is None, new_id(), "hello", idempotency_key=key, quotas=quotas
    )
    async with database.transaction(user, shares=turns.lock_of(user)) as tx:
        assert await turns.hear(tx, user, hearing)
        await agents.note(tx, user, "agent.exported", "a", None)
    return there


async def left(owner: Database) -> dict[str, int]:
    """How many rows there are."""
    tables = (*ALL, "chat_messages", "agents", "credentials")
    async with owner.as_owner() as tx:
        counts = [await tx.scalar(text(f"SELECT count(*) FROM {one}")) for one in tables]  # noqa: S608
    return {table: int(count or 0) for table, count in zip(tables, counts, strict=True)}


@pytest.mark.parametrize("tables", [ALL, ALL[:-1]])
async def test_what_is_old_goes_and_what_is_new_stays(
    database: Database, owner: Database, tables: tuple[str, ...]
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    await say(database, user, key="k")
    await grow_old(owner, DAYS + 1)
    await say(database, other, key="k")
    pruning = Pruning(owner)

    there = await left(owner)
    looked = await pruning.look(tables, DAYS, silent)
    assert looked == dict.fromkeys(tables, 1)
    assert await left(owner) == there
    assert await pruning.run(tables, DAYS, silent) == looked
    assert await pruning.run(tables, DAYS, silent) == dict.fromkeys(tables, 0)

    now = await left(owner)
    assert (now["turns"], now["turn_slots"]) == (1, 1)
    assert now["sessions"] == now["chat_messages"] == (1 if "sessions" in tables else 2)
    async with database.transaction(other) as tx:
        assert await repeats.with_key(tx, other, "k")


async def test_a_session_stays_for_its_agent_and_for_a_message_that_was_heard_since(
    database: Database, owner: Database, user: User
) -> None:
    made, alive, idle = [await say(database, user) for _ in range(3)]
    async with owner.as_owner() as tx:
        await tx.execute(text(MAKE_AGENT), {"session": made})
    await grow_old(owner, DAYS + 1)
    await say(database, user, alive)
    assert (await Pruning(owner).run(("sessions",), DAYS, silent)) == {"sessions": 1}
    async with owner.as_owner() as tx:
        found = await tx.execute(text("SELECT CAST(id AS text) FROM sessions"))
        assert set(found.scalars()) == {made, alive}
    assert (await left(owner))["agents"] == 1
    assert idle not in {made, alive}


async def test_a_session_in_which_somebody_is_just_being_heard_is_passed_over(
    database: Database, owner: Database, user: User
) -> None:
    session = await say(database, user)
    await grow_old(owner, DAYS + 1)
    hearing = Hearing(new_id(), session, False, new_id(), "and more")
    async with database.transaction(user, shares=turns.lock_of(user)) as tx:
        assert await turns.hear(tx, user, hearing)
        found = await asyncio.wait_for(Pruning(owner).run(ALL, DAYS, silent), 2)
    assert found["sessions"] == 0
    assert (await left(owner))["sessions"] == 1


@pytest.mark.proves("R-64")
async def test_a_token_from_before_an_account_was_deleted_is_refused_for_ever(
    database: Database, owner: Database
) -> None:
    user = replace(await make_user(owner), issued_at=int(time.time()) - (DAYS + 2) * 86400)
    await say(database, user)
    async with database.transaction(user, lock=turns.lock_of(user)) as tx:
        await account.delete(tx, user, None)
    await grow_old(owner, DAYS + 1)
    assert (await Pruning(owner).run(ALL, DAYS, silent))["audit_log"] == 1
    with pytest.raises(Unauthenticated, match="deleted"):
        await say(database, user)


@pytest.mark.proves("R-65")
async def test_the_log_tells_that_it_was_pruned_even_if_that_broke_off(owner: Database) -> None:
    async with owner.as_owner() as tx:
        await tx.execute(text(MANY_SLOTS), {"rows": 500 * PAGES})

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await Pruning(owner).run(("turn_slots", "audit_log"), DAYS, interrupt)
    half = (await left(owner))["turn_slots"]
    assert 0 < half < 500 * PAGES
    async with owner.as_owner() as tx:
        noted = await tx.execute(text("SELECT object FROM audit_log WHERE action = 'pruned'"))
        assert noted.scalar_one().startswith("turn_slots, audit_log before 20")

    told: list[tuple[int, int]] = []
    pruned = await Pruning(owner).run(("turn_slots",), DAYS, lambda *done: told.append(done))
    assert pruned == {"turn_slots": half}
    assert told[-1][0] == told[-1][1] > PAGES


async def test_the_command_says_how_much_it_is(
    database: Database, owner: Database, database_url: str, tmp_path: Path, user: User
) -> None:
    await say(database, user)
    await grow_old(owner, DAYS + 1)
    arguments = ("prune", "--older-than", str(DAYS), "--sessions")
    said = [
        await asyncio.to_thread(
            run_command, tmp_path, *arguments, *more, MIGRATION_DATABASE_URL=database_url
        )
        for more in (("--dry-run",), (), ())
    ]
    assert [one.stdout for one in said] == [
        "1 turn, 1 turn slot, 1 log line, 1 session would be pruned.\n",
        "1 turn, 1 turn slot, 1 log line, 1 session pruned.\n",
        "0 turns, 0 turn slots, 0 log lines, 0 sessions pruned.\n",
    ], said[0].stderr
