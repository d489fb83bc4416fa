"""How often users ask, who has left, and the owner's way to seal credentials anew."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STAND_IN = "outfitter stand-in"
SEALING = "current_setting('outfitter.sealing', true) = 'on'"

TABLES = (
    # One row: what turns the id of a user into a pseudonym that nobody else can make.
    """
    CREATE TABLE pseudonym_key (
        id integer PRIMARY KEY DEFAULT 1 CONSTRAINT ck_pseudonym_key_one CHECK (id = 1),
        inner_key bytea NOT NULL,
        outer_key bytea NOT NULL)
    """,
    """
    INSERT INTO pseudonym_key (inner_key, outer_key) VALUES
        (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
         uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    """,
    # Apart from the turns: who deletes a session has asked all the same.
    """
    CREATE TABLE turn_times (
        pseudonym uuid NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (pseudonym, heard_at))
    """,
)

PSEUDONYM = """
    CREATE FUNCTION own_pseudonym() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT CAST(encode(substr(sha256(
            outer_key || sha256(inner_key || uuid_send(auth.uid()))), 1, 16), 'hex') AS uuid)
        FROM public.pseudonym_key
    $$
"""

# The n-th last turn must be older than the span; so long must the next one wait.
WAITS = """
    CREATE FUNCTION turn_waits(most integer[], spans integer[]) RETURNS integer[]
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT array_agg(greatest(0, coalesce(span + (
            SELECT CAST(ceil(extract(epoch FROM heard_at - clock_timestamp())) AS integer)
            FROM public.turn_times WHERE pseudonym = (SELECT public.own_pseudonym())
            ORDER BY heard_at DESC OFFSET allowed - 1 LIMIT 1), 0)) ORDER BY place)
        FROM unnest(most, spans) WITH ORDINALITY AS quotas (allowed, span, place)
    $$
"""

COUNT = """
    CREATE FUNCTION count_turn() RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        DELETE FROM public.turn_times
        WHERE pseudonym = (SELECT public.own_pseudonym())
          AND heard_at < clock_timestamp() - interval '1 day';
        INSERT INTO public.turn_times (pseudonym, heard_at)
        VALUES (public.own_pseudonym(), clock_timestamp()) ON CONFLICT DO NOTHING
    $$
"""

ISSUED = """
    to_timestamp(coalesce(CAST(
        CAST(current_setting('request.jwt.claims', true) AS jsonb) ->> 'iat' AS float), 0))
"""

# Volatile, so that it sees what was committed while the statement that calls it waited.
LEFT = f"""
    CREATE FUNCTION has_left() RETURNS boolean
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT EXISTS (
            SELECT FROM public.audit_log
            WHERE user_id = (SELECT public.own_pseudonym()) AND action = 'account.deleted'
              AND created_at >= {ISSUED})
    $$
"""  # noqa: S608 - made of constants only

# A clock of the auth server that is ahead must not make an old token look new.
LEAVE = f"""
    CREATE FUNCTION leave_account(request text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
    BEGIN
        UPDATE public.audit_log SET user_id = public.own_pseudonym()
        WHERE user_id = (SELECT auth.uid());
        INSERT INTO public.audit_log (user_id, action, outcome, request_id, created_at)
        VALUES (public.own_pseudonym(), 'account.deleted', 'ok', request,
                greatest(now(), {ISSUED}));
        IF obj_description(to_regclass('auth.users'), 'pg_class') = '{STAND_IN}' THEN
            DELETE FROM auth.users WHERE id = (SELECT auth.uid());
        END IF;
    END $$
"""  # noqa: S608 - made of constants only

# Forced row security binds the owner too, whose rights the functions above have.
POLICIES = {
    "The owner finds who has left": (
        "audit_log",
        "FOR SELECT TO CURRENT_USER USING (user_id = (SELECT own_pseudonym()))",
    ),
    "The owner makes own actions anonymous": (
        "audit_log",
        """
        FOR UPDATE TO CURRENT_USER USING ((SELECT auth.uid()) = user_id)
        WITH CHECK (user_id = (SELECT own_pseudonym()))
        """,
    ),
    "The owner notes who has left": (
        "audit_log",
        "FOR INSERT TO CURRENT_USER WITH CHECK (user_id = (SELECT own_pseudonym()))",
    ),
    # Only a transaction that says so reaches the sealed values of all users.
    "The owner notes new seals": (
        "audit_log",
        f"FOR INSERT TO CURRENT_USER WITH CHECK ({SEALING} AND action = 'credential.resealed')",
    ),
    "The owner finds old seals": ("credentials", f"FOR SELECT TO CURRENT_USER USING ({SEALING})"),
    "The owner seals anew": ("credentials", f"FOR UPDATE TO CURRENT_USER USING ({SEALING})"),
}

CALLERS = {
    "own_pseudonym()": "",
    "turn_waits(integer[], integer[])": "authenticated",
    "count_turn()": "authenticated",
    "has_left()": "authenticated, outfitter_api",
    "leave_account(text)": "authenticated",
}


def upgrade() -> None:
    """Make what users reach through functions only."""
    for statement in (*TABLES, PSEUDONYM, WAITS, COUNT, LEFT, LEAVE):
        op.execute(statement)
    for table in ("pseudonym_key", "turn_times"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"REVOKE ALL ON {table} FROM PUBLIC, anon, authenticated")
    for name, (table, rule) in POLICIES.items():
        op.execute(f'CREATE POLICY "{name}" ON {table} {rule}')
    for function, callers in CALLERS.items():
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, anon, authenticated")
        if callers:
            op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {callers}")


def downgrade() -> None:
    """Drop counts and the key of pseudonyms; what was noted under them stays."""
    for name, (table, _) in POLICIES.items():
        op.execute(f'DROP POLICY "{name}" ON {table}')
    for function in reversed(CALLERS):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP TABLE turn_times, pseudonym_key")
