"""Who may do what with whose rows: every table, every command, everybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_away import sqlstate
from outfitter.core.user import User
from programs.databases import is_refused, make_user

FULL = {"SELECT", "INSERT", "UPDATE", "DELETE"}
COMMANDS = sorted(FULL | {"TRUNCATE"})
OWN = {
    "sessions": FULL,
    "turns": {"SELECT", "INSERT", "UPDATE"},
    "chat_messages": {"SELECT", "INSERT"},
    "credentials": FULL,
    "agents": {"SELECT", "INSERT"},
    "audit_log": {"INSERT"},
}
SHARED = {"mcp_servers", "mcp_tools"}
# Reached through functions of the owner only, or by the start of the service.
CLOSED = {"pseudonym_key", "turn_slots", "auth.users", "alembic_version"}

INSERTS = {
    "sessions": "INSERT INTO sessions (id, user_id) VALUES (:id, :user)",
    "turns": "INSERT INTO turns (id, user_id, session_id) VALUES (:id, :user, :session)",
    "chat_messages": "INSERT INTO chat_messages (id, user_id, session_id, message, role)"
    " VALUES (:id, :user, :session, 'hello', 'user')",
    "credentials": "INSERT INTO credentials (user_id, server, key, sealed, key_id)"
    " VALUES (:user, CAST(:id AS text), 'TOKEN', 'sealed', 'k1')",
    "agents": "INSERT INTO agents (id, user_id, session_id, version, name, spec)"
    " VALUES (:id, :user, :session, random() * 1000000, 'helper', '{}')",
    "audit_log": "INSERT INTO audit_log (id, user_id, action, outcome)"
    " VALUES (:id, :user, 'tried', 'ok')",
    "mcp_servers": "INSERT INTO mcp_servers (id, name, description, config_template,"
    " credential_info, embedding, embedding_model, content_hash)"
    " VALUES (:id, CAST(:id AS text), '', '{}', '{}',"
    " CAST(array_fill(0.1, ARRAY[1536]) AS vector), 'm', 'h')",
    "mcp_tools": "INSERT INTO mcp_tools (server_id, name, description, embedding)"
    " VALUES (:server, CAST(:id AS text), '', CAST(array_fill(0.1, ARRAY[1536]) AS vector))",
}
REFUSED = {table: f"INSERT INTO {table} DEFAULT VALUES" for table in sorted(CLOSED)}
OTHERS = {
    "SELECT": "SELECT 1 FROM {table}",
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table} CASCADE",
}
COLUMNS = {"mcp_tools": "server_id", "credentials": "sealed"}
COLUMNS |= {"alembic_version": "version_num", "turn_slots": "slot"}
# Every table there is but those that belong to an extension.
LIVE = text(
    """
    SELECT CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || relname AS name,
           relrowsecurity, relforcerowsecurity
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema')
      AND nspname NOT LIKE 'pg_toast%' AND NOT EXISTS (
          SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    """
)


async def fill(owner: Database, user: User) -> dict[str, str]:
    """One row of the user in every table; what further rows may refer to."""
    values = {"user": user.id, "session": str(uuid4()), "server": str(uuid4())}
    first = {"sessions": values["session"], "mcp_servers": values["server"]}
    async with owner.as_owner() as tx:
        for table, statement in INSERTS.items():
            await do(tx, statement, values | {"id": first.get(table, str(uuid4()))})
    return values


async def do(tx: AsyncConnection, statement: str, values: dict[str, str]) -> int:
    """How many rows a statement reads or writes."""
    for name in ("user", "session", "server", "id"):
        statement = statement.replace(f":{name}", f"CAST(:{name} AS uuid)")
    used = {name: value for name, value in values.items() if f":{name} " in statement}
    done = await tx.execute(text(statement), used)
    return len(done.all()) if done.returns_rows else done.rowcount


async def outcome(tx: AsyncConnection, table: str, command: str, values: dict[str, str]) -> str:
    """What becomes of a command: done, nothing found, or refused."""
    column = COLUMNS.get(table, "id")
    statement = (INSERTS | REFUSED)[table] if command == "INSERT" else OTHERS[command]
    attempt = await tx.begin_nested()
    try:
        rows = await do(tx, statement.replace("{table}", table).replace("{column}", column), values)
    except DBAPIError as error:
        if sqlstate(error) != "42501":
            raise
        return "refused"
    else:
        return "done" if rows else "nothing"
    finally:
        await attempt.rollback()


async def outcomes(tx: AsyncConnection, values: dict[str, str]) -> dict[str, dict[str, str]]:
    """What becomes of each command on each table."""
    return {
        table: {
            command: await outcome(tx, table, command, values | {"id": str(uuid4())})
            for command in COMMANDS
        }
        for table in (*INSERTS, *REFUSED)
    }


def expected(own: dict[str, str], shared: str) -> dict[str, dict[str, str]]:
    """The same for all tenant tables where the command is granted at all, else refused."""
    tenant = {
        table: {command: own[command] if command in may else "refused" for command in COMMANDS}
        for table, may in OWN.items()
    }
    nothing = dict.fromkeys(COMMANDS, "refused")
    reading = nothing | {"SELECT": shared}
    return tenant | dict.fromkeys(SHARED, reading) | dict.fromkeys(CLOSED, nothing)


STRANGER = {"SELECT": "nothing", "INSERT": "refused", "UPDATE": "nothing", "DELETE": "nothing"}
NOBODY = dict.fromkeys(FULL, "refused")


@asynccontextmanager
async def as_login(database: Database, role: str | None = None) -> AsyncIterator[AsyncConnection]:
    """A transaction that forgot to say who asks."""
    async with database.as_owner() as tx:
        if role:
            await tx.execute(text(f"SET LOCAL ROLE {role}"))
        yield tx


@pytest.mark.proves("R-33")
async def test_every_table_is_in_the_matrix(owner: Database) -> None:
    async with owner.as_owner() as tx:
        found = (await tx.execute(LIVE)).all()

    assert {row.name for row in found} == {*INSERTS, *REFUSED} == {*OWN, *SHARED, *CLOSED}
    forced = {row.name for row in found if row.relrowsecurity and row.relforcerowsecurity}
    secured = {row.name for row in found if row.relrowsecurity}
    # The auth server's own, and the revision that the service reads before it starts.
    assert secured == {*OWN, *SHARED, *CLOSED} - {"auth.users", "alembic_version"}
    assert forced == set(OWN)


@pytest.mark.proves("R-33", "R-50", "R-65")
async def test_a_user_does_what_is_granted_with_their_own(
    database: Database, owner: Database, user: User
) -> None:
    values = await fill(owner, user)
    async with database.transaction(user) as tx:
        assert await outcomes(tx, values) == expected(dict.fromkeys(FULL, "done"), "done")


@pytest.mark.proves("R-33")
async def test_another_user_finds_nothing_and_writes_nothing(
    database: Database, owner: Database
) -> None:
    values = await fill(owner, await make_user(owner))
    async with database.transaction(await make_user(owner)) as tx:
        assert await outcomes(tx, values) == expected(STRANGER, "done")


@pytest.mark.proves("R-33")
async def test_a_visitor_sees_the_catalogue_only(database: Database, owner: Database) -> None:
    values = await fill(owner, await make_user(owner))
    async with database.transaction(None) as tx:
        assert await outcomes(tx, values) == expected(NOBODY, "done")


@pytest.mark.proves("R-33")
async def test_a_role_without_claims_finds_nothing(database: Database, owner: Database) -> None:
    values = await fill(owner, await make_user(owner))
    async with as_login(database, "authenticated") as tx:
        assert await outcomes(tx, values) == expected(STRANGER, "done")


@pytest.mark.proves("R-33")
async def test_the_login_role_by_itself_reads_the_revision_and_no_more(
    database: Database, owner: Database
) -> None:
    values = await fill(owner, await make_user(owner))
    revision = {"alembic_version": dict.fromkeys(COMMANDS, "refused") | {"SELECT": "done"}}
    async with as_login(database) as tx:
        assert await outcomes(tx, values) == expected(NOBODY, "refused") | revision


@pytest.mark.proves("R-33")
@pytest.mark.parametrize("table", ["turns", "chat_messages", "agents"])
async def test_nobody_writes_into_the_session_of_another(
    database: Database, owner: Database, table: str
) -> None:
    theirs = await fill(owner, await make_user(owner))
    intruder = await make_user(owner)
    values = theirs | {"user": intruder.id, "id": str(uuid4())}
    with pytest.raises(IntegrityError, match=f"fk_{table}_session"):
        async with database.transaction(intruder) as tx:
            await do(tx, INSERTS[table], values)


@pytest.mark.proves("R-33")
@pytest.mark.parametrize("table", ["sessions", "turns", "credentials"])
async def test_nobody_gives_a_row_of_theirs_to_another(
    database: Database, owner: Database, table: str
) -> None:
    user, other = await make_user(owner), await make_user(owner)
    await fill(owner, user)
    statement = f"UPDATE {table} SET user_id = :user "  # noqa: S608 - names of ours
    with pytest.raises(DBAPIError, check=is_refused):
        async with database.transaction(user) as tx:
            await do(tx, statement, {"user": other.id})


async def test_only_ones_own_actions_are_counted(database: Database, owner: Database) -> None:
    user, other = await make_user(owner), await make_user(owner)
    count = text("SELECT recent_actions('tried', interval '1 hour')")
    for who in (user, user, other):
        async with database.transaction(who) as tx:
            await do(tx, INSERTS["audit_log"], {"user": who.id, "id": str(uuid4())})
    async with database.transaction(user) as tx:
        assert (await tx.execute(count)).scalar_one() == 2
    with pytest.raises(DBAPIError, check=is_refused):
        async with database.transaction(None) as tx:
            await tx.execute(count)


async def test_a_first_seen_user_is_remembered_once(database: Database, owner: Database) -> None:
    user = User(id=str(uuid4()), email="first@example.com")

    async def come(user: User) -> None:
        async with database.transaction(user, remember=True):
            pass

    await asyncio.gather(*(come(user) for _ in range(5)))
    await come(User(id=user.id, email="second@example.com"))
    async with owner.as_owner() as tx:
        known = await tx.execute(text("SELECT CAST(id AS text), email FROM auth.users"))
        assert [tuple(row) for row in known] == [(user.id, "second@example.com")]


@pytest.mark.parametrize("email", [None, "shared@example.com"])
async def test_each_of_two_users_with_one_address_is_remembered(
    database: Database, owner: Database, email: str | None
) -> None:
    users = [User(id=str(uuid4()), email=email) for _ in range(2)]
    for user in users:
        async with database.transaction(user, remember=True):
            pass
    async with owner.as_owner() as tx:
        known = await tx.execute(text("SELECT CAST(id AS text) FROM auth.users"))
        assert set(known.scalars()) == {user.id for user in users}


async def test_a_deleted_user_leaves_only_what_was_noted(owner: Database, user: User) -> None:
    await fill(owner, user)
    async with owner.as_owner() as tx:
        await do(tx, "DELETE FROM auth.users WHERE id = :user ", {"user": user.id})
    async with owner.as_owner() as tx:
        left = {
            table: await do(tx, f"SELECT 1 FROM {table}", {})  # noqa: S608 - names of ours
            for table in OWN
        }
    assert left == dict.fromkeys(OWN, 0) | {"audit_log": 1}
