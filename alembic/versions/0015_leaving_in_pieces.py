"""Who leaves is made a pseudonym in pieces of the log: a statement ends after 15 seconds."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

HIDE = """
    CREATE FUNCTION hide_actions(most integer) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
    BEGIN
        -- With Supabase whoever is signed in can call functions; who stays hides nothing.
        IF current_setting('outfitter.leaving', true) IS DISTINCT FROM 'on' THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: nobody is leaving';
        END IF;
        UPDATE public.audit_log SET user_id = (SELECT public.own_pseudonym()), ip = NULL
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM public.audit_log WHERE user_id = (SELECT auth.uid()) LIMIT most));
        RETURN FOUND;
    END $$
"""


def upgrade() -> None:
    """Let users hide some of what they did; `leave_account` goes on hiding what is left."""
    op.execute(HIDE)
    function = "FUNCTION hide_actions(integer)"
    op.execute(f"REVOKE ALL ON {function} FROM PUBLIC, anon, authenticated")
    op.execute(f"GRANT EXECUTE ON {function} TO authenticated")


def downgrade() -> None:
    """Drop the function."""
    op.execute("DROP FUNCTION hide_actions(integer)")
