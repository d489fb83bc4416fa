"""Conversations: sessions, turns, messages, and the vault of credentials; each user's own."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE sessions (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL CONSTRAINT fk_sessions_user
            REFERENCES auth.users (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        status varchar(50) NOT NULL DEFAULT 'active',
        title text,
        context jsonb NOT NULL DEFAULT '{}',
        collected_credentials jsonb NOT NULL DEFAULT '{}',
        CONSTRAINT uq_sessions_user_id UNIQUE (user_id, id))
    """,
    "CREATE INDEX idx_sessions_user ON sessions (user_id, created_at DESC, id DESC)",
    """
    CREATE TABLE turns (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        session_id uuid NOT NULL,
        idempotency_key text,
        request_hash text,
        state text NOT NULL DEFAULT 'received' CONSTRAINT ck_turns_state
            CHECK (state IN ('received', 'analyzed', 'answered', 'failed')),
        analysis jsonb,
        response jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uq_turns_idempotency_key UNIQUE (user_id, idempotency_key),
        CONSTRAINT fk_turns_session FOREIGN KEY (user_id, session_id)
            REFERENCES sessions (user_id, id) ON DELETE CASCADE)
    """,
    "CREATE INDEX idx_turns_user ON turns (user_id, created_at)",
    "CREATE INDEX idx_turns_session ON turns (session_id)",
    """
    CREATE TABLE chat_messages (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        session_id uuid NOT NULL,
        user_id uuid NOT NULL,
        turn_id uuid,
        message text NOT NULL,
        role varchar(20) NOT NULL CONSTRAINT ck_chat_messages_role
            CHECK (role IN ('user', 'assistant')),
        metadata jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT uq_chat_messages_turn_role UNIQUE (turn_id, role),
        CONSTRAINT fk_chat_messages_session FOREIGN KEY (user_id, session_id)
            REFERENCES sessions (user_id, id) ON DELETE CASCADE)
    """,
    "CREATE INDEX idx_messages_session ON chat_messages (session_id, created_at, id)",
    "CREATE INDEX idx_messages_user ON chat_messages (user_id)",
    """
    CREATE TABLE credentials (
        user_id uuid NOT NULL CONSTRAINT fk_credentials_user
            REFERENCES auth.users (id) ON DELETE CASCADE,
        server text NOT NULL,
        account text NOT NULL DEFAULT 'default',
        key text NOT NULL,
        sealed text NOT NULL,
        key_id text NOT NULL,
        state text NOT NULL DEFAULT 'stored' CONSTRAINT ck_credentials_state
            CHECK (state IN ('stored', 'unreadable', 'refused')),
        checked_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, server, account, key))
    """,
)

ALLOWED = {
    "sessions": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    "turns": ("SELECT", "INSERT", "UPDATE"),
    "chat_messages": ("SELECT", "INSERT"),
    "credentials": ("SELECT", "INSERT", "UPDATE", "DELETE"),
}
CALLED = {"sessions": "sessions", "turns": "turns", "chat_messages": "messages"}
VERBS = {"SELECT": "view", "INSERT": "create", "UPDATE": "update", "DELETE": "delete"}
THEIRS = "(SELECT auth.uid()) = user_id"


def upgrade() -> None:
    """Make the tables, and let each user at their own rows."""
    for statement in TABLES:
        op.execute(statement)
    for table, commands in ALLOWED.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"REVOKE ALL ON {table} FROM PUBLIC, anon, authenticated")
        op.execute(f"GRANT {', '.join(commands)} ON {table} TO authenticated")
        for command in commands:
            op.execute(_policy(table, command))


def downgrade() -> None:
    """Drop the tables with all that users said."""
    op.execute("DROP TABLE credentials, chat_messages, turns, sessions")


def _policy(table: str, command: str) -> str:
    name = f"Users can {VERBS[command]} own {CALLED.get(table, table)}"
    rule = f"WITH CHECK ({THEIRS})" if command == "INSERT" else f"USING ({THEIRS})"
    return f'CREATE POLICY "{name}" ON {table} FOR {command} TO authenticated {rule}'
