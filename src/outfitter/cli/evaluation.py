"""Ranking and choosing from the command line: requests answered, and answers scored."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from outfitter import wiring
from outfitter.adapters.files import catalogue_files, retrieval_files
from outfitter.adapters.whole_file import written
from outfitter.cli.counting import counted
from outfitter.cli.database import Urls
from outfitter.cli.loading import progress
from outfitter.core.catalogue import Server
from outfitter.core.finding.measuring import Case, Pick, Score, score
from outfitter.service.evaluation import Finder
from outfitter.settings import Settings


def builtin() -> dict[str, Server]:
    """The built-in servers by name."""
    return {server.name: server for server in catalogue_files.builtin()}


def rank(settings: Settings, urls: Urls, servers: Mapping[str, Server], console: Console) -> bool:
    """Answer each line on standard input with one on standard output; False if one is no request.

    That one is answered with what is wrong with it, so that the others keep their answers.
    """
    given = _given_names(servers)
    sound = True
    with _finding(settings, urls, servers, console) as find:
        for one in retrieval_files.requests(sys.stdin.buffer):
            line: dict[str, Any] = {"id": one.id, "servers": [], "selected": []}
            if isinstance(one, retrieval_files.Unread):
                sound = False
                line["error"] = one.why
            else:
                found = find(one.query)
                line["servers"] = [given[name] for name in found.ranked]
                line["selected"] = [given[name] for name in found.chosen]
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    return sound


async def measure(
    settings: Settings,
    urls: Urls,
    servers: Mapping[str, Server],
    asked: Sequence[Case],
    console: Console,
) -> list[Pick]:
    """What is found for each request, with the servers by the names they were given."""
    async with _finder(settings, urls, servers, console) as finder:
        with progress("Answering", console) as show:
            found = await finder.find_all(asked, show)
    return as_given(found, servers)


def as_given(found: Iterable[Pick], servers: Mapping[str, Server]) -> list[Pick]:
    """What was found, with the servers by the names they were given."""
    given = _given_names(servers)
    return [
        replace(
            one,
            ranked=tuple(given[name] for name in one.ranked),
            chosen=tuple(given[name] for name in one.chosen),
        )
        for one in found
    ]


def tell(
    asked: Sequence[Case],
    found: Sequence[Pick],
    servers: int,
    console: Console,
    file: Path | None,
) -> None:
    """Print the scores, and write them to the file with every answer."""
    result = score(asked, found)
    console.print(_table(result, servers))
    if file:
        document = {
            "servers": servers,
            **result.model_dump(mode="json"),
            "answers": [_answer(one, it) for one, it in zip(asked, found, strict=True)],
        }
        text = json.dumps(document, indent=1)
        with written(file) as whole:
            whole.write(f"{text}\n".encode())


def _answer(one: Case, it: Pick) -> dict[str, Any]:
    return {
        "id": one.id,
        "needs": [sorted(need) for need in one.needs],
        "servers": it.ranked,
        "selected": it.chosen,
        "ms": round(it.ms, 1),
    }


def _table(result: Score, servers: int) -> Table:
    shown = Table("measure", "value", "over", title=counted(servers, "server"))
    requests = counted(result.requests, "request")
    for name, value, over in (
        *((f"recall@{depth}", share, requests) for depth, share in result.recall_at.items()),
        ("all@10", result.all_at_10, f"{result.several} with several needs"),
        ("nDCG@10", result.ndcg_at_10, requests),
        ("precision", result.precision, "the choice"),
        ("recall", result.recall, "the choice"),
        ("F1", result.f1, "the choice"),
        ("abstention", result.abstention, f"{result.negatives} that need nothing"),
    ):
        if value is not None:
            shown.add_row(name, f"{value:.3f}", over)
    shown.add_row("ms, median", f"{result.ms_median:.1f}", "one request at a time")
    shown.add_row("ms, 95 %", f"{result.ms_p95:.1f}", "one request at a time")
    return shown


def _given_names(servers: Mapping[str, Server]) -> dict[str, str]:
    return {server.name: name for name, server in servers.items()}


@contextmanager
def _finding(
    settings: Settings, urls: Urls, servers: Mapping[str, Server], console: Console
) -> Iterator[Callable[[str], Pick]]:
    """What answers one request at a time; between two no loop runs, which would keep Ctrl-C."""
    with asyncio.Runner() as runner:
        opened = AsyncExitStack()
        finder = _finder(settings, urls, servers, console)
        found = runner.run(opened.enter_async_context(finder))
        try:
            yield lambda query: runner.run(found.find(query))
        finally:
            runner.run(opened.aclose())


@asynccontextmanager
async def _finder(
    settings: Settings, urls: Urls, servers: Mapping[str, Server], console: Console
) -> AsyncIterator[Finder]:
    """What answers from these servers, once they are in the database."""
    with progress("Embedding the catalogue", console) as show:
        async with wiring.loading(settings, urls.owner) as loader:
            await loader.bring(list(servers.values()), show)
    async with wiring.finding(settings, urls.api, len(servers)) as finder:
        yield finder
