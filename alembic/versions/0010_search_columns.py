"""What a search reads lies ready: words of names, who is reviewed, the first columns of vectors."""

from collections.abc import Sequence

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
contract = (
    "nothing is lost: the columns fill themselves, for which the catalogue is written anew, and"
    " code of before finds the same without its indexes, only slower"
)

# Both models say most in their first columns: the local one has no others, and OpenAI's is trained
# to be cut there. What the index finds by them is compared by all.
BY_START = (
    "CAST(subvector({0}embedding, 1, 384) AS halfvec(384))",
    "CAST(subvector(query_embedding, 1, 384) AS halfvec(384))",
)
BY_ALL = ("CAST({0}embedding AS halfvec(1536))", "CAST(query_embedding AS halfvec(1536))")

# Beside a vector in the row all else is stored elsewhere, unless its column says MAIN.
COLUMNS = """
    ALTER TABLE mcp_servers
        ADD COLUMN name_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', names)) STORED,
        ADD COLUMN reviewed boolean
            GENERATED ALWAYS AS (coalesce(metadata ->> 'reviewed', 'true') = 'true') STORED,
        ALTER COLUMN name_words SET STORAGE MAIN
"""

# A list of what is yet to be sorted in, as such an index keeps one, is read by every search.
NAMES = "CREATE INDEX idx_mcp_names ON mcp_servers USING gin (name_words) WITH (fastupdate = off)"
NAMES_BEFORE = "CREATE INDEX idx_mcp_names ON mcp_servers USING gin (to_tsvector('simple', names))"

# A parameter of pgvector can be set on a function only once its library is loaded.
LOAD = "SELECT CAST('[1]' AS vector)"


def search(by: Sequence[str]) -> str:
    """The search that the spec names, through an index of that expression."""
    column, asked = by
    return f"""
        CREATE OR REPLACE FUNCTION search_mcp_servers(
            query_embedding vector(1536), threshold float DEFAULT 0.3, max_results int DEFAULT 10)
        RETURNS TABLE (name varchar, description text, tools jsonb, config_template jsonb,
                       credential_info jsonb, similarity float)
        LANGUAGE plpgsql STABLE PARALLEL SAFE
        SET search_path FROM CURRENT
        SET hnsw.ef_search = 100
        SET enable_seqscan = off
        SET plan_cache_mode = force_custom_plan
        AS $$
        BEGIN
            RETURN QUERY
            WITH near AS MATERIALIZED (
                SELECT m.id, m.embedding <=> query_embedding AS distance FROM mcp_servers AS m
                ORDER BY {column.format("m.")} <=> {asked}
                LIMIT least(100, greatest(40, 4 * max_results)))
            SELECT m.name, m.description, m.tools, m.config_template, m.credential_info,
                   1 - near.distance
            FROM near JOIN mcp_servers AS m USING (id)
            WHERE 1 - near.distance > threshold ORDER BY near.distance LIMIT max_results;
        END $$
    """  # noqa: S608 - made of constants only


def near(index: str, table: str, by: Sequence[str]) -> str:
    """An index for nearness by cosine, at half precision.

    Its name is new where its expression is: code of before makes its own where one is missing.
    """
    column = by[0].format("")
    return f"CREATE INDEX {index} ON {table} USING hnsw (({column}) halfvec_cosine_ops)"


def upgrade() -> None:
    """Fill the columns and make the indexes, the tools' first: servers are searched meanwhile."""
    op.execute(near("idx_mcp_tools_near", "mcp_tools", BY_START))
    op.execute("DROP INDEX IF EXISTS idx_mcp_names, idx_mcp_embedding")
    for statement in (COLUMNS, NAMES, near("idx_mcp_near", "mcp_servers", BY_START)):
        op.execute(statement)
    op.execute("DROP INDEX IF EXISTS idx_mcp_tools_embedding")
    op.execute(LOAD)
    op.execute(search(BY_START))


def downgrade() -> None:
    """Make the indexes as they were, and take the columns out."""
    op.execute("DROP INDEX IF EXISTS idx_mcp_names, idx_mcp_near, idx_mcp_tools_near")
    op.execute("ALTER TABLE mcp_servers DROP COLUMN name_words, DROP COLUMN reviewed")
    op.execute(NAMES_BEFORE)
    op.execute(near("idx_mcp_embedding", "mcp_servers", BY_ALL))
    op.execute(near("idx_mcp_tools_embedding", "mcp_tools", BY_ALL))
    op.execute(LOAD)
    op.execute(search(BY_ALL))
