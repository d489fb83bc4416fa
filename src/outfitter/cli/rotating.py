"""Credentials sealed anew with visible progress."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from outfitter import wiring
from outfitter.service.rotation import Rotated
from outfitter.settings import Settings


async def rotate(settings: Settings, owner_url: str, console: Console) -> Rotated:
    """Seal anew what older keys sealed, and show how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Sealing credentials", visible=False)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        async with wiring.rotating(settings, owner_url) as rotation:
            return await rotation.run(show)
