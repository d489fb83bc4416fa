"""Agents as they were made, and the log of what was done."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE agents (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        session_id uuid NOT NULL,
        version integer NOT NULL,
        name text NOT NULL,
        spec jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uq_agents_session_version UNIQUE (session_id, version),
        CONSTRAINT fk_agents_session FOREIGN KEY (user_id, session_id)
            REFERENCES sessions (user_id, id) ON DELETE CASCADE)
    """,
    "CREATE INDEX idx_agents_user ON agents (user_id, created_at DESC, id DESC)",
    # Without a reference to the user: what was done outlives who did it.
    """
    CREATE TABLE audit_log (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        action text NOT NULL,
        object text,
        outcome text NOT NULL,
        request_id text,
        created_at timestamptz NOT NULL DEFAULT now())
    """,
    "CREATE INDEX idx_audit_log_user ON audit_log (user_id, action, created_at)",
)

POLICIES = (
    """
    CREATE POLICY "Users can view own agents" ON agents
        FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id)
    """,
    """
    CREATE POLICY "Users can create own agents" ON agents
        FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id)
    """,
    """
    CREATE POLICY "Users can note own actions" ON audit_log
        FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id)
    """,
    # Forced row security binds the owner too, and recent_actions reads as the owner.
    """
    CREATE POLICY "The owner counts own actions" ON audit_log
        FOR SELECT TO CURRENT_USER USING ((SELECT auth.uid()) = user_id)
    """,
    "GRANT SELECT, INSERT ON agents TO authenticated",
    "GRANT INSERT ON audit_log TO authenticated",
)

RECENT = """
    CREATE FUNCTION recent_actions(wanted text, since interval) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT count(*) FROM public.audit_log
        WHERE user_id = (SELECT auth.uid()) AND action = wanted AND created_at > now() - since
    $$
"""


def upgrade() -> None:
    """Make the tables; an agent never changes, and the log is only written."""
    for statement in TABLES:
        op.execute(statement)
    for table in ("agents", "audit_log"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"REVOKE ALL ON {table} FROM PUBLIC, anon, authenticated")
    for statement in (*POLICIES, RECENT):
        op.execute(statement)
    op.execute("REVOKE ALL ON FUNCTION recent_actions(text, interval) FROM PUBLIC, anon")
    op.execute("GRANT EXECUTE ON FUNCTION recent_actions(text, interval) TO authenticated")


def downgrade() -> None:
    """Drop agents and log."""
    op.execute("DROP FUNCTION recent_actions(text, interval)")
    op.execute("DROP TABLE audit_log, agents")
