"""`make ablate SETS="FOLDER …"`: what each part of the search and the choice adds, as a table.

Beside the folders it measures the project's own requests. Each part is taken out in turn, with the
rest as it is: R@10, all@10 and F1 of the choice, and the share of remarks that get no server.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console

import benchmark_data
from benchmark_data import Request
from outfitter.adapters.ai import typical_needs
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.typical_needs import TypicalNeeds
from outfitter.adapters.files import retrieval_files
from outfitter.adapters.postgres.database import Database
from outfitter.cli.evaluation import as_given, builtin
from outfitter.core.catalogue import Server
from outfitter.core.finding import choosing, ranking, sought
from outfitter.core.finding.measuring import Case, Score, score
from outfitter.core.finding.vectors import Vector
from outfitter.service.evaluation import Finder
from outfitter.wiring import parts
from programs.databases import as_api, clone, run, running_server, stocked_template

# What to put in a part's place: of whom, called what.
Change = tuple[object, str, Any]

_named = ranking._names  # noqa: SLF001 - what is taken out lies within


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _not_scored(*given: Any, **more: Any) -> list[tuple[float, bool]]:  # noqa: ANN401 - as given
    return [(0.0, named) for _, named in _named(*given, **more)]


_DRAW_NOTHING = (typical_needs, "_PULL", 0.0)
_BRING_NOTHING: Change = (TypicalNeeds, "_near", lambda *_: {})
_HEAR_NOTHING = (choosing, "spoken_of", _nothing)
_KNOW_NO_REMARK = [(module, "REMARK", -float("inf")) for module in (choosing, ranking)]
_KNOW_NOT_WHAT_IS_ASKED = [(choosing, name, 0.0) for name in ("_ASKING", "_DOUBT")]

WITHOUT: Mapping[str, Sequence[Change]] = {
    "all parts": (),
    "no typical needs": (_DRAW_NOTHING, _BRING_NOTHING, _HEAR_NOTHING),
    "needs draw no vectors": (_DRAW_NOTHING,),
    "needs bring no servers": (_BRING_NOTHING,),
    "words add nothing to likenesses": ((typical_needs, "_HEARD", 0.0),),
    "no needs heard beside names": (_HEAR_NOTHING,),
    "how surely it asks counts for nothing": (*_KNOW_NOT_WHAT_IS_ASKED, *_KNOW_NO_REMARK),
    "no hints": ((sought, "implied", _nothing),),
    "no unspoken needs in the choice": ((choosing, "implied", _nothing),),
    "nothing sent away that is for something else": (
        (choosing, "is_for_another", lambda *_: False),
    ),
    "needs spoken of on both sides count for nothing": ((ranking, "_SPOKEN", 0.0),),
    "no BM25": ((ranking, "_WORDS", 0.0),),
    "no names in the score": ((ranking, "_names", _not_scored),),
    "the whole message alone, and hints": ((sought, "parts", lambda text: [(text, 0)]),),
}


class Remembering:
    """Embeds each text once for all rows of the table."""

    model, dimensions = LocalEmbedder.model, LocalEmbedder.dimensions

    def __init__(self, embed: LocalEmbedder) -> None:
        self._embed = embed
        self._known: dict[str, Vector] = {}

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One vector for each text."""
        if new := [one for one in dict.fromkeys(texts) if one not in self._known]:
            self._known.update(zip(new, await self._embed(new), strict=True))
        return [self._known[one] for one in texts]


@dataclass(frozen=True)
class Measured:
    """Requests for one catalogue."""

    name: str
    servers: Mapping[str, Server]
    cases: Sequence[Case]

    @classmethod
    def of_folder(cls, folder: Path) -> "Measured":
        """Those of a folder."""
        servers = retrieval_files.catalogue_of(folder, 0)
        return cls(folder.name, servers or builtin(), retrieval_files.asked(folder))

    @classmethod
    def own(cls, name: str, requests: Callable[[], list[Request]]) -> "Measured":
        """Some of the project's own."""
        cases = [Case(str(at), one.query, one.needs) for at, one in enumerate(requests())]
        return cls(name, builtin(), cases)


async def main(folders: Sequence[Path]) -> None:
    """The table, a column for each set."""
    sets = [Measured.of_folder(one) for one in (*folders, benchmark_data.FOLDER)]
    sets += [
        Measured.own(one.__name__, one)
        for one in (benchmark_data.everyday, benchmark_data.firsts, benchmark_data.remarks)
    ]
    columns = [await _column(one) for one in sets]
    console = Console(width=10_000)
    console.out("| | " + " | ".join(one.name for one in sets) + " |")
    console.out("| --- " * (1 + len(sets)) + "|")
    for at, name in enumerate(WITHOUT):
        console.out(f"| {name} | " + " | ".join(column[at] for column in columns) + " |")


async def _column(one: Measured) -> list[str]:
    """What a set's requests come to with each of the parts taken out."""
    embed = LocalEmbedder()
    remembering: Any = Remembering(embed)
    found = []
    async with _loaded(one.servers) as database:
        for changes in WITHOUT.values():
            with ExitStack() as without:
                for change in changes:
                    without.enter_context(patch.object(*change))
                finder = Finder(database, parts.finding(remembering, len(one.servers)))
                picks = await finder.find_all(one.cases, lambda _done, _all: None)
            found.append(_told(score(one.cases, as_given(picks, one.servers))))
    await embed.close()
    return found


@asynccontextmanager
async def _loaded(servers: Mapping[str, Server]) -> AsyncIterator[Database]:
    with running_server() as postgres:
        async with (
            stocked_template(postgres, list(servers.values())) as template,
            clone(postgres, template) as owner,
        ):
            await run(owner, "ANALYZE")
            database = Database(as_api(owner), pool_size=1)
            yield database
            await database.close()


def _told(result: Score) -> str:
    shown = (result.recall_at.get(10), result.all_at_10, result.f1, result.abstention)
    return " / ".join("-" if one is None else f"{one:.3f}" for one in shown)


if __name__ == "__main__":
    asyncio.run(main([Path(one) for one in sys.argv[1:]]))
