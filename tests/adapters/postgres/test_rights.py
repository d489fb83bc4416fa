"""What the service's roles are, may call and may touch, as the live database has it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from outfitter.adapters.postgres.database import Database
from outfitter.core.user import User
from programs.databases import is_refused, make_user

ROLES = ("anon", "authenticated", "outfitter_api")
GRANTS = {
    ("sessions", "authenticated"): {"SELECT", "INSERT", "UPDATE", "DELETE"},
    ("turns", "authenticated"): {"SELECT", "INSERT", "UPDATE"},
    ("chat_messages", "authenticated"): {"SELECT", "INSERT"},
    ("credentials", "authenticated"): {"SELECT", "INSERT", "UPDATE", "DELETE"},
    ("agents", "authenticated"): {"SELECT", "INSERT"},
    ("audit_log", "authenticated"): {"INSERT"},
    ("mcp_servers", "authenticated"): {"SELECT"},
    ("mcp_servers", "anon"): {"SELECT"},
    ("mcp_tools", "authenticated"): {"SELECT"},
    ("mcp_tools", "anon"): {"SELECT"},
    ("alembic_version", "outfitter_api"): {"SELECT"},
}
# Who may call what, and whether it then has the rights of the owner.
CALLS = {
    "remember_user": ({"authenticated", "outfitter_api"}, True),
    "recent_actions": ({"authenticated"}, True),
    "action_wait": ({"authenticated"}, True),
    "own_pseudonym": (set(), True),
    "take_turn": ({"authenticated"}, True),
    "note_sign_in": ({"outfitter_api"}, True),
    "has_left": ({"authenticated", "outfitter_api"}, True),
    "hide_actions": ({"authenticated"}, True),
    "leave_account": ({"authenticated"}, True),
    "search_mcp_servers": ({"anon", "authenticated"}, False),
    # Supabase's own function, which everybody may call; it reads the caller's claims only.
    "uid": ({"anon", "authenticated", "outfitter_api", "PUBLIC"}, False),
}
OURS = """
    nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_toast%'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = one.oid AND deptype = 'e')
"""
RELATIONS = f"""
    SELECT relname, CAST(relkind AS text) AS relkind, CAST(relowner AS regrole)::text AS owner,
           coalesce(nullif(CAST(acl.grantee AS regrole)::text, '-'), 'PUBLIC') AS grantee,
           acl.privilege_type AS privilege
    FROM pg_class AS one JOIN pg_namespace AS home ON home.oid = relnamespace
    LEFT JOIN LATERAL aclexplode(relacl) AS acl ON acl.grantee <> relowner
    WHERE relkind NOT IN ('i', 't', 'c') AND {OURS}
"""  # noqa: S608 - made of constants only
COLUMNS = f"""
    SELECT relname, attname FROM pg_attribute JOIN pg_class AS one ON one.oid = attrelid
    JOIN pg_namespace AS home ON home.oid = relnamespace WHERE attacl IS NOT NULL AND {OURS}
"""  # noqa: S608 - made of constants only
FUNCTIONS = f"""
    SELECT proname, prosecdef, CAST(proowner AS regrole)::text AS owner,
           coalesce(proconfig, '{{}}') AS settings,
           CAST('uuid' AS regtype) = ANY (CAST(proargtypes AS oid[])) AS takes_id,
           ARRAY(SELECT role FROM unnest(CAST(:roles AS text[])) AS role
                 WHERE has_function_privilege(role, one.oid, 'EXECUTE')) AS callers,
           proacl IS NULL OR EXISTS (
               SELECT FROM aclexplode(proacl) AS acl WHERE acl.grantee = 0) AS is_public
    FROM pg_proc AS one JOIN pg_namespace AS home ON home.oid = pronamespace WHERE {OURS}
"""  # noqa: S608 - made of constants only
ATTRIBUTES = """
    SELECT rolname AS name, rolcanlogin AS can_log_in,
           rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
           OR rolinherit AS is_more,
           ARRAY(SELECT CAST(roleid AS regrole)::text FROM pg_auth_members
                 WHERE member = pg_roles.oid ORDER BY 1) AS acts_as,
           has_database_privilege(oid, current_database(), 'CREATE') OR EXISTS (
               SELECT FROM pg_namespace
               WHERE has_schema_privilege(pg_roles.oid, pg_namespace.oid, 'CREATE')
                 AND nspname NOT LIKE 'pg_temp%' AND nspname NOT LIKE 'pg_toast%') AS may_create,
           EXISTS (SELECT FROM pg_shdepend WHERE refobjid = pg_roles.oid AND deptype = 'o'
                   AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  ) AS owns
    FROM pg_roles WHERE rolname = ANY (:roles) ORDER BY rolname
"""


@pytest.mark.proves("R-33", "R-50", "R-65")
async def test_exactly_these_rights_are_given_on_tables_and_none_on_columns(
    owner: Database,
) -> None:
    async with owner.as_owner() as tx:
        rows = (await tx.execute(text(RELATIONS))).all()
        columns = (await tx.execute(text(COLUMNS))).all()
    given: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row.privilege is not None:
            given.setdefault((row.relname, row.grantee), set()).add(row.privilege)

    assert given == GRANTS
    assert columns == []
    assert not {row.owner for row in rows} & set(ROLES)


@pytest.mark.proves("R-33")
async def test_there_are_tables_only_so_no_view_or_sequence_leads_around_the_rules(
    owner: Database,
) -> None:
    async with owner.as_owner() as tx:
        rows = (await tx.execute(text(RELATIONS))).all()
    assert {row.relname for row in rows if row.relkind != "r"} == set()


@pytest.mark.proves("R-33")
async def test_exactly_these_functions_may_be_called(owner: Database) -> None:
    async with owner.as_owner() as tx:
        rows = (await tx.execute(text(FUNCTIONS), {"roles": list(ROLES)})).all()

    found = {
        row.proname: ({*row.callers, *(["PUBLIC"] if row.is_public else [])}, row.prosecdef)
        for row in rows
    }
    assert found == CALLS
    assert not {row.owner for row in rows} & set(ROLES)


@pytest.mark.proves("R-33")
async def test_what_has_the_rights_of_the_owner_looks_names_up_nowhere_and_is_told_no_user(
    owner: Database,
) -> None:
    async with owner.as_owner() as tx:
        rows = (await tx.execute(text(FUNCTIONS), {"roles": list(ROLES)})).all()
    definers = [row for row in rows if row.prosecdef]

    assert definers
    assert {row.proname for row in definers if 'search_path=""' not in row.settings} == set()
    # Who signs in has no claims yet; all this one can do is write a line of that kind.
    assert {row.proname for row in definers if row.takes_id} == {"note_sign_in"}


@pytest.mark.proves("R-33")
async def test_the_roles_can_do_nothing_by_themselves(owner: Database) -> None:
    async with owner.as_owner() as tx:
        rows = (await tx.execute(text(ATTRIBUTES), {"roles": list(ROLES)})).all()

    assert [tuple(row) for row in rows] == [
        # name, can log in, is more, acts as, may create, owns
        ("anon", False, False, [], False, False),
        ("authenticated", False, False, [], False, False),
        ("outfitter_api", True, False, ["anon", "authenticated"], False, False),
    ]


@pytest.mark.proves("R-33")
@pytest.mark.parametrize("asked", ["SET ROLE {0}", "SET SESSION AUTHORIZATION {0}"])
@pytest.mark.parametrize("first", ["SELECT 1", "RESET ROLE"])
async def test_nobody_becomes_the_owner(
    database: Database, owner: Database, asked: str, first: str, user: User
) -> None:
    async with owner.as_owner() as tx:
        name = (await tx.execute(text("SELECT quote_ident(current_user)"))).scalar_one()

    async def climb() -> None:
        async with database.transaction(user) as tx:
            await tx.execute(text(first))
            await tx.execute(text(asked.format(name)))

    with pytest.raises(DBAPIError, check=is_refused):
        await climb()


@pytest.mark.proves("R-33")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE planted (id int)",
        "CREATE SCHEMA planted",
        "CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'",
        "CREATE ROLE planted",
        "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY",
        'DROP POLICY "Users can view own sessions" ON sessions',
        "COPY sessions TO PROGRAM 'cat'",
        "SELECT inner_key FROM pseudonym_key",
        "SELECT own_pseudonym()",
        "SELECT rolpassword FROM pg_authid",
    ],
)
async def test_nobody_changes_what_the_rules_are(
    database: Database, owner: Database, statement: str
) -> None:
    with pytest.raises(DBAPIError, check=is_refused):
        async with database.transaction(await make_user(owner)) as tx:
            await tx.execute(text(statement))
