"""The catalogue loaded with visible progress."""

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from outfitter import wiring
from outfitter.core.catalogue import Server
from outfitter.service.loading import Loaded
from outfitter.settings import Settings


async def load(
    settings: Settings, owner_url: str, servers: Sequence[Server], console: Console
) -> Loaded:
    """Load servers and show how far it is; nothing is shown when nothing is new."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Embedding the catalogue", visible=False)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        async with wiring.loading(settings, owner_url) as loader:
            return await loader.load(servers, show)
