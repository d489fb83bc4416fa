"""The owner's way to what is old, of all users."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PRUNING = "current_setting('outfitter.pruning', true) = 'on'"

# Forced row security binds the owner too; only a transaction that says so reaches all rows. Rows
# are locked before they go, which takes the right to change them: nothing may be written.
GOES = f"FOR ALL TO CURRENT_USER USING ({PRUNING}) WITH CHECK (false)"
LOOKED_AT = f"FOR SELECT TO CURRENT_USER USING ({PRUNING})"
NOTED = f"FOR INSERT TO CURRENT_USER WITH CHECK ({PRUNING} AND action = 'pruned')"

POLICIES = {
    "The owner prunes turns": ("turns", GOES),
    "The owner prunes sessions": ("sessions", GOES),
    "The owner prunes the log": ("audit_log", GOES),
    "The owner notes what is pruned": ("audit_log", NOTED),
    "The owner finds sessions in use": ("chat_messages", LOOKED_AT),
    "The owner finds sessions with agents": ("agents", LOOKED_AT),
}


def upgrade() -> None:
    """Let the owner prune; slots of quotas are in the owner's reach as they are."""
    for name, (table, rule) in POLICIES.items():
        op.execute(f'CREATE POLICY "{name}" ON {table} {rule}')


def downgrade() -> None:
    """Drop what was let."""
    for name, (table, _) in POLICIES.items():
        op.execute(f'DROP POLICY "{name}" ON {table}')
