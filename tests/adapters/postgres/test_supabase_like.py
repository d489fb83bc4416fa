"""A database as Supabase hands it over: `auth` is somebody else's and the migrator no superuser."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from catalogues import a_server
from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres import migrations
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.adapters.store import account, agents, catalogue, credentials, turns
from outfitter.adapters.vault import Keyring, Vault
from outfitter.core.errors import TooManyTurns, Unauthenticated
from outfitter.core.quota import Quota
from outfitter.core.user import User
from outfitter.service.pruning import Pruning
from outfitter.service.rotation import Rotated, Rotation
from programs.databases import grow_old, is_refused, named, open_folder, run

SERVERS = (a_server("mail", tools=("search", "send")), a_server("notes", tools=("write",)))
ROLES = (
    "CREATE ROLE supabase_admin SUPERUSER",
    "CREATE ROLE supabase_auth_admin NOINHERIT CREATEROLE",
    "CREATE ROLE anon NOINHERIT",
    "CREATE ROLE authenticated NOINHERIT",
    "CREATE ROLE service_role NOINHERIT BYPASSRLS",
    "CREATE ROLE project LOGIN CREATEROLE PASSWORD 'project'",
    'ALTER ROLE project SET search_path = "$user", public, extensions',
    "GRANT anon, authenticated, service_role TO project WITH ADMIN OPTION",
    "CREATE DATABASE supabase_like OWNER project",
)
INSIDE = (
    "CREATE SCHEMA extensions",
    "CREATE EXTENSION vector SCHEMA extensions",
    "GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role, project",
    "CREATE SCHEMA auth AUTHORIZATION supabase_admin",
    "GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role, project, supabase_auth_admin",
    """
    CREATE TABLE auth.users (instance_id uuid, id uuid PRIMARY KEY, aud varchar(255),
        email varchar(255), encrypted_password varchar(255), created_at timestamptz)
    """,
    "ALTER TABLE auth.users OWNER TO supabase_auth_admin",
    "GRANT ALL ON auth.users TO project",
    """
    CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$
        SELECT CAST(coalesce(
            nullif(current_setting('request.jwt.claim.sub', true), ''),
            CAST(nullif(current_setting('request.jwt.claims', true), '') AS jsonb) ->> 'sub'
        ) AS uuid)
    $$
    """,
    "ALTER FUNCTION auth.uid() OWNER TO supabase_auth_admin",
    *(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE project IN SCHEMA public GRANT ALL ON {kind}"
        " TO anon, authenticated, service_role"
        for kind in ("TABLES", "FUNCTIONS", "SEQUENCES")
    ),
)

# Whatever could have been touched of what is not ours.
THEIRS = """
    SELECT nspname AS name, CAST(nspacl AS text) AS rights, obj_description(oid) AS comment
    FROM pg_namespace WHERE nspname IN ('auth', 'extensions')
    UNION ALL SELECT relname, CAST(relacl AS text), obj_description(oid) FROM pg_class
    WHERE relnamespace = to_regnamespace('auth')
    UNION ALL SELECT attname, CAST(atttypid AS text), CAST(attacl AS text) FROM pg_attribute
    WHERE attrelid = to_regclass('auth.users')
    UNION ALL SELECT proname, CAST(proacl AS text), prosrc FROM pg_proc
    WHERE pronamespace = to_regnamespace('auth')
    UNION ALL SELECT extname, NULL, obj_description(oid) FROM pg_extension
    UNION ALL SELECT rolname, CAST(rolsuper AS text), shobj_description(oid, 'pg_authid')
    FROM pg_roles WHERE rolname <> 'outfitter_api'
    ORDER BY name, rights, comment
"""

# What an owner under row security never does, and what only while it seals anew.
NEVER = (
    "SELECT 1 FROM sessions",
    "SELECT 1 FROM turns",
    "SELECT 1 FROM chat_messages",
    "SELECT 1 FROM audit_log",
    "UPDATE audit_log SET ip = NULL",
    "DELETE FROM credentials",
    "INSERT INTO audit_log (action, outcome) VALUES ('agent.exported', 'ok')",
    "INSERT INTO audit_log (action, outcome) VALUES ('account.deleted', 'ok')",
)
WHILE_SEALING = (
    "SELECT 1 FROM credentials",
    "UPDATE credentials SET sealed = 'another'",
    "INSERT INTO audit_log (action, outcome) VALUES ('credential.resealed', 'ok')",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own: roles belong to all databases of one."""
    with open_folder() as folder, EmbeddedPostgres(folder, durable=False) as url:
        yield url


@pytest.fixture(scope="module")
async def superuser(server: str) -> AsyncIterator[Database]:
    """The database before we came, as only Supabase may see it."""
    await run(server, *ROLES)
    inside = named(server, "supabase_like")
    await run(inside, *INSIDE)
    database = Database(inside)
    yield database
    await database.close()


@pytest.fixture(scope="module")
async def before(superuser: Database) -> list[tuple[object, ...]]:
    """All that is not ours, before we came."""
    return await theirs(superuser)


@pytest.fixture
async def migrated(server: str, before: list[tuple[object, ...]]) -> AsyncIterator[str]:
    """The migrator's URL, after migrating; afterwards the tables are gone again."""
    assert before
    url = make_url(named(server, "supabase_like")).set(username="project", password="project")
    migrator = url.render_as_string(hide_password=False)
    await migrations.upgrade(migrator)
    yield migrator
    await migrations.downgrade(migrator)


@pytest.fixture
async def api(migrated: str) -> AsyncIterator[Database]:
    """The database as the service sees it."""
    await migrations.set_api_password(migrated, "service")
    url = make_url(migrated).set(username="outfitter_api", password="service")
    database = Database(url.render_as_string(hide_password=False))
    yield database
    await database.close()


async def theirs(superuser: Database) -> list[tuple[object, ...]]:
    """All that is not ours, to be compared."""
    async with superuser.as_owner() as tx:
        return [tuple(row) for row in await tx.execute(text(THEIRS))]


async def signed_up(superuser: Database) -> User:
    """A user whom the auth server has written down."""
    user = User(id=str(uuid4()), email="ada@example.com")
    async with superuser.as_owner() as tx:
        await tx.execute(
            text("INSERT INTO auth.users (id, email) VALUES (CAST(:id AS uuid), :email)"),
            {"id": user.id, "email": user.email},
        )
    return user


async def test_what_is_not_ours_is_left_alone_on_the_way_there_and_back(
    superuser: Database, before: list[tuple[object, ...]], migrated: str
) -> None:
    assert await theirs(superuser) == before
    await migrations.upgrade(migrated)
    assert await theirs(superuser) == before
    await migrations.downgrade(migrated)
    assert await theirs(superuser) == before


async def test_the_role_of_the_service_goes_when_the_tables_go(
    superuser: Database, migrated: str
) -> None:
    await migrations.downgrade(migrated)
    async with superuser.as_owner() as tx:
        role = await tx.execute(text("SELECT to_regrole('outfitter_api')"))
        assert role.scalar() is None


async def test_the_models_fit_with_pgvector_in_its_own_schema(migrated: str) -> None:
    await migrations.check(migrated)


async def test_a_conversation_and_a_search_work(
    superuser: Database, migrated: str, api: Database
) -> None:
    user = await signed_up(superuser)
    owner = Database(migrated)
    vector = [1.0] + [0.0] * 1535
    entries = [catalogue.Embedded(one, vector, tuple(vector for _ in one.tools)) for one in SERVERS]
    async with owner.as_owner() as tx:
        await catalogue.upsert(tx, entries, "test")
    await owner.close()
    hearing = turns.Hearing(new_id(), new_id(), True, new_id(), "hello")
    async with api.transaction(user, remember=True) as tx:
        assert await turns.hear(tx, user, hearing) is not None
        assert len(await catalogue.nearest(tx, "mail", [vector], ())) == len(SERVERS)
        search = text("SELECT name FROM search_mcp_servers(CAST(:v AS vector))")
        assert (await tx.execute(search, {"v": catalogue.literal(vector)})).all()
        await agents.note(tx, user, "agent.exported", "a", None)
        assert await agents.wait(tx, "agent.exported", Quota("exports", 1, 60)) == 60


async def test_quotas_hold_and_an_account_can_be_left(superuser: Database, api: Database) -> None:
    user = await signed_up(superuser)
    quotas = (Quota("minute", 1, 60),)
    first, second = (
        turns.Hearing(new_id(), new_id(), True, new_id(), "hello", quotas=quotas) for _ in range(2)
    )
    async with api.transaction(user, remember=True) as tx:
        assert await turns.hear(tx, user, first) is not None
        await agents.note(tx, user, "agent.exported", "a", None)
        with pytest.raises(TooManyTurns):
            await turns.hear(tx, user, second)
    async with api.transaction(user) as tx:
        await account.delete(tx, user, None)
    with pytest.raises(Unauthenticated, match="deleted"):
        async with api.transaction(user):
            pass
    query = text("SELECT action FROM audit_log WHERE user_id = CAST(:id AS uuid)")
    async with superuser.as_owner() as tx:
        assert (await tx.execute(query, {"id": user.id})).all() == []


async def test_an_owner_under_row_security_seals_anew(
    superuser: Database, migrated: str, api: Database
) -> None:
    user = await signed_up(superuser)
    old, new = Keyring.new("k1"), Keyring.new("k2")
    sealed = Vault(Keyring.parse(old)).seal(user, "notes", "TOKEN", "a value")
    hearing = turns.Hearing(new_id(), new_id(), True, new_id(), "hello", sealed=(sealed,))
    async with api.transaction(user) as tx:
        await turns.hear(tx, user, hearing)
    owner = Database(migrated)
    async with owner.as_owner() as tx:
        assert (await tx.execute(text("SELECT 1 FROM credentials"))).all() == []
    vault = Vault(Keyring.parse(f"{new},{old}"))
    assert await Rotation(owner, vault).run(lambda _done, _total: None) == Rotated(1, 0)
    await owner.close()
    async with api.transaction(user) as tx:
        (found,) = await credentials.sealed_of(tx, user, ["notes"])
    assert Vault(Keyring.parse(new)).open(user, found) == "a value"


async def touched(tx: AsyncConnection, statement: str) -> int:
    """How many rows a statement reads or would have written, 0 where row security refuses it."""
    attempt = await tx.begin_nested()
    try:
        done = await tx.execute(text(statement))
        return len(done.all()) if done.returns_rows else done.rowcount
    except DBAPIError as error:
        assert is_refused(error)  # noqa: PT017 - nothing touched is no error here
        return 0
    finally:
        await attempt.rollback()


@pytest.mark.proves("R-33")
async def test_an_owner_under_row_security_gets_at_nothing_that_it_has_no_task_with(
    superuser: Database, migrated: str, api: Database
) -> None:
    user = await signed_up(superuser)
    sealed = credentials.Sealed("notes", "TOKEN", "sealed", "k1")
    hearing = turns.Hearing(new_id(), new_id(), True, new_id(), "hello", sealed=(sealed,))
    async with api.transaction(user) as tx:
        await turns.hear(tx, user, hearing)
    owner = Database(migrated)
    async with owner.as_owner() as tx:
        for statement in (*NEVER, *WHILE_SEALING):
            assert not await touched(tx, statement), statement
        await credentials.values_by_key(tx)
        for statement in NEVER:
            assert not await touched(tx, statement), statement
        for statement in WHILE_SEALING:
            assert await touched(tx, statement), statement
    await owner.close()


async def test_an_owner_under_row_security_prunes(
    superuser: Database, migrated: str, api: Database
) -> None:
    users = [await signed_up(superuser) for _ in range(2)]
    for user in users:
        hearing = turns.Hearing(new_id(), new_id(), True, new_id(), "hello")
        async with api.transaction(user) as tx:
            await turns.hear(tx, user, hearing)
            await agents.note(tx, user, "agent.exported", "a", None)
    await grow_old(superuser, 401)
    tables = ("turns", "audit_log", "sessions")
    owner = Database(migrated)
    for table in (*tables, "chat_messages", "agents"):
        async with owner.as_owner() as tx:
            assert (await tx.execute(text(f"SELECT 1 FROM {table}"))).all() == []  # noqa: S608
    pruned = await Pruning(owner).run(tables, 400, lambda _done, _total: None)
    assert pruned == dict.fromkeys(tables, len(users))
    await owner.close()


async def test_the_auth_servers_users_are_not_written(
    superuser: Database, migrated: str, api: Database
) -> None:
    assert migrated
    stranger = User(id=str(uuid4()), email="nobody@example.com")
    async with api.transaction(stranger, remember=True):
        pass
    async with superuser.as_owner() as tx:
        known = await tx.execute(
            text("SELECT 1 FROM auth.users WHERE id = CAST(:id AS uuid)"), {"id": stranger.id}
        )
        assert known.all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM sessions",
        "SELECT * FROM credentials",
        "SELECT * FROM alembic_version",
        "INSERT INTO mcp_servers (name) VALUES ('x')",
        "SELECT recent_actions('x', interval '1 day')",
        "SELECT action_wait('x', 1, interval '1 day')",
        "SELECT remember_user()",
        "SELECT * FROM turn_slots",
        "SELECT * FROM pseudonym_key",
        "SELECT own_pseudonym()",
        "SELECT take_turn('{1}', '{60}')",
        "SELECT has_left()",
        "SELECT leave_account(NULL)",
    ],
)
async def test_what_supabase_gives_to_everybody_is_taken_back(
    api: Database, statement: str
) -> None:
    with pytest.raises(DBAPIError, check=is_refused):
        async with api.transaction(None) as tx:
            await tx.execute(text(statement))
