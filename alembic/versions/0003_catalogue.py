"""The catalogue: servers and tools with their vectors, and the search the spec names."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE mcp_servers (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name varchar(255) NOT NULL CONSTRAINT uq_mcp_servers_name UNIQUE,
        description text NOT NULL,
        tools jsonb NOT NULL DEFAULT '[]',
        config_template jsonb NOT NULL,
        credential_info jsonb NOT NULL,
        metadata jsonb NOT NULL DEFAULT '{}',
        names text NOT NULL DEFAULT '',
        embedding vector(1536) NOT NULL,
        embedding_model text NOT NULL,
        content_hash text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now())
    """,
    """
    CREATE TABLE mcp_tools (
        server_id uuid NOT NULL CONSTRAINT fk_mcp_tools_server
            REFERENCES mcp_servers (id) ON DELETE CASCADE,
        name text NOT NULL,
        description text NOT NULL,
        embedding vector(1536) NOT NULL,
        PRIMARY KEY (server_id, name))
    """,
    # Kept apart from the row, vectors make a table look small to the planner, which then reads
    # all of it rather than the index.
    "ALTER TABLE mcp_servers ALTER COLUMN embedding SET STORAGE PLAIN",
    "ALTER TABLE mcp_tools ALTER COLUMN embedding SET STORAGE PLAIN",
    "CREATE INDEX idx_mcp_names ON mcp_servers USING gin (to_tsvector('simple', names))",
    # Unlike ivfflat, hnsw may be made before there is data.
    """
    CREATE INDEX idx_mcp_embedding ON mcp_servers
        USING hnsw ((CAST(embedding AS halfvec(1536))) halfvec_cosine_ops)
    """,
    """
    CREATE INDEX idx_mcp_tools_embedding ON mcp_tools
        USING hnsw ((CAST(embedding AS halfvec(1536))) halfvec_cosine_ops)
    """,
)

# A parameter of pgvector can be set on a function only once its library is loaded.
LOAD = "SELECT CAST('[1]' AS vector)"

# The threshold stands outside the scan of the index: inside it, a threshold that few servers
# reach would make the scan go on and on.
SEARCH = """
    CREATE FUNCTION search_mcp_servers(
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
            ORDER BY CAST(m.embedding AS halfvec(1536)) <=> CAST(query_embedding AS halfvec(1536))
            LIMIT least(100, greatest(40, 4 * max_results)))
        SELECT m.name, m.description, m.tools, m.config_template, m.credential_info,
               1 - near.distance
        FROM near JOIN mcp_servers AS m USING (id)
        WHERE 1 - near.distance > threshold ORDER BY near.distance LIMIT max_results;
    END $$
"""

SEARCH_NAME = "search_mcp_servers(vector, float, int)"


def upgrade() -> None:
    """Make the tables and the search; everybody may read, only the owner writes."""
    for statement in (*TABLES, LOAD, SEARCH):
        op.execute(statement)
    for table in ("mcp_servers", "mcp_tools"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"REVOKE ALL ON {table} FROM PUBLIC, anon, authenticated")
        op.execute(f"GRANT SELECT ON {table} TO anon, authenticated")
        op.execute(
            f'CREATE POLICY "Everybody can view the catalogue" ON {table}'
            " FOR SELECT TO anon, authenticated USING (true)"
        )
    op.execute(f"REVOKE ALL ON FUNCTION {SEARCH_NAME} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SEARCH_NAME} TO anon, authenticated")


def downgrade() -> None:
    """Drop the catalogue."""
    op.execute(f"DROP FUNCTION {SEARCH_NAME}")
    op.execute("DROP TABLE mcp_tools, mcp_servers")
