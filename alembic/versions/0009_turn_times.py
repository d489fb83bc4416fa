"""No times of turns any more: since quotas are slots, nothing writes or reads them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
contract = "quotas are slots since 0006; the code before that called these functions"

TABLE = """
    CREATE TABLE turn_times (
        pseudonym uuid NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (pseudonym, heard_at))
"""
WAITS = """
    CREATE FUNCTION turn_waits(most integer[], spans integer[]) RETURNS integer[]
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT array_agg(greatest(0, coalesce(span + (
            SELECT CAST(ceil(extract(epoch FROM heard_at - clock_timestamp())) AS integer)
            FROM public.turn_times WHERE pseudonym = (SELECT public.own_pseudonym())
            ORDER BY heard_at DESC OFFSET allowed - 1 LIMIT 1), 0)) ORDER BY place)
        FROM unnest(most, spans) WITH ORDINALITY AS quotas (allowed, span, place)
    $$
"""
COUNT = """
    CREATE FUNCTION count_turn() RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
        DELETE FROM public.turn_times
        WHERE pseudonym = (SELECT public.own_pseudonym())
          AND heard_at < clock_timestamp() - interval '1 day';
        INSERT INTO public.turn_times (pseudonym, heard_at)
        VALUES (public.own_pseudonym(), clock_timestamp()) ON CONFLICT DO NOTHING
    $$
"""
FUNCTIONS = ("turn_waits(integer[], integer[])", "count_turn()")


def upgrade() -> None:
    """Drop what counted turns before there were slots."""
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP TABLE turn_times")


def downgrade() -> None:
    """Make it again, empty: whoever still counts so begins anew."""
    for statement in (TABLE, WAITS, COUNT):
        op.execute(statement)
    op.execute("ALTER TABLE turn_times ENABLE ROW LEVEL SECURITY")
    op.execute("REVOKE ALL ON turn_times FROM PUBLIC, anon, authenticated")
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, anon, authenticated")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO authenticated")
