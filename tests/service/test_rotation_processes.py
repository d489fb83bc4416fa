"""Sealing anew as a process of its own, beside processes that serve."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from api import Api, Person, api_process
from catalogues import CATALOGUE
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials
from outfitter.adapters.vault import Keyring, Vault
from outfitter.core.user import User
from outfitter.service.rotation import BATCH, Rotation
from programs.databases import make_user, open_folder, stock
from programs.processes import PROGRAM, environment, run_command
from stand_ins.auth_server import AuthServerStandIn
from waiting import until

K1, K2 = Keyring.new("k1"), Keyring.new("k2")
PEOPLE, MORE, EXPORTS_AN_HOUR = 4, 3 * BATCH, 5
# Each value takes a millisecond, or a rotation would be over before anybody asks.
SLOWLY = """
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$
"""
TRIGGER = """
    CREATE TRIGGER slowly BEFORE UPDATE ON credentials FOR EACH ROW EXECUTE FUNCTION slowly()
"""
INSERT = """
    INSERT INTO credentials (user_id, server, key, sealed, key_id)
    SELECT CAST(:user AS uuid), 'server-' || number, 'TOKEN', one.sealed, 'k1'
    FROM unnest(CAST(:sealed AS text[])) WITH ORDINALITY AS one(sealed, number)
"""


@dataclass(frozen=True)
class Stand:
    """Two processes that serve one database, and what the command needs beside them."""

    home: Path
    owner: Database
    apis: tuple[Api, ...]
    settings: dict[str, str]

    def rotating(self) -> subprocess.Popen[bytes]:
        """The command, under way."""
        return subprocess.Popen(
            [PROGRAM, "keys", "rotate"],
            env=environment(self.home, **self.settings),
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    async def sealed_by(self, key_id: str) -> int:
        """How many values a key seals."""
        async with self.owner.as_owner() as tx:
            return (await credentials.values_by_key(tx)).get(key_id, 0)


@pytest.fixture
def settings(api_url: str, database_url: str) -> dict[str, str]:
    """The settings of all processes."""
    return {
        "DATABASE_URL": api_url,
        "MIGRATION_DATABASE_URL": database_url,
        "CREDENTIAL_KEYS": f"{K2},{K1}",
        "TURNS_PER_MINUTE": "0",
    }


@pytest.fixture
async def stand(owner: Database, api_url: str, settings: dict[str, str]) -> AsyncIterator[Stand]:
    """The processes, with a small catalogue."""
    await stock(settings["MIGRATION_DATABASE_URL"], list(CATALOGUE.values()))
    async with AsyncExitStack() as ending:
        auth = ending.enter_context(AuthServerStandIn())
        home = ending.enter_context(open_folder())
        started = [
            await ending.enter_async_context(api_process(auth, api_url, home, **settings))
            for _ in range(2)
        ]
        yield Stand(home, owner, tuple(api for api, _ in started), settings)


async def seal_with_the_old_key(owner: Database) -> tuple[User, int]:
    """Many more values of somebody, and all there are under k1; how many that makes."""
    user, old = await make_user(owner), Vault(Keyring.parse(f"{K1},{K2}"))
    sealed = [old.seal(user, f"server-{n}", "TOKEN", f"value {n}") for n in range(1, MORE + 1)]
    async with owner.as_owner() as tx:
        await tx.execute(text(INSERT), {"user": user.id, "sealed": [one.sealed for one in sealed]})
    await Rotation(owner, old).run(lambda _done, _total: None)
    async with owner.as_owner() as tx:
        await tx.execute(text(SLOWLY))
        await tx.execute(text(TRIGGER))
        return user, (await credentials.values_by_key(tx))["k1"]


async def all_open(owner: Database, user: User, vault: Vault) -> bool:
    """Whether every value of the user is there and opens."""
    async with owner.as_owner() as tx:
        servers = [f"server-{n}" for n in range(1, MORE + 1)]
        found = await credentials.sealed_of(tx, user, servers)
    values = {vault.open(user, one) for one in found}
    return values == {f"value {n}" for n in range(1, MORE + 1)}


async def _asks(apis: tuple[Api, ...], person: Person, until: asyncio.Event) -> list[int]:
    """How every request of somebody ended who chats and exports by turns on both processes."""
    session, agent = await _agent_of(person, person.email)
    answers: list[int] = []
    exports = 0
    while not until.is_set() or not answers:
        for api in apis:
            asking = Person(api.client, person.token)
            brought = {"notion": {"NOTION_TOKEN": person.email}}
            body = {"message": "here", "session_id": session, "credentials": brought}
            answers.append((await asking.ask("POST", "/api/chat", json=body)).status_code)
            if exports < EXPORTS_AN_HOUR:
                exports += 1
                env = await asking.ask("POST", f"/api/agents/{agent}/env")
                answers.append(env.status_code if person.email in env.text else 0)
    return answers


async def _agent_of(person: Person, value: str) -> tuple[str, str]:
    given = {"notion": {"NOTION_TOKEN": value}}
    made = await person.chat("Save my notes to Notion", credentials=given)
    return made["session_id"], made["agent_id"]


@pytest.mark.proves("R-41")
@pytest.mark.xdist_group("rotation")
async def test_nobody_notices_a_rotation_and_the_old_key_is_needed_no_more(stand: Stand) -> None:
    people = [await stand.apis[0].person(f"person-{n}@example.com") for n in range(PEOPLE)]
    for person in people:
        await _agent_of(person, person.email)
    user, waiting = await seal_with_the_old_key(stand.owner)
    over = asyncio.Event()
    asking = [asyncio.create_task(_asks(stand.apis, one, over)) for one in people]
    process = stand.rotating()
    said, _ = await asyncio.to_thread(process.communicate, timeout=60)
    over.set()
    answers = [status for one in asking for status in await one]

    assert waiting > MORE
    assert process.returncode == 0
    assert b"0 left under older keys." in said
    assert len(answers) >= 4 * PEOPLE
    assert set(answers) == {200}
    assert await stand.sealed_by("k1") == 0
    assert await all_open(stand.owner, user, Vault(Keyring.parse(K2)))


@pytest.mark.proves("R-41")
@pytest.mark.xdist_group("rotation")
async def test_a_rotation_that_was_killed_is_finished_by_the_next(
    owner: Database, settings: dict[str, str], tmp_path: Path
) -> None:
    user, waiting = await seal_with_the_old_key(owner)
    stand = Stand(tmp_path, owner, (), settings)
    process = stand.rotating()

    async def has_begun() -> bool:
        return await stand.sealed_by("k2") > 0

    await until(has_begun, every=0.01)
    process.kill()
    process.communicate()
    half = await stand.sealed_by("k1")
    again = await asyncio.to_thread(run_command, tmp_path, "keys", "rotate", **settings)

    assert 0 < half < waiting
    # A value is under one key or the other, and none is lost between them.
    assert again.stdout == f"{half} credentials sealed anew, 0 left under older keys.\n"
    assert await all_open(owner, user, Vault(Keyring.parse(K2)))
