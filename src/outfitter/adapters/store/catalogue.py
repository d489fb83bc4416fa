"""The catalogue in Postgres: searched by meaning and by name, written by its owner."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, DropIndex

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database_away import sqlstate
from outfitter.adapters.postgres.migration_locks import LOCKED
from outfitter.adapters.postgres.tables import Base
from outfitter.adapters.store import Tx
from outfitter.adapters.store.server_cache import ServerCache
from outfitter.core.catalogue import Server
from outfitter.core.entries.columns import content_hash, from_columns, to_columns
from outfitter.core.finding.ranking import Near
from outfitter.core.finding.vectors import COLUMNS, Vector
from outfitter.core.words.lexicon import ADDED
from outfitter.core.words.text import stem, words

# A short message has few vectors, and more servers near each of them are looked at.
NEAR_SERVERS, FEWEST, MOST = 240, 40, 60
NEAR_TOOLS = 60
# Of the reviewed and of the others each, or a crowd of one would hide whom the message names.
NEAR_NAMES = 40
# Reading every server takes less time than walking through an index of so few.
FEW = 400

# In characters: no name has a longer word.
_LONGEST = 64

_COLUMNS = "name, description, tools, config_template, credential_info, metadata"

_NEAREST = text(
    """
    WITH few AS MATERIALIZED (
        SELECT NOT EXISTS (SELECT FROM mcp_servers OFFSET :few) AS yes
    ), asked AS MATERIALIZED (
        SELECT i, v, CAST(subvector(v, 1, 384) AS halfvec(384)) AS start FROM (
            SELECT i, CAST(v AS vector(1536)) AS v
            FROM unnest(CAST(:vectors AS text[])) WITH ORDINALITY AS written (v, i)
            OFFSET 0) AS given
    ), by_meaning AS (
        SELECT DISTINCT near.id FROM asked CROSS JOIN LATERAL (
            (SELECT id FROM mcp_servers WHERE (SELECT yes FROM few)
             ORDER BY embedding <=> asked.v LIMIT :near_servers)
            UNION ALL
            (SELECT id FROM mcp_servers WHERE NOT (SELECT yes FROM few)
             ORDER BY subvector(embedding, 1, 384)::halfvec(384) <=> asked.start
             LIMIT :near_servers)) AS near
    ), by_tool AS MATERIALIZED (
        SELECT near.server_id AS id, asked.i, max(near.cosine) AS cosine
        FROM asked CROSS JOIN LATERAL (
            SELECT server_id, 1 - (embedding <=> asked.v) AS cosine FROM mcp_tools
            ORDER BY subvector(embedding, 1, 384)::halfvec(384) <=> asked.start
            LIMIT :near_tools) AS near
        GROUP BY near.server_id, asked.i
    ), by_tools AS (
        SELECT id, array_agg(i) AS places, array_agg(cosine) AS cosines FROM by_tool GROUP BY id
    ), by_name AS (
        SELECT id FROM (
            SELECT id, row_number() OVER (
                PARTITION BY reviewed ORDER BY ts_rank(name_words, spoken) DESC) AS place
            FROM mcp_servers, CAST(:spoken AS tsquery) AS spoken
            WHERE name_words @@ spoken) AS called
        -- The limit cuts nothing: it tells the planner how few there are.
        WHERE place <= :near_names LIMIT 2 * CAST(:near_names AS bigint)
    ), found AS (
        SELECT id FROM by_meaning UNION SELECT id FROM by_tool UNION SELECT id FROM by_name
        UNION SELECT id FROM mcp_servers WHERE name = ANY(CAST(:wanted AS text[]))
    )
    SELECT content_hash,
           ARRAY(SELECT 1 - (embedding <=> asked.v) FROM asked ORDER BY asked.i) AS own,
           coalesce(places, '{}') AS places, coalesce(cosines, '{}') AS cosines
    FROM found JOIN mcp_servers USING (id) LEFT JOIN by_tools USING (id)
    """
)

_BY_NAME = text(
    f"SELECT {_COLUMNS} FROM mcp_servers WHERE name = ANY(CAST(:names AS text[]))"  # noqa: S608
)

_PAGE = text(
    f"SELECT {_COLUMNS} FROM mcp_servers ORDER BY name LIMIT :limit OFFSET :offset"  # noqa: S608
)

_COUNT = text("SELECT count(*) FROM mcp_servers")

_KNOWN = text("SELECT name, content_hash, embedding_model FROM mcp_servers")

_ORIGINS = text("SELECT name, coalesce(metadata ->> 'origin', '') AS origin FROM mcp_servers")

_MODELS = text("SELECT DISTINCT embedding_model FROM mcp_servers")

_UPSERT = text(
    """
    INSERT INTO mcp_servers (id, name, description, tools, config_template, credential_info,
                             metadata, names, embedding, embedding_model, content_hash, updated_at)
    VALUES (CAST(:id AS uuid), :name, :description, CAST(:tools AS jsonb),
            CAST(:config_template AS jsonb), CAST(:credential_info AS jsonb),
            CAST(:metadata AS jsonb), :names, CAST(:embedding AS vector), :model, :hash, now())
    ON CONFLICT (name) DO UPDATE
    SET description = excluded.description, tools = excluded.tools,
        config_template = excluded.config_template, credential_info = excluded.credential_info,
        metadata = excluded.metadata, names = excluded.names, embedding = excluded.embedding,
        embedding_model = excluded.embedding_model, content_hash = excluded.content_hash,
        updated_at = now()
    RETURNING id
    """
)

_BRIEFLY = text("SELECT set_config('lock_timeout', '500ms', true)")

_IS_THERE = text("SELECT to_regclass(:name) IS NOT NULL")

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('vector indexes', 0))")

_DROP_TOOLS = text("DELETE FROM mcp_tools WHERE server_id = CAST(:id AS uuid)")

_TOOLS = text(
    """
    INSERT INTO mcp_tools (server_id, name, description, embedding)
    SELECT CAST(:id AS uuid), given.name, given.description, CAST(given.embedding AS vector)
    FROM unnest(CAST(:names AS text[]), CAST(:descriptions AS text[]), CAST(:vectors AS text[]))
         AS given (name, description, embedding)
    """
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A server with the vectors of its own text and of each of its tools, in their order."""

    server: Server
    own: Vector
    tools: tuple[Vector, ...]


async def nearest(
    tx: Tx,
    message: str,
    vectors: Sequence[Vector],
    wanted: Iterable[str],
    *,
    cache: ServerCache | None = None,
) -> list[Near]:
    """Servers that may do what the clauses ask, and those wanted by name.

    One statement finds them all; a second one reads those that are not in the cache.
    """
    cache = cache or ServerCache()
    rows = await tx.execute(
        _NEAREST,
        {
            "vectors": [literal(vector) for vector in vectors],
            "spoken": _spoken(message),
            "wanted": list(wanted),
            "few": FEW,
            "near_servers": min(MOST, max(FEWEST, NEAR_SERVERS // max(1, len(vectors)))),
            "near_tools": NEAR_TOOLS,
            "near_names": NEAR_NAMES,
        },
    )
    found = rows.all()
    servers = await cache.fetch(tx, [one for one, *_ in found])
    return [
        Near(servers[one][0], _best(own, places, cosines), servers[one][1])
        for one, own, places, cosines in found
        if one in servers
    ]


def _spoken(message: str) -> str:
    """The words of a message that may be names, as Postgres searches for any of them."""
    # In a catalogue of packages every other name has these.
    telling = (word for word in words(message) if stem(word) not in ADDED)
    return " | ".join(f"'{word}'" for word in telling if len(word) <= _LONGEST)


def _best(own: list[float], places: list[int], cosines: list[float]) -> tuple[float, ...]:
    """A server's own cosine with each vector, or that of its best tool if it is better."""
    for place, cosine in zip(places, cosines, strict=True):
        own[place - 1] = max(own[place - 1], cosine)
    return tuple(own)


async def by_name(tx: Tx, names: Iterable[str]) -> dict[str, Server]:
    """Those of the named servers that exist."""
    rows = await tx.execute(_BY_NAME, {"names": list(names)})
    servers = [from_columns(dict(row)) for row in rows.mappings()]
    return {server.name: server for server in servers}


async def page(tx: Tx, *, limit: int, offset: int) -> tuple[list[Server], int]:
    """A page of the catalogue by name, and how many servers there are."""
    total = int((await tx.execute(_COUNT)).scalar_one())
    rows = await tx.execute(_PAGE, {"limit": limit, "offset": offset})
    return [from_columns(dict(row)) for row in rows.mappings()], total


async def known(tx: Tx) -> dict[str, tuple[str, str]]:
    """For each server its content hash and the model that embedded it."""
    return {row.name: (row.content_hash, row.embedding_model) for row in await tx.execute(_KNOWN)}


async def models(tx: Tx) -> set[str]:
    """The embedding models whose vectors the catalogue holds; empty when it holds no server."""
    return {row.embedding_model for row in await tx.execute(_MODELS)}


async def origins(tx: Tx) -> dict[str, str]:
    """For each server the name it was imported by, or nothing."""
    return {row.name: row.origin for row in await tx.execute(_ORIGINS)}


async def drop_indexes(tx: Tx) -> None:
    """Take the vector indexes away; searches read every row until they are made again.

    They stay where somebody reads for long: all others would wait behind who waits for that.
    """
    await tx.execute(_BRIEFLY)
    try:
        async with tx.begin_nested():
            for index in _near_indexes():
                await tx.execute(DropIndex(index, if_exists=True))
    except DBAPIError as error:
        if sqlstate(error) != LOCKED:
            raise


async def make_indexes(tx: Tx) -> None:
    """Make the vector indexes that are not there; where all are, nobody who writes is met."""
    found = [(one, await tx.scalar(_IS_THERE, {"name": one.name})) for one in _near_indexes()]
    missing = [index for index, is_there in found if not is_there]
    if missing:
        # Of two that make the same index at once, one would break on the other's.
        await tx.execute(_ONE_AT_A_TIME)
    for index in missing:
        await tx.execute(CreateIndex(index, if_not_exists=True))


def _near_indexes() -> list[Index]:
    tables = (Base.metadata.tables[name] for name in ("mcp_servers", "mcp_tools"))
    found = [index for table in tables for index in table.indexes]
    return [one for one in found if one.dialect_options["postgresql"]["using"] == "hnsw"]


async def upsert(tx: Tx, entries: Iterable[Embedded], model: str) -> None:
    """Write servers and their tools, replacing what was there under the same name."""
    for entry in entries:
        columns = to_columns(entry.server)
        values: dict[str, Any] = {
            column: json.dumps(value) if isinstance(value, dict | list) else value
            for column, value in columns.items()
        }
        values |= {
            "id": new_id(),
            "names": _names(entry.server),
            "embedding": literal(entry.own),
            "model": model,
            "hash": content_hash(entry.server),
        }
        server_id = str((await tx.execute(_UPSERT, values)).scalar_one())
        if server_id != values["id"]:
            await tx.execute(_DROP_TOOLS, {"id": server_id})
        tools = entry.server.tools
        if not tools:
            continue
        await tx.execute(
            _TOOLS,
            {
                "id": server_id,
                "names": [tool.name for tool in tools],
                "descriptions": [tool.description for tool in tools],
                "vectors": [literal(vector) for vector in entry.tools],
            },
        )


def literal(vector: Vector) -> str:
    """A vector as pgvector reads it, with zeros behind as far as the column is wide."""
    numbers = ("%.7g," * len(vector)) % tuple(vector)
    return f"[{numbers}{'0,' * (COLUMNS - len(vector))}"[:-1] + "]"


def _names(server: Server) -> str:
    spoken = (server.name, server.title, server.service, *server.aliases, *server.keywords)
    return " ".join(" ".join(words(name)) for name in spoken)
