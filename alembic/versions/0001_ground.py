"""The ground: pgvector, and stand-ins for what Supabase has and a plain Postgres lacks.

A stand-in is made only where nothing of that name exists, and bears a comment that says so:
what bears it may be dropped again.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MARK = "outfitter stand-in"

VECTOR = f"""
    DO $$
    DECLARE
        home text := CASE WHEN to_regnamespace('extensions') IS NULL
                          THEN 'public' ELSE 'extensions' END;
    BEGIN
        IF EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN RETURN; END IF;
        EXECUTE format('CREATE EXTENSION vector SCHEMA %I', home);
        IF (SELECT extowner FROM pg_extension WHERE extname = 'vector')
           = CAST(CAST(current_user AS regrole) AS oid) THEN
            COMMENT ON EXTENSION vector IS '{MARK}';
        END IF;
    END $$
"""  # noqa: S608 - made of constants only

# Roles belong to the whole server, where another database may be making them at this moment.
ROLES = f"""
    DO $$
    DECLARE
        made record;
    BEGIN
        FOR made IN SELECT * FROM (VALUES ('anon', 'NOLOGIN'), ('authenticated', 'NOLOGIN'),
                                          ('outfitter_api', 'LOGIN')) AS roles (name, login) LOOP
            CONTINUE WHEN to_regrole(made.name) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE ROLE %I NOINHERIT NOBYPASSRLS %s', made.name, made.login);
                EXECUTE format('COMMENT ON ROLE %I IS %L', made.name, '{MARK}');
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                RAISE DEBUG 'another database made it';
            END;
        END LOOP;
        IF NOT pg_has_role('outfitter_api', 'anon', 'MEMBER') THEN
            GRANT anon TO outfitter_api;
        END IF;
        IF NOT pg_has_role('outfitter_api', 'authenticated', 'MEMBER') THEN
            GRANT authenticated TO outfitter_api;
        END IF;
    END $$
"""  # noqa: S608 - made of constants only

AUTH = f"""
    DO $$
    BEGIN
        IF to_regnamespace('auth') IS NULL THEN
            CREATE SCHEMA auth;
            COMMENT ON SCHEMA auth IS '{MARK}';
        END IF;
        IF to_regclass('auth.users') IS NULL THEN
            CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
            COMMENT ON TABLE auth.users IS '{MARK}';
        END IF;
        IF to_regprocedure('auth.uid()') IS NULL THEN
            CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $uid$
                SELECT CAST(nullif(CAST(nullif(current_setting('request.jwt.claims', true), '')
                                        AS jsonb) ->> 'sub', '') AS uuid)
            $uid$;
            COMMENT ON FUNCTION auth.uid() IS '{MARK}';
        END IF;
    END $$
"""

USAGE = """
    DO $$
    DECLARE
        lacking record;
    BEGIN
        FOR lacking IN
            SELECT DISTINCT schema, role
            FROM unnest(current_schemas(false) || name 'auth') AS schema,
                 unnest(ARRAY['anon', 'authenticated', 'outfitter_api']) AS role
            WHERE NOT has_schema_privilege(role, schema, 'USAGE')
              AND NOT (role = 'outfitter_api' AND schema = 'auth')
        LOOP
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', lacking.schema, lacking.role);
        END LOOP;
    END $$
"""

# The service's statements name the types of pgvector as its role finds them.
PATH = """
    DO $$
    BEGIN
        IF (SELECT extnamespace FROM pg_extension WHERE extname = 'vector')
           <> to_regnamespace('public') THEN
            EXECUTE format('ALTER ROLE outfitter_api IN DATABASE %I SET search_path FROM CURRENT',
                           current_database());
        END IF;
    END $$
"""

# On Supabase the auth server writes auth.users, and its users are there before their tokens.
REMEMBER = f"""
    DO $$
    BEGIN
        IF obj_description(to_regclass('auth.users'), 'pg_class') IS DISTINCT FROM '{MARK}' THEN
            CREATE FUNCTION remember_user() RETURNS void LANGUAGE sql SET search_path = ''
            AS $none$ SELECT $none$;
        ELSE
            CREATE FUNCTION remember_user() RETURNS void
            LANGUAGE sql SECURITY DEFINER SET search_path = ''
            AS $some$
                INSERT INTO auth.users AS known (id, email)
                SELECT id, email FROM (
                    SELECT auth.uid() AS id,
                           CAST(current_setting('request.jwt.claims', true) AS jsonb) ->> 'email'
                           AS email) AS claimed
                WHERE id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM auth.users AS same
                    WHERE same.id = claimed.id AND same.email IS NOT DISTINCT FROM claimed.email)
                ON CONFLICT (id) DO UPDATE SET email = excluded.email
            $some$;
        END IF;
    END $$
"""  # noqa: S608 - made of constants only

# Supabase lets everybody do everything with what is new in public.
GRANTS = (
    "REVOKE ALL ON FUNCTION remember_user() FROM PUBLIC, anon, authenticated",
    "GRANT EXECUTE ON FUNCTION remember_user() TO authenticated, outfitter_api",
    "REVOKE ALL ON alembic_version FROM PUBLIC, anon, authenticated",
    "GRANT SELECT ON alembic_version TO outfitter_api",
)

NO_AUTH = f"""
    DO $$
    BEGIN
        IF obj_description(to_regprocedure('auth.uid()'), 'pg_proc') = '{MARK}' THEN
            DROP FUNCTION auth.uid();
        END IF;
        IF obj_description(to_regclass('auth.users'), 'pg_class') = '{MARK}' THEN
            DROP TABLE auth.users;
        END IF;
        IF obj_description(to_regnamespace('auth'), 'pg_namespace') = '{MARK}' THEN
            DROP SCHEMA auth;
        END IF;
    END $$
"""

# A role stays while another database of the server has use for it, and pgvector while tables do.
NO_ROLES = f"""
    DO $$
    DECLARE
        made text;
    BEGIN
        FOR made IN SELECT rolname FROM pg_roles
                    WHERE rolname IN ('anon', 'authenticated', 'outfitter_api')
                      AND shobj_description(oid, 'pg_authid') = '{MARK}'
                    ORDER BY rolname DESC LOOP
            BEGIN
                EXECUTE format('REVOKE ALL ON SCHEMA %s FROM %I', (
                    SELECT string_agg(quote_ident(nspname), ', ') FROM pg_namespace
                    WHERE nspname = ANY (current_schemas(false) || name 'auth')), made);
                EXECUTE format('DROP ROLE %I', made);
            EXCEPTION WHEN dependent_objects_still_exist THEN
                RAISE DEBUG 'another database needs it';
            END;
        END LOOP;
    END $$
"""  # noqa: S608 - made of constants only

NO_VECTOR = f"""
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_extension WHERE extname = 'vector'
                   AND obj_description(oid, 'pg_extension') = '{MARK}') THEN
            DROP EXTENSION vector;
        END IF;
    EXCEPTION WHEN dependent_objects_still_exist THEN
        RAISE DEBUG 'other tables need it';
    END $$
"""


def upgrade() -> None:
    """Lay the ground."""
    for statement in (VECTOR, ROLES, AUTH, USAGE, PATH, REMEMBER, *GRANTS):
        op.execute(statement)


def downgrade() -> None:
    """Take away what was made here, and nothing else."""
    op.execute("DROP FUNCTION remember_user()")
    op.execute("REVOKE ALL ON alembic_version FROM outfitter_api")
    for statement in (NO_AUTH, NO_ROLES, NO_VECTOR):
        op.execute(statement)
