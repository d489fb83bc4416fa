"""Servers found by the hash of their content, and the models of their vectors, by indexes."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# A vector fills most of a page, and the hash does not fit in beside it: without an index each
# server is two pages to read.
INDEXES = {
    "idx_mcp_content": "mcp_servers (content_hash)",
    "idx_mcp_model": "mcp_servers (embedding_model)",
}


def upgrade() -> None:
    """Make the indexes."""
    with op.get_context().autocommit_block():
        for name, where in INDEXES.items():
            # What broke off left an index that nobody may use.
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {where}")


def downgrade() -> None:
    """Drop them."""
    with op.get_context().autocommit_block():
        for name in INDEXES:
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
