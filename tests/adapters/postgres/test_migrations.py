"""Tables made, taken away, and made by two at once."""

import asyncio
import os
import re
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import make_url

from outfitter.adapters.postgres import migration_locks, migrations, revisions
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.core.errors import Refused, Unavailable
from programs.databases import named, open_folder, run
from waiting import until

ROOT = Path(__file__).parents[3]

# Everything in the database that did not come with Postgres or an extension.
OURS = """
    SELECT relname AS name FROM pg_class
    WHERE relnamespace IN (to_regnamespace('public'), to_regnamespace('auth'))
      AND relname NOT LIKE 'alembic_version%'
    UNION ALL
    SELECT proname FROM pg_proc
    WHERE pronamespace IN (to_regnamespace('public'), to_regnamespace('auth'))
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = 'auth'
    UNION ALL SELECT extname FROM pg_extension WHERE extname = 'vector'
    ORDER BY name
"""
# What counted turns before there were slots: how it is made, and who may use it.
TURN_TIMES = """
    SELECT concat_ws(' ', pg_get_functiondef(oid), proacl) AS made FROM pg_proc
    WHERE proname IN ('turn_waits', 'count_turn')
    UNION ALL
    SELECT concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, relacl,
        (SELECT string_agg(concat_ws(' ', attname, atttypid, attnotnull), ', ' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0),
        (SELECT string_agg(pg_get_indexdef(indexrelid), ', ')
         FROM pg_index WHERE indrelid = pg_class.oid))
    FROM pg_class WHERE relname = 'turn_times'
    ORDER BY made
"""
# A server as code of before the columns for searching writes it, and what they then hold.
SERVER = """
    INSERT INTO mcp_servers (name, description, config_template, credential_info, metadata, names,
                             embedding, embedding_model, content_hash)
    VALUES ('mail', 'Mail', '{}', '{}', '{"reviewed": false}', 'mail postbox',
            CAST(array_fill(1, ARRAY[1536]) AS vector), 'test', '')
"""
SEARCHED = "SELECT concat_ws(' ', name_words, reviewed) FROM mcp_servers"
SEARCHES = r"""
    SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'mcp%'
    UNION ALL
    SELECT regexp_replace(prosrc, '\s+', ' ', 'g') FROM pg_proc WHERE proname = 'search_mcp_servers'
    ORDER BY 1
"""
# What docs/operating.md has a superuser do where the owner may make no roles.
ROLES = re.findall(
    r"^  ((?:CREATE|GRANT) [^;]+);",
    (ROOT / "docs" / "operating.md").read_text("utf-8"),
    re.MULTILINE,
)
# When each statement began that waits for a lock.
BLOCKED = """
    SELECT query_start::text FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


@pytest.fixture
async def empty(postgres: str) -> AsyncIterator[str]:
    """The owner's URL of a database without anything in it."""
    name = f"outfitter_empty_{secrets.token_hex(4)}"
    await run(postgres, f"CREATE DATABASE {name}")
    yield named(postgres, name)
    await run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


async def names(url: str, statement: str = OURS) -> list[str]:
    """The first column of what a statement gives."""
    database = Database(url)
    async with database.as_owner() as tx:
        found = [row[0] for row in await tx.execute(text(statement))]
    await database.close()
    return found


async def from_the_command_line(url: str, *words: str) -> str:
    """What `alembic` says in a process of its own."""
    values = {**os.environ, "MIGRATION_DATABASE_URL": url, "DATABASE_URL": "postgresql://no/no"}
    command = (sys.executable, "-m", "alembic", *words)
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=values, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


async def test_what_was_made_is_taken_away_and_can_be_made_again(empty: str) -> None:
    await migrations.upgrade(empty)
    made = await names(empty)
    assert {"sessions", "mcp_servers", "search_mcp_servers", "users", "vector"} <= set(made)
    await migrations.downgrade(empty)
    assert await names(empty) == []
    await migrations.upgrade(empty)
    assert await names(empty) == made


def test_the_revision_that_is_needed_is_the_last_that_alembic_knows() -> None:
    folder = str(revisions.FOLDER.parent)
    assert ScriptDirectory(folder).get_current_head() == revisions.head()


async def test_an_upgraded_database_is_left_as_it_is(empty: str) -> None:
    await migrations.upgrade(empty)
    await migrations.upgrade(empty)
    assert await names(empty, "SELECT version_num FROM alembic_version") == [revisions.head()]


async def test_one_step_back_keeps_the_earlier_tables(empty: str) -> None:
    await migrations.upgrade(empty)
    await migrations.downgrade(empty, "0002")
    left = await names(empty)
    assert "sessions" in left
    assert "mcp_servers" not in left


async def test_what_no_code_calls_any_more_goes_and_comes_back_as_it_was(empty: str) -> None:
    await from_the_command_line(empty, "upgrade", "0008")
    before = await names(empty, TURN_TIMES)
    assert len(before) == 3
    await run(empty, "INSERT INTO turn_times VALUES (gen_random_uuid(), now())")

    await migrations.upgrade(empty)
    assert await names(empty, TURN_TIMES) == []

    await migrations.downgrade(empty, "0008")
    assert await names(empty, TURN_TIMES) == before


async def test_servers_that_were_there_are_searched_by_the_columns_made_for_it(
    empty: str,
) -> None:
    await from_the_command_line(empty, "upgrade", "0009")
    before = await names(empty, SEARCHES)
    await run(empty, SERVER)
    await run(empty, "DROP INDEX idx_mcp_embedding")  # as an import does while it writes

    await migrations.upgrade(empty)
    assert await names(empty, SEARCHED) == ["'mail':1 'postbox':2 f"]

    await migrations.downgrade(empty, "0009")
    assert await names(empty, SEARCHES) == before


async def test_what_a_later_version_made_is_left_to_it(empty: str) -> None:
    await migrations.upgrade(empty)
    made = await names(empty)
    await run(empty, "UPDATE alembic_version SET version_num = '9999'")
    await migrations.upgrade(empty)
    with pytest.raises(Refused, match=r"Only a later version .* revision 9999 back"):
        await migrations.downgrade(empty)
    assert await names(empty) == made


async def test_a_migration_waits_for_whoever_holds_a_table(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_locks, "_WAITS", (0.05,) * 100)
    await migrations.upgrade(empty)
    async with _holding(empty, "sessions") as let_go:
        waiting = asyncio.create_task(migrations.downgrade(empty))
        tries: set[str] = set()

        async def has_tried_again() -> bool:
            tries.update(await names(empty, BLOCKED))
            return waiting.done() or len(tries) > 1

        await until(has_tried_again)
        assert not waiting.done()
        let_go.set()
        await waiting
    assert await names(empty) == []


async def test_a_table_that_is_held_on_and_on_is_told(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_locks, "_WAITS", (0.05,))
    await migrations.upgrade(empty)
    async with _holding(empty, "sessions"):
        with pytest.raises(Refused, match="Somebody holds the tables"):
            await migrations.downgrade(empty, "0001")


async def test_a_migration_that_never_ends_keeps_others_out_only_so_long(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_locks, "_TURN_WITHIN", 0.4)
    database = Database(empty)
    async with database.as_owner() as tx:
        key = {"key": migration_locks._ONE_AT_A_TIME}  # noqa: SLF001 - the lock of another process
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
        with pytest.raises(Unavailable, match="still under way"):
            await migrations.upgrade(empty)
    await database.close()
    await migrations.upgrade(empty)


@asynccontextmanager
async def _holding(url: str, table: str) -> AsyncIterator[asyncio.Event]:
    """Somebody who reads a table until they are let go."""
    let_go, reads = asyncio.Event(), asyncio.Event()
    database = Database(url)

    async def read() -> None:
        async with database.as_owner() as tx:
            await tx.execute(text(f"SELECT FROM {table}"))
            reads.set()
            await let_go.wait()

    reading = asyncio.create_task(read())
    await reads.wait()
    try:
        yield let_go
    finally:
        let_go.set()
        await reading
        await database.close()


async def test_the_models_say_what_the_tables_are(database_url: str) -> None:
    await migrations.check(database_url)


async def test_several_processes_may_migrate_at_once(empty: str) -> None:
    await asyncio.gather(*(from_the_command_line(empty, "upgrade", "head") for _ in range(3)))
    assert await names(empty, "SELECT version_num FROM alembic_version") == [revisions.head()]


async def test_what_was_there_before_survives_the_way_back(empty: str) -> None:
    await run(
        empty,
        "CREATE EXTENSION vector",
        "CREATE SCHEMA auth",
        "CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, phone text)",
    )
    before = await names(empty)
    await migrations.upgrade(empty)
    await migrations.downgrade(empty)
    assert await names(empty) == before


async def test_pgvector_stays_while_other_tables_need_it(empty: str) -> None:
    await migrations.upgrade(empty)
    await run(empty, "CREATE TABLE theirs (v vector(2))")
    await migrations.downgrade(empty)
    assert "vector" in await names(empty)


async def test_the_service_may_read_nothing_by_itself_but_the_revision(database_url: str) -> None:
    granted = await names(
        database_url,
        "SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = 'outfitter_api'",
    )
    assert granted == ["alembic_version SELECT"]


async def test_the_service_logs_in_with_no_right_to_look_past_the_rules(database_url: str) -> None:
    rights = await names(
        database_url,
        "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolbypassrls, rolsuper, rolcreaterole)"
        " FROM pg_roles WHERE rolname = 'outfitter_api'",
    )
    assert rights == ["t f f f f"]


@pytest.mark.parametrize("password", ["plain", "it's $1 \\ \"%:x", "пароль ﬁ"])
async def test_any_password_lets_its_role_in(postgres: str, password: str) -> None:
    role = f"scratch_{secrets.token_hex(4)}"
    verifier = migrations.scram_verifier(password)
    await run(postgres, f"CREATE ROLE {role} LOGIN PASSWORD '{verifier}'")
    url = make_url(postgres).set(username=role, password=password)
    mine = url.render_as_string(hide_password=False)
    try:
        assert await names(mine, "SELECT current_user") == [role]
    finally:
        await run(postgres, f"DROP ROLE {role}")


async def test_a_wrong_password_is_told_in_one_line(postgres: str) -> None:
    url = make_url(postgres).set(password="not-the-one").render_as_string(hide_password=False)
    with pytest.raises(Refused, match="correct user and password") as told:
        await migrations.upgrade(url)
    assert "not-the-one" not in told.value.detail


async def test_an_absent_server_is_told_in_one_line() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1 does not answer"):
        await migrations.upgrade("postgresql://postgres@127.0.0.1:1/outfitter")


async def test_a_role_without_rights_is_told_what_it_lacks(api_url: str, database_url: str) -> None:
    await migrations.downgrade(database_url, "0003")
    with pytest.raises(Refused, match=r"^The database refuses the migration: ") as told:
        await migrations.upgrade(api_url)
    assert told.value.detail.endswith(
        "; let MIGRATION_DATABASE_URL name the owner of the database."
    )


async def test_a_server_that_only_reads_is_told_as_such(empty: str) -> None:
    await run(
        empty, f"ALTER DATABASE {make_url(empty).database} SET default_transaction_read_only = on"
    )
    with pytest.raises(Refused, match="takes nothing new: let its URL name the primary, or end"):
        await migrations.upgrade(empty)


async def test_an_owner_who_may_make_no_extension_is_told_who_can(empty: str) -> None:
    role, url = f"owner_{secrets.token_hex(4)}", make_url(empty)
    await run(
        empty,
        f"CREATE ROLE {role} LOGIN CREATEROLE PASSWORD 'own'",
        f"GRANT ALL ON SCHEMA public TO {role}",
    )
    mine = url.set(username=role, password="own").render_as_string(hide_password=False)
    try:
        with pytest.raises(Refused, match=f"run `CREATE EXTENSION vector` in {url.database}"):
            await migrations.upgrade(mine)
        await run(empty, "CREATE EXTENSION vector")
        with pytest.raises(Refused) as told:
            await migrations.upgrade(mine)
        assert "CREATE EXTENSION" not in told.value.detail
    finally:
        await run(empty, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


async def test_an_owner_who_may_make_no_roles_is_told_who_can() -> None:
    with open_folder() as folder, EmbeddedPostgres(folder, durable=False) as url:
        name = make_url(url).database
        await run(
            url,
            "CREATE ROLE plain LOGIN PASSWORD 'own'",
            f"ALTER DATABASE {name} OWNER TO plain",
            "CREATE EXTENSION IF NOT EXISTS vector",
        )
        changed = make_url(url).set(username="plain", password="own")
        mine = changed.render_as_string(hide_password=False)
        with pytest.raises(Refused, match="let the owner have CREATEROLE, or a superuser make the"):
            await migrations.upgrade(mine)
        await run(url, *ROLES)
        await migrations.upgrade(mine)
        with pytest.raises(Refused, match="whoever made that role set the password, and migrate"):
            await migrations.set_api_password(mine, "another")


async def test_the_command_line_looks_at_what_the_settings_name(database_url: str) -> None:
    assert f"{revisions.head()} (head)" in await from_the_command_line(database_url, "current")
