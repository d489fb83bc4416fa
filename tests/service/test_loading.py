"""Servers are embedded and written once, and never by two models at a time."""

import asyncio

import pytest
from sqlalchemy import text

from catalogues import CATALOGUE, GMAIL, NOTION, a_server
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.core.catalogue import StdioTemplate
from outfitter.core.errors import Refused, Unavailable
from outfitter.core.finding.vectors import Vector
from outfitter.core.user import User
from outfitter.service.loading import BATCH, MANY, Loader, require_model
from programs.databases import somebody_waits
from waiting import until


class Embedder:
    """Counts what it is given; every text gets the same sound vector."""

    def __init__(self, breaks_after: int = 1_000_000) -> None:
        self.texts: list[str] = []
        self.breaks_after = breaks_after

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """A vector for each text."""
        self.texts += texts
        if len(self.texts) > self.breaks_after:
            raise Unavailable("away")
        return [[1.0] + [0.0] * 1535 for _ in texts]


def _silent(_done: int, _total: int) -> None:
    pass


async def _models(owner: Database) -> dict[str, str]:
    async with owner.as_owner() as tx:
        rows = await tx.execute(text("SELECT name, embedding_model FROM mcp_servers"))
        return {row.name: row.embedding_model for row in rows}


async def test_a_second_load_writes_and_embeds_nothing(owner: Database) -> None:
    embed = Embedder()
    loader = Loader(owner, embed, "one")
    servers = list(CATALOGUE.values())

    first = await loader.load(servers, _silent)
    embedded = len(embed.texts)
    second = await loader.load(servers, _silent)

    assert (first.written, first.unchanged) == (len(servers), 0)
    assert (second.written, second.unchanged) == (0, len(servers))
    assert len(embed.texts) == embedded


async def test_only_what_changed_is_written_again(owner: Database) -> None:
    embed = Embedder()
    loader = Loader(owner, embed, "one")
    await loader.load([GMAIL, NOTION], _silent)
    embed.texts.clear()

    changed = NOTION.model_copy(update={"description": "Another sentence."})
    loaded = await loader.load([GMAIL, changed], _silent)

    assert (loaded.written, loaded.unchanged) == (1, 1)
    assert embed.texts[:2] == ["Notion", "Another sentence."]
    assert all("Notion" in one for one in embed.texts[2:])


async def test_another_model_embeds_everything_anew_also_what_was_not_given(
    owner: Database,
) -> None:
    await Loader(owner, Embedder(), "one").load([GMAIL, NOTION], _silent)

    loaded = await Loader(owner, Embedder(), "two").load([NOTION], _silent)

    assert loaded.written == 2
    assert set((await _models(owner)).values()) == {"two"}


async def test_a_load_that_breaks_leaves_everything_as_it_was(owner: Database) -> None:
    await Loader(owner, Embedder(), "one").load([GMAIL], _silent)

    with pytest.raises(Unavailable):
        await Loader(owner, Embedder(breaks_after=1), "two").load([GMAIL, NOTION], _silent)

    assert await _models(owner) == {GMAIL.name: "one"}


async def test_progress_is_told_to_the_end(owner: Database) -> None:
    told: list[tuple[int, int]] = []
    await Loader(owner, Embedder(), "one").load(
        list(CATALOGUE.values()), lambda done, total: told.append((done, total))
    )

    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize(
    ("present", "advice"), [(set(), "is empty"), ({"one"}, "anew"), ({"one", "two"}, "anew")]
)
def test_a_service_does_not_start_on_vectors_it_cannot_compare(
    present: set[str], advice: str
) -> None:
    with pytest.raises(Refused, match=advice) as refused:
        require_model(present, "two")
    assert "outfitter catalogue load" in refused.value.detail
    require_model({"two"}, "two")


async def test_an_import_that_breaks_keeps_what_is_written_and_goes_on_from_there(
    owner: Database,
) -> None:
    many = [a_server(f"one-{at}") for at in range(2 * BATCH + 5)]
    with pytest.raises(Unavailable):
        await Loader(owner, Embedder(breaks_after=2 * BATCH), "one").bring(many, _silent)
    assert len(await _models(owner)) == BATCH

    embed = Embedder()
    brought = await Loader(owner, embed, "one").bring(many, _silent)

    assert (brought.written, brought.unchanged) == (BATCH + 5, BATCH)
    assert len(embed.texts) == 2 * (BATCH + 5)


async def test_an_entry_found_again_on_another_day_is_left_as_it_is(owner: Database) -> None:
    loader = Loader(owner, Embedder(), "one")
    await loader.bring([a_server("one", provenance="there, 2026-11-22", origin="a.b/one")], _silent)

    brought = await loader.bring(
        [a_server("one", provenance="there, 2026-11-23", origin="a.b/one")], _silent
    )

    assert (brought.written, brought.unchanged) == (0, 1)
    assert await loader.origins() == {"one": "a.b/one"}


async def test_another_source_does_not_put_something_else_under_a_name(owner: Database) -> None:
    ours = a_server("one", provenance="there, 2026-11-22", origin="a.b/one")
    theirs = a_server("one", provenance="elsewhere, 2026-11-23", origin="a.b/one")
    evil = StdioTemplate(command="npx", args=("-y", "evil@1.0.0"))
    loader = Loader(owner, Embedder(), "one")
    await loader.bring([ours], _silent)

    usurped = await loader.bring([theirs.model_copy(update={"template": evil})], _silent)
    copied = await loader.bring([theirs.model_copy(update={"title": "Still one"})], _silent)

    assert (usurped.written, usurped.unchanged) == (0, 0)
    assert usurped.refused == ("one: it is something else in there, 2026-11-22",)
    assert (copied.written, copied.refused) == (1, ())


async def test_the_vector_indexes_are_there_after_many_rows_and_after_a_failure(
    owner: Database,
) -> None:
    many = [a_server(f"one-{at}") for at in range(MANY)]
    with pytest.raises(Unavailable):
        await Loader(owner, Embedder(breaks_after=2 * BATCH), "one").bring(many, _silent)
    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}

    await Loader(owner, Embedder(), "one").bring(many, _silent)

    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}


async def test_an_import_neither_waits_for_who_reads_for_long_nor_holds_the_others_up(
    owner: Database, database: Database, user: User
) -> None:
    many = [a_server(f"one-{at}") for at in range(MANY)]
    async with database.transaction(user) as reading:
        await catalogue.page(reading, limit=1, offset=0)
        bringing = asyncio.create_task(Loader(owner, Embedder(), "one").bring(many, _silent))
        while not bringing.done():
            async with database.transaction(user) as tx:
                _, total = await catalogue.page(tx, limit=1, offset=0)
            await asyncio.sleep(0.05)

    assert (await bringing).written == MANY
    assert total > 0
    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}


async def test_a_load_makes_the_vector_indexes_that_a_killed_import_left_away(
    owner: Database,
) -> None:
    async with owner.as_owner() as tx:
        await catalogue.drop_indexes(tx)

    await Loader(owner, Embedder(), "one").load([GMAIL], _silent)

    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}


async def test_two_make_what_a_killed_import_left_away_one_after_the_other(
    owner: Database,
) -> None:
    async with owner.as_owner() as tx:
        await catalogue.drop_indexes(tx)

    async with owner.as_owner() as first:
        await catalogue.make_indexes(first)
        bringing = asyncio.create_task(Loader(owner, Embedder(), "one").bring([], _silent))
        await until(lambda: bringing.done() or somebody_waits(owner))
    assert (await bringing).written == 0

    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}


async def test_two_loads_after_a_killed_import_both_end(owner: Database) -> None:
    async with owner.as_owner() as tx:
        await catalogue.drop_indexes(tx)

    loads = (Loader(owner, Embedder(), "one").load([GMAIL, NOTION], _silent) for _ in range(4))
    await asyncio.gather(*loads)

    assert await _vector_indexes(owner) == {"idx_mcp_near", "idx_mcp_tools_near"}


async def test_an_import_does_not_mix_the_vectors_of_two_models(owner: Database) -> None:
    await Loader(owner, Embedder(), "one").load([GMAIL], _silent)

    with pytest.raises(Refused, match="anew"):
        await Loader(owner, Embedder(), "two").bring([NOTION], _silent)


async def _vector_indexes(owner: Database) -> set[str]:
    async with owner.as_owner() as tx:
        rows = await tx.execute(
            text("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%USING hnsw%'")
        )
        return {row.indexname for row in rows}
