"""Users who share two connections of a real pooler: nothing of one is left for the next."""

import asyncio
import json
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.adapters.postgres.database import Database
from outfitter.core.user import User
from programs.databases import make_user
from programs.pgbouncer import pooled

TRANSACTIONS = 1000
AT_ONCE = 24
WHO = text(
    "SELECT current_user AS role, current_setting('request.jwt.claims', true) AS claims,"
    " pg_backend_pid() AS pid"
)
OWN = text("SELECT CAST(user_id AS text) FROM sessions")
ADD = text(
    "INSERT INTO sessions (id, user_id, title) VALUES (CAST(:id AS uuid), CAST(:user AS uuid), :t)"
)
# What becomes of a transaction, and how often.
ENDINGS = {"commit": 6, "give up": 2, "mistake": 2, "cancel": 1}


class GivesUp(Exception):
    """Somebody changed their mind in the middle."""


ERRORS: dict[str, tuple[type[Exception], str | None]] = {
    "give up": (GivesUp, None),
    "mistake": (DBAPIError, "SELECT 1 / "),
    "cancel": (TimeoutError, None),
}


@dataclass
class Ledger:
    """What was seen and what must be there in the end."""

    pids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    committed: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)


@pytest.fixture
async def processes(api_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two services' worth of connections before two connections of the server."""
    with pooled(api_url, pool=2) as url:
        both = (
            Database(url, pool_size=8, pool_timeout=30, pooler="transaction"),
            Database(url, pool_size=8, pool_timeout=30, pooler="transaction"),
        )
        yield both
        for each in both:
            await each.close()


def assert_is(user: User | None, who: Row[tuple[str, str, int]]) -> None:
    claims = json.loads(who.claims)
    if user is None:
        assert (who.role, claims) == ("anon", {"role": "anon"})
    else:
        assert (who.role, claims["sub"]) == ("authenticated", user.id)


async def work(tx: AsyncConnection, user: User | None, ending: str, ledger: Ledger) -> None:
    """Look around as a user or a visitor, write something, and end in one of the ways."""
    who = (await tx.execute(WHO)).one()
    assert_is(user, who)
    ledger.pids[user.id if user else "visitor"].add(who.pid)
    if user is None:
        await tx.execute(text("SELECT count(*) FROM mcp_servers"))
    else:
        assert set((await tx.execute(OWN)).scalars()) <= {user.id}
        await tx.execute(ADD, {"id": str(uuid4()), "user": user.id, "t": ending})
    match ending:
        case "mistake":
            await tx.execute(text("SELECT 1 / (SELECT 0)"))
        case "give up":
            raise GivesUp
        case "cancel":
            await tx.execute(text("SELECT pg_sleep(10)"))
    assert_is(user, (await tx.execute(WHO)).one())


async def one(database: Database, user: User | None, ending: str, ledger: Ledger) -> None:
    """A whole transaction, ended as planned."""

    async def transact() -> None:
        async with database.transaction(user) as tx:
            await work(tx, user, ending, ledger)

    if ending == "commit":
        await transact()
        ledger.committed[user.id if user else "visitor"] += 1
    else:
        kind, said = ERRORS[ending]
        with pytest.raises(kind, match=said):
            await asyncio.wait_for(transact(), 0.1 if ending == "cancel" else None)
    ledger.endings[ending] += 1


async def nobody(database: Database) -> None:
    """A transaction that says no user finds no trace of any."""
    async with database.as_owner() as tx:
        who = (await tx.execute(WHO)).one()
        assert (who.role, who.claims or "") == ("outfitter_api", "")


@pytest.mark.proves("R-33")
async def test_a_thousand_transactions_over_two_connections_stay_apart(
    processes: tuple[Database, Database], owner: Database
) -> None:
    alice, bob = await make_user(owner), await make_user(owner)
    chance = random.Random(8)  # noqa: S311 - the same order in every run, nothing secret
    ledger, few = Ledger(), asyncio.Semaphore(AT_ONCE)

    async def next_one(place: int) -> None:
        user = (alice, bob, alice, bob, None)[place % 5]
        ending = chance.choices(list(ENDINGS), list(ENDINGS.values()))[0]
        async with few:
            await one(processes[chance.randrange(2)], user, ending, ledger)
            if place % 20 == 0:
                await nobody(processes[chance.randrange(2)])

    async with asyncio.TaskGroup() as all_of_them:
        for place in range(TRANSACTIONS):
            all_of_them.create_task(next_one(place))

    assert sum(ledger.endings.values()) == TRANSACTIONS
    assert min(ledger.endings[ending] for ending in ENDINGS) > 50
    # They did share: the same server processes worked for both users and for visitors.
    assert ledger.pids[alice.id] & ledger.pids[bob.id] & ledger.pids["visitor"]
    async with owner.as_owner() as tx:
        found = await tx.execute(
            text("SELECT CAST(user_id AS text), title, count(*) FROM sessions GROUP BY 1, 2")
        )
        kept = {(who, title): count for who, title, count in found}
    assert kept == {(user.id, "commit"): ledger.committed[user.id] for user in (alice, bob)}
