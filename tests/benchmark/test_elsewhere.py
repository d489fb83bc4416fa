"""What is found and chosen in catalogues that are not ours must not get worse."""

from collections.abc import Callable
from pathlib import Path

import pytest

from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.files import retrieval_files
from outfitter.adapters.postgres.database import Database
from outfitter.cli.evaluation import as_given
from outfitter.core.finding.measuring import score
from outfitter.service.evaluation import Finder
from outfitter.wiring import parts
from programs.databases import as_api, clone, stocked_template

Tell = Callable[[str, object], None]
FOLDER = Path(__file__).parents[1] / "data" / "elsewhere"


@pytest.mark.parametrize(
    ("kind", "found", "f1", "kept_away"),
    [
        ("journeys", 0.99, 0.79, 0.85),
        ("market", 0.97, 0.79, 0.57),
        ("registry", 0.96, 0.74, 0.87),
        ("trades", 0.97, 0.75, 0.75),
    ],
)
async def test_what_a_request_needs_is_chosen_from_servers_of_others(
    kind: str, found: float, f1: float, kept_away: float, postgres: str, record_property: Tell
) -> None:
    servers = retrieval_files.catalogue_of(FOLDER / kind, 0) or {}
    asked = retrieval_files.asked(FOLDER / kind)
    embedder = LocalEmbedder()
    async with (
        stocked_template(postgres, list(servers.values())) as template,
        clone(postgres, template) as owner,
    ):
        database = Database(as_api(owner), pool_size=1)
        finder = Finder(database, parts.finding(embedder, len(servers)))
        picks = await finder.find_all(asked, lambda _done, _all: None)
        await database.close()
    await embedder.close()
    result = score(asked, as_given(picks, servers))
    record_property(f"{kind}: F1 and R@10", (result.f1, result.recall_at[10]))
    assert result.recall_at[10] >= found
    assert (result.f1 or 0.0) >= f1
    assert (result.abstention or 0.0) >= kept_away
