"""The catalogue loaded with visible progress."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from outfitter import wiring
from outfitter.adapters.ai import shipped_vectors, typical_needs
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.examples import Examples
from outfitter.adapters.files import catalogue_files
from outfitter.adapters.files.writable import require_writable
from outfitter.core.catalogue import Server
from outfitter.core.finding.searchable import texts_of
from outfitter.service import loading
from outfitter.service.loading import Loaded
from outfitter.settings import Settings


async def load(
    settings: Settings, owner_url: str, servers: Sequence[Server], console: Console
) -> Loaded:
    """Load servers and show how far it is; nothing is shown when nothing is new."""
    with progress("Embedding the catalogue", console) as show:
        async with wiring.loading(settings, owner_url) as loader:
            return await loader.load(servers, show)


async def write_vectors() -> int:
    """Embed the built-in servers and the known needs, and write what comes of it beside them."""
    require_writable(typical_needs.FILE, shipped_vectors.FILE)
    embed = LocalEmbedder()
    texts = [text for server in catalogue_files.builtin() for text in texts_of(server)]
    try:
        await typical_needs.write(typical_needs.FILE, embed, embed.model, Examples.read())
        return await shipped_vectors.write(shipped_vectors.FILE, texts, embed, embed.model)
    finally:
        await embed.close()


@contextmanager
def progress(title: str, console: Console) -> Iterator[loading.Progress]:
    """A bar that appears with the first thing done; in a file or pipe it would be an empty line."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    nobody_watches = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=nobody_watches) as bar:
        task = bar.add_task(title, visible=False)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield show
