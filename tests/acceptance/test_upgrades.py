"""A database that is upgraded, and taken back, while the service works on it."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from api import SENTENCE, Api, Person, api_process
from outfitter.adapters.postgres import migrations, revisions
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from waiting import until

ROOT = Path(__file__).parents[2]
CLIENTS = 20
HEAD = revisions.head()
LATER = [f"{int(HEAD) + n:04}" for n in (1, 2)]

# What an upgrade may bring: columns, a table of the users' own, an index made beside the work.
ADDS = f'''
from alembic import op

revision, down_revision = "{LATER[0]}", "{HEAD}"


def upgrade() -> None:
    op.execute("ALTER TABLE sessions ADD COLUMN colour text")
    op.execute("ALTER TABLE chat_messages ADD COLUMN stars integer DEFAULT 0")
    op.execute("""
        CREATE TABLE notes (
            id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE)
    """)
    op.execute("ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own ON notes TO authenticated USING (auth.uid() = user_id)")


def downgrade() -> None:
    op.execute("DROP TABLE notes")
    op.execute("ALTER TABLE chat_messages DROP COLUMN stars")
    op.execute("ALTER TABLE sessions DROP COLUMN colour")
'''
INDEXES = f"""
from alembic import op

revision, down_revision = "{LATER[1]}", "{LATER[0]}"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS idx_messages_stars")
        op.execute("CREATE INDEX CONCURRENTLY idx_messages_stars ON chat_messages (stars)")


def downgrade() -> None:
    op.execute("DROP INDEX idx_messages_stars")
"""


WAITING = """
    SELECT CAST(query_start AS text) FROM pg_stat_activity
    WHERE datname = current_database()
      AND wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE sessions%'
"""
COLUMNS = """
    SELECT column_name FROM information_schema.columns WHERE column_name IN ('colour', 'stars')
"""
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = to_regnamespace('public')
      AND relname <> 'alembic_version'
"""


@pytest.fixture
async def api(urls: Urls, auth: AuthServerStandIn, home: Path) -> AsyncIterator[Api]:
    """The service as a process of its own."""
    # Nobody shall wait for anything but the migration, however slow the machine.
    async with api_process(auth, urls.api, home, DB_POOL_SIZE=str(CLIENTS)) as (started, _):
        yield started


async def test_nobody_meets_an_error_while_an_additive_revision_comes_and_goes(
    api: Api, urls: Urls, home: Path
) -> None:
    people = [await api.person(f"user{n}@example.com") for n in range(CLIENTS)]
    seen: Counter[str] = Counter()
    moments = []
    async with _busy(people, seen):
        for words in (("upgrade", "head"), ("downgrade", HEAD)):
            before = seen.total()
            async with _straggler(urls):
                await _alembic(home, urls, *words)
            ready = await api.client.get("/readyz")
            moments.append((seen.total() - before, ready.status_code, await _columns(urls)))

    assert set(seen) <= {"POST 200", "GET 200"}, seen
    assert seen["POST 200"] >= CLIENTS
    assert all(meanwhile > 0 for meanwhile, _, _ in moments), moments
    assert [status for _, status, _ in moments] == [200, 200]
    assert [columns for _, _, columns in moments] == [{"colour", "stars"}, set()]


async def test_each_revision_goes_and_comes_again_under_what_users_left(
    alice: Person, urls: Urls
) -> None:
    await alice.make_agent()
    full = await _counts(urls)
    assert all(full[one] for one in ("sessions", "turns", "agents", "credentials", "mcp_servers"))

    _newest, *earlier = ScriptDirectory(str(ROOT / "alembic")).walk_revisions()
    for revision in (*(one.revision for one in earlier), "base"):
        await migrations.downgrade(urls.owner, revision)
        left = await _counts(urls)
        await migrations.upgrade(urls.owner)
        await migrations.check(urls.owner)
        there = await _counts(urls)
        # What a contracting revision takes, its way back makes again, without anything in it.
        assert {name: there.get(name, 0) for name in left} == left
        assert there.keys() == full.keys()


@asynccontextmanager
async def _busy(people: list[Person], seen: Counter[str]) -> AsyncIterator[None]:
    """People who chat and read until the context ends, each answer counted."""
    tasks = [asyncio.create_task(_chat_and_read(one, seen)) for one in people]
    await until(lambda: seen.total() >= len(people))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert not [one for one in ended if isinstance(one, Exception)]


async def _chat_and_read(person: Person, seen: Counter[str]) -> None:
    while True:
        answer = await person.ask("POST", "/api/chat", json={"message": SENTENCE})
        seen[f"POST {answer.status_code}"] += 1
        asked = answer.json()
        paths = [
            "/api/chat/history",
            f"/api/sessions/{asked.get('session_id')}/messages",
            "/api/agents",
            "/api/credentials",
        ]
        for path in paths:
            seen[f"GET {(await person.ask('GET', path)).status_code}"] += 1
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _straggler(urls: Urls) -> AsyncIterator[None]:
    """Somebody who reads, and goes on until a migration has waited for that in vain."""
    database = Database(urls.owner, pool_size=2)

    tries: set[str] = set()

    async def has_tried_again() -> bool:
        tries.update(await _rows(database, WAITING))
        return len(tries) > 1

    async def read() -> None:
        async with database.as_owner() as tx:
            await tx.execute(text("SELECT count(*) FROM sessions"))
            await until(has_tried_again)

    reading = asyncio.create_task(read())
    try:
        yield
        await reading
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await database.close()


async def _rows(database: Database, statement: str) -> set[str]:
    async with database.as_owner() as tx:
        return set((await tx.execute(text(statement))).scalars())


async def _columns(urls: Urls) -> set[str]:
    database = Database(urls.owner, pool_size=1)
    try:
        return await _rows(database, COLUMNS)
    finally:
        await database.close()


async def _alembic(home: Path, urls: Urls, *words: str) -> None:
    """Run alembic with two revisions more than the service has."""
    later = home / "later"
    later.mkdir(exist_ok=True)
    for revision, source in zip(LATER, (ADDS, INDEXES), strict=True):
        (later / f"{revision}_later.py").write_text(source, encoding="utf-8")
    versions = os.pathsep.join([str(ROOT / "alembic/versions"), str(later)])
    ini = home / "alembic.ini"
    ini.write_text(
        f"[alembic]\nscript_location = {ROOT / 'alembic'}\npath_separator = os\n"
        f"version_locations = {versions}\n",
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "alembic", "-c", str(ini), *words)
    values = {**os.environ, "MIGRATION_DATABASE_URL": urls.owner}
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=home, env=values, capture_output=True, check=False, timeout=60
    )
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "trying again" in said


async def _counts(urls: Urls) -> dict[str, int]:
    """How many rows each table has."""
    database = Database(urls.owner, pool_size=1)
    async with database.as_owner() as tx:
        tables = (await tx.execute(text(TABLES))).scalars().all()
        counts = {
            one: await tx.scalar(text(f"SELECT count(*) FROM {one}"))  # noqa: S608 - our tables
            for one in tables
        }
    await database.close()
    return counts
