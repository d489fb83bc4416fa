"""Quotas without waiting: each message takes a slot that nothing else holds."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# As many slots as a quota allows, each good for one message per span: that is the quota, exactly,
# over any span of time. Kept apart from the turns, as who deletes a session has asked all the same.
TABLE = """
    CREATE TABLE turn_slots (
        pseudonym uuid NOT NULL,
        span integer NOT NULL,
        slot integer NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (pseudonym, span, slot))
"""

# A slot that another transaction is about to take is passed over instead of waited for, so
# messages of one user do not queue on each other. For each quota it answers how long this message
# must wait (0: it is heard) and how long the one after it; if it must, the caller rolls back.
TAKE = """
    CREATE FUNCTION take_turn(most integer[], spans integer[]) RETURNS integer[]
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
    DECLARE
        mine uuid := public.own_pseudonym();
        moment timestamptz := clock_timestamp();
        before timestamptz;
        candidate integer;
        taken boolean;
        room boolean;
        wait integer;
        waits integer[] := '{}';
    BEGIN
        FOR place IN 1 .. cardinality(most) LOOP
            before := moment - make_interval(secs => spans[place]);
            taken := false;
            room := false;
            FOR candidate IN
                SELECT numbers.slot
                FROM (SELECT generate_series(1, most[place]) AS slot OFFSET 0) AS numbers
                WHERE NOT EXISTS (
                    SELECT FROM public.turn_slots AS used
                    WHERE used.pseudonym = mine AND used.span = spans[place]
                      AND used.slot = numbers.slot AND used.heard_at > before)
            LOOP
                room := taken;
                EXIT WHEN taken;
                IF pg_try_advisory_xact_lock(hashtextextended(
                    concat_ws(' ', 'turn', mine, spans[place], candidate), 0)) THEN
                    INSERT INTO public.turn_slots AS used (pseudonym, span, slot, heard_at)
                    VALUES (mine, spans[place], candidate, moment)
                    ON CONFLICT (pseudonym, span, slot) DO UPDATE SET heard_at = moment
                    WHERE used.heard_at <= before;
                    taken := FOUND;
                END IF;
            END LOOP;
            wait := 0;
            IF NOT room THEN
                SELECT greatest(1, CAST(ceil(spans[place]
                    + coalesce(extract(epoch FROM min(heard_at) - moment), 0)) AS integer))
                INTO wait FROM public.turn_slots
                WHERE pseudonym = mine AND span = spans[place] AND slot <= most[place]
                  AND heard_at > before;
            END IF;
            waits := waits || ARRAY[[CASE WHEN taken THEN 0 ELSE wait END, wait]];
        END LOOP;
        RETURN waits;
    END $$
"""


def upgrade() -> None:
    """Make slots, reached through their function only; what counted until now stays beside them."""
    op.execute(TABLE)
    op.execute("ALTER TABLE turn_slots ENABLE ROW LEVEL SECURITY")
    op.execute("REVOKE ALL ON turn_slots FROM PUBLIC, anon, authenticated")
    op.execute(TAKE)
    function = "FUNCTION take_turn(integer[], integer[])"
    op.execute(f"REVOKE ALL ON {function} FROM PUBLIC, anon, authenticated")
    op.execute(f"GRANT EXECUTE ON {function} TO authenticated")


def downgrade() -> None:
    """Drop the slots; the version before counts anew."""
    op.execute("DROP FUNCTION take_turn(integer[], integer[])")
    op.execute("DROP TABLE turn_slots")
