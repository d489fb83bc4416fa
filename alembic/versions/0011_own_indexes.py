"""What belongs to a session is found by its user and the session together, as it is asked for."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# With an index for each of the two, Postgres read both for every session that was deleted: all
# messages of the user, as often as the user had sessions.
MADE = {
    "idx_messages_own": "chat_messages (user_id, session_id, created_at, id)",
    "idx_turns_own": "turns (user_id, session_id)",
}
BEFORE = {
    "idx_messages_session": "chat_messages (session_id, created_at, id)",
    "idx_messages_user": "chat_messages (user_id)",
    "idx_turns_session": "turns (session_id)",
    "idx_turns_user": "turns (user_id, created_at)",
}


def upgrade() -> None:
    """Make the indexes, and only then drop what they stand in for."""
    _exchange(BEFORE, MADE)


def downgrade() -> None:
    """Make those that were there before, and only then drop the others."""
    _exchange(MADE, BEFORE)


def _exchange(old: dict[str, str], new: dict[str, str]) -> None:
    with op.get_context().autocommit_block():
        for name, where in new.items():
            # What broke off left an index that nobody may use.
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {where}")
        for name in old:
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
