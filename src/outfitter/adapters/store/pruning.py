"""What is old and needed no more, of all users, in pieces of its table; for the owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import TextClause, text

from outfitter.adapters.store import Tx

_BEFORE = "CAST(:before AS timestamptz)"
_OLD = {
    # A turn is kept for who repeats its request under the same key; messages tell what was said.
    "turns": f"updated_at < {_BEFORE}",
    "turn_slots": f"heard_at < least({_BEFORE}, now() - make_interval(secs => span))",
    # These lines are by what tokens are refused that were issued before their account was deleted.
    "audit_log": f"created_at < {_BEFORE} AND action <> 'account.deleted'",
    "sessions": f"""
        updated_at < {_BEFORE}
        AND NOT EXISTS (SELECT FROM agents WHERE agents.session_id = sessions.id)
        AND NOT EXISTS (
            SELECT FROM chat_messages
            WHERE chat_messages.user_id = sessions.user_id
              AND chat_messages.session_id = sessions.id
              AND chat_messages.created_at >= {_BEFORE})
    """,  # noqa: S608 - made of constants only
}

# Row security lets the owner at the rows of all users in no other transaction.
_PRUNING = text("SELECT set_config('outfitter.pruning', 'on', true)")

_BEFORE_NOW = text("SELECT now() - make_interval(days => :days)")

_PAGES = text(
    """
    SELECT name, pg_relation_size(to_regclass(name))
                 / CAST(current_setting('block_size') AS integer) AS pages
    FROM unnest(CAST(:tables AS text[])) AS given (name)
    """
)

_NOTE = text(
    """
    INSERT INTO audit_log (id, action, object, outcome)
    VALUES (gen_random_uuid(), 'pruned', :pruned, 'ok')
    """
)


# Some pages of a table are read without an index.
_PIECE = """
    ctid >= CAST(CAST(:first AS text) AS tid) AND ctid < CAST(CAST(:end AS text) AS tid)
"""


def _each(statement: str) -> dict[str, TextClause]:
    return {
        table: text(statement.format(table=table, old=old, piece=_PIECE))
        for table, old in _OLD.items()
    }


_COUNT = _each("SELECT count(*) FROM {table} WHERE {piece} AND {old}")

# Nobody who holds a row is waited for, so nobody and we can wait for each other.
_LOCK = _each(
    """
    SELECT CAST(ctid AS text) FROM {table} WHERE {piece} AND {old} FOR UPDATE SKIP LOCKED
    """
)

# A message may have been heard in a session until the moment it was locked: it is looked at again.
_DELETE = _each(
    """
    DELETE FROM {table} WHERE ctid = ANY (CAST(CAST(:rows AS text[]) AS tid[])) AND {old}
    """
)


async def begin(tx: Tx, tables: Sequence[str], days: int) -> tuple[datetime, dict[str, int]]:
    """The moment so many days ago by the database's clock, and how many pages each table has."""
    before: datetime = (await tx.execute(_BEFORE_NOW, {"days": days})).scalar_one()
    found = await tx.execute(_PAGES, {"tables": list(tables)})
    return before, {row.name: row.pages for row in found}


async def note(tx: Tx, tables: Sequence[str], before: datetime) -> None:
    """Write down what is about to go."""
    await tx.execute(_PRUNING)
    await tx.execute(_NOTE, {"pruned": f"{', '.join(tables)} before {before:%Y-%m-%d %H:%M} UTC"})


async def count(tx: Tx, table: str, pages: range, before: datetime) -> int:
    """How many rows in those pages would go."""
    await tx.execute(_PRUNING)
    return int((await tx.execute(_COUNT[table], _where(pages, before))).scalar_one())


async def delete(tx: Tx, table: str, pages: range, before: datetime) -> int:
    """Delete what is old in those pages, but for what somebody holds; how many rows went."""
    await tx.execute(_PRUNING)
    rows = (await tx.execute(_LOCK[table], _where(pages, before))).scalars().all()
    if not rows:
        return 0
    done = await tx.execute(_DELETE[table], {"rows": rows, "before": before})
    return done.rowcount


def _where(pages: range, before: datetime) -> dict[str, Any]:
    return {"first": f"({pages.start},0)", "end": f"({pages.stop},0)", "before": before}
