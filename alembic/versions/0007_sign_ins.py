"""Sign-ins in the log: who came, who was refused, and from which address."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Nobody knows who was refused.
COLUMNS = "ALTER TABLE audit_log ALTER COLUMN user_id DROP NOT NULL, ADD COLUMN ip inet"

# For the service's own role alone: a visitor of the database could fill the log with it.
NOTE = """
    CREATE FUNCTION note_sign_in(person uuid, result text, address inet, request text) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        INSERT INTO public.audit_log (user_id, action, object, outcome, ip, request_id)
        VALUES (person, 'sign_in', 'google', result, address, request)
    $$
"""

# Forced row security binds the owner too, whose rights the function has.
POLICY = """
    CREATE POLICY "The owner notes sign-ins" ON audit_log
        FOR INSERT TO CURRENT_USER WITH CHECK (action = 'sign_in')
"""

ISSUED = """
    to_timestamp(coalesce(CAST(
        CAST(current_setting('request.jwt.claims', true) AS jsonb) ->> 'iat' AS float), 0))
"""


def _leave(forgotten: str, more: str) -> str:
    """As revision 0005 has it; an address would tell who a pseudonym is."""
    return f"""
        CREATE OR REPLACE FUNCTION leave_account(request text) RETURNS void
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
        AS $$
        BEGIN
            UPDATE public.audit_log SET user_id = public.own_pseudonym(){forgotten}
            WHERE user_id = (SELECT auth.uid());
            INSERT INTO public.audit_log (user_id, action, outcome, request_id, created_at)
            VALUES (public.own_pseudonym(), 'account.deleted', 'ok', request,
                    greatest(now(), {ISSUED}));
            {more}
            IF obj_description(to_regclass('auth.users'), 'pg_class') = 'outfitter stand-in' THEN
                DELETE FROM auth.users WHERE id = (SELECT auth.uid());
            END IF;
        END $$
    """  # noqa: S608 - made of constants only


# What still counts stays, or else leaving would be a way to be heard more often.
SLOTS = """
            DELETE FROM public.turn_slots WHERE pseudonym = (SELECT public.own_pseudonym())
            AND heard_at <= clock_timestamp() - make_interval(secs => span);
"""


def upgrade() -> None:
    """Let the service note sign-ins, and users take their addresses with them."""
    op.execute(COLUMNS)
    op.execute(NOTE)
    op.execute(POLICY)
    function = "FUNCTION note_sign_in(uuid, text, inet, text)"
    op.execute(f"REVOKE ALL ON {function} FROM PUBLIC, anon, authenticated")
    op.execute(f"GRANT EXECUTE ON {function} TO outfitter_api")
    op.execute(_leave(", ip = NULL", SLOTS))


def downgrade() -> None:
    """Drop addresses; who was refused stays in the log without a name."""
    op.execute(_leave("", ""))
    op.execute('DROP POLICY "The owner notes sign-ins" ON audit_log')
    op.execute("DROP FUNCTION note_sign_in(uuid, text, inet, text)")
    op.execute("ALTER TABLE audit_log DROP COLUMN ip")
