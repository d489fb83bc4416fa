"""The catalogue written by its owner, and searched by meaning and by name."""

import random

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from catalogues import a_server
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.adapters.store.catalogue import Embedded
from outfitter.core.catalogue import Server
from outfitter.core.finding.vectors import Vector
from outfitter.core.user import User

MAIL = a_server("mail", tools=("search", "send"))
NOTES = a_server("notes", tools=("write",), aliases=("notebook",))
SEARCH = text("SELECT name, similarity FROM search_mcp_servers(CAST(:v AS vector), :threshold)")


def along(axis: int, *, lean: float = 0.0) -> Vector:
    """A vector along one axis, leaning towards the next."""
    vector = [0.0] * 1536
    vector[axis], vector[axis + 1] = 1.0, lean
    return vector


def embedded(server: Server, axis: int) -> Embedded:
    """A server along an axis; each tool has one of its own after it."""
    tools = (along(axis + 10 * (at + 1)) for at in range(len(server.tools)))
    return Embedded(server, along(axis), tuple(tools))


async def written(owner: Database, *entries: Embedded) -> None:
    """The entries in the catalogue."""
    async with owner.as_owner() as tx:
        await catalogue.upsert(tx, entries, "test-model")


async def test_servers_come_back_as_they_were_written(database: Database, owner: Database) -> None:
    await written(owner, embedded(MAIL, 0), embedded(NOTES, 100))
    async with database.transaction(None) as tx:
        assert await catalogue.page(tx, limit=1, offset=1) == ([NOTES], 2)
        assert await catalogue.by_name(tx, ["mail", "absent"]) == {"mail": MAIL}
        assert await catalogue.models(tx) == {"test-model"}
        assert {model for _, model in (await catalogue.known(tx)).values()} == {"test-model"}


async def test_a_server_written_again_replaces_itself_and_its_tools(
    database: Database, owner: Database
) -> None:
    await written(owner, embedded(MAIL, 0))
    shorter = MAIL.model_copy(update={"tools": MAIL.tools[:1]})
    await written(owner, embedded(shorter, 0))
    async with database.transaction(None) as tx:
        assert await catalogue.page(tx, limit=9, offset=0) == ([shorter], 1)
        tools = await tx.execute(text("SELECT name FROM mcp_tools"))
        assert tools.scalars().all() == ["search"]


async def test_servers_are_found_by_their_text_and_by_their_tools(
    database: Database, owner: Database, user: User
) -> None:
    await written(owner, embedded(MAIL, 0), embedded(NOTES, 100))
    async with database.transaction(user) as tx:
        found = await catalogue.nearest(tx, "anything", [along(0), along(110)], ())
    near = {one.server.name: one.cosines for one in found}
    assert near["mail"] == pytest.approx((1, 0), abs=0.2)
    assert near["notes"] == pytest.approx((0, 1), abs=0.2)


async def test_a_server_is_found_by_a_name_in_the_message_or_by_wish(
    database: Database, owner: Database
) -> None:
    random.seed(1)
    many = (a_server(f"filler-{at}") for at in range(80))
    crowd = [Embedded(one, along(500, lean=random.random()), ()) for one in many]  # noqa: S311
    await written(owner, *crowd, embedded(MAIL, 0), embedded(NOTES, 100))
    async with database.transaction(None) as tx:
        found = await catalogue.nearest(tx, "my Notebook's pages, it's", [along(500)], ["mail"])
    assert {"notes", "mail"} <= {one.server.name for one in found}


async def test_a_crowd_of_strangers_with_its_name_hides_no_reviewed_server(
    database: Database, owner: Database
) -> None:
    words = ("notebook", "notes", "pages")
    many = (a_server(f"notebook-{at}", keywords=words, reviewed=False) for at in range(80))
    crowd = [embedded(one, 500) for one in many]
    notes = NOTES.model_copy(update={"tools": ()})
    await written(owner, *crowd, embedded(notes, 100))
    async with database.transaction(None) as tx:
        found = await catalogue.nearest(tx, "pages of my Notebook", [along(500)], ())
    assert "notes" in {one.server.name for one in found}


async def test_a_crowd_of_reviewed_servers_hides_no_stranger_that_is_named(
    database: Database, owner: Database
) -> None:
    pages = [a_server(f"wiki-{at}", title="Pages", keywords=("pages",)) for at in range(80)]
    acme = a_server("acme", reviewed=False)
    await written(owner, *(embedded(one, 500) for one in pages), embedded(acme, 100))
    async with database.transaction(None) as tx:
        found = await catalogue.nearest(tx, "pages of Acme", [along(500)], ())
    assert "acme" in {one.server.name for one in found}


async def test_what_every_package_is_called_hides_no_name(
    database: Database, owner: Database
) -> None:
    crowd = [embedded(a_server(f"mcp-api-client-{at}"), 500) for at in range(80)]
    # No tool of it may be near.
    notes = NOTES.model_copy(update={"tools": ()})
    await written(owner, *crowd, embedded(notes, 100))
    async with database.transaction(None) as tx:
        found = await catalogue.nearest(tx, "an MCP API client for my Notebook", [along(500)], ())
    assert "notes" in {one.server.name for one in found}


async def test_a_word_of_any_length_may_stand_in_a_message(
    database: Database, owner: Database
) -> None:
    await written(owner, embedded(NOTES, 0))
    async with database.transaction(None) as tx:
        found = await catalogue.nearest(tx, f"notebook {'x' * 15_000}", [], ())
    assert [one.server for one in found] == [NOTES]


async def test_the_specs_search_keeps_its_order_and_threshold(
    database: Database, owner: Database
) -> None:
    await written(owner, embedded(MAIL, 0), embedded(NOTES, 100))
    asked = catalogue.literal(along(0, lean=0.5))
    async with database.transaction(None) as tx:
        near = await tx.execute(SEARCH, {"v": asked, "threshold": 0.3})
        assert [(row.name, round(row.similarity, 2)) for row in near] == [("mail", 0.89)]
        everything = await tx.execute(SEARCH, {"v": asked, "threshold": -1.0})
        assert [row.name for row in everything] == ["mail", "notes"]


async def plan(tx: AsyncConnection, asked: str) -> str:
    """How Postgres would read, rather with an index than without."""
    await tx.execute(text("SET LOCAL enable_seqscan = off"))
    explain = text(f"EXPLAIN SELECT name FROM {asked}")  # noqa: S608 - made of constants only
    return "\n".join((await tx.execute(explain)).scalars())


async def test_row_security_leaves_the_indexes_in_use(database: Database, owner: Database) -> None:
    await written(owner, embedded(MAIL, 0), embedded(NOTES, 100))
    asked = "[" + ",".join(["0.1"] * 384) + "]"
    by = f"subvector(embedding, 1, 384)::halfvec(384) <=> (SELECT '{asked}')::halfvec(384)"
    named = "name_words @@ CAST('mail' AS tsquery)"
    async with database.transaction(None) as tx:
        servers = await plan(tx, f"mcp_servers ORDER BY {by} LIMIT 5")
        tools = await plan(tx, f"mcp_tools ORDER BY {by} LIMIT 5")
        names = await plan(tx, f"mcp_servers WHERE {named}")
    assert "idx_mcp_near" in servers
    assert "idx_mcp_tools_near" in tools
    assert "idx_mcp_names" in names
