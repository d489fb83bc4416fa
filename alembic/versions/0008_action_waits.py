"""How long an action that may be done so often must wait, where until now it was only counted."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# There is room again when the oldest of the last `most` is as old as the span.
WAIT = """
    CREATE FUNCTION action_wait(wanted text, most integer, span interval) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT coalesce((
            SELECT greatest(1, CAST(ceil(extract(epoch FROM created_at + span - now())) AS integer))
            FROM public.audit_log
            WHERE user_id = (SELECT auth.uid()) AND action = wanted AND created_at > now() - span
            ORDER BY created_at DESC OFFSET most - 1 LIMIT 1), 0)
    $$
"""


def upgrade() -> None:
    """Let users ask how long; the version before goes on counting."""
    op.execute(WAIT)
    function = "FUNCTION action_wait(text, integer, interval)"
    op.execute(f"REVOKE ALL ON {function} FROM PUBLIC, anon, authenticated")
    op.execute(f"GRANT EXECUTE ON {function} TO authenticated")


def downgrade() -> None:
    """Drop the function."""
    op.execute("DROP FUNCTION action_wait(text, integer, interval)")
