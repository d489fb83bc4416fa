"""Who leaves is made a pseudonym once, not once for each line of the log."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ISSUED = """
    to_timestamp(coalesce(CAST(
        CAST(current_setting('request.jwt.claims', true) AS jsonb) ->> 'iat' AS float), 0))
"""


def _leave(pseudonym: str) -> str:
    """As revision 0007 has it, with that expression for the pseudonym."""
    return f"""
        CREATE OR REPLACE FUNCTION leave_account(request text) RETURNS void
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
        AS $$
        BEGIN
            UPDATE public.audit_log SET user_id = {pseudonym}, ip = NULL
            WHERE user_id = (SELECT auth.uid());
            INSERT INTO public.audit_log (user_id, action, outcome, request_id, created_at)
            VALUES (public.own_pseudonym(), 'account.deleted', 'ok', request,
                    greatest(now(), {ISSUED}));
            DELETE FROM public.turn_slots WHERE pseudonym = (SELECT public.own_pseudonym())
            AND heard_at <= clock_timestamp() - make_interval(secs => span);
            IF obj_description(to_regclass('auth.users'), 'pg_class') = 'outfitter stand-in' THEN
                DELETE FROM auth.users WHERE id = (SELECT auth.uid());
            END IF;
        END $$
    """  # noqa: S608 - made of constants only


def upgrade() -> None:
    """Ask for the pseudonym before the log is gone through."""
    op.execute(_leave("(SELECT public.own_pseudonym())"))


def downgrade() -> None:
    """Ask for it for each line."""
    op.execute(_leave("public.own_pseudonym()"))
