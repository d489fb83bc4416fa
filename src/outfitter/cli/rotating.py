"""Credentials sealed anew with visible progress."""

from rich.console import Console

from outfitter import wiring
from outfitter.cli.loading import progress
from outfitter.service.rotation import Rotated
from outfitter.settings import Settings


async def rotate(settings: Settings, owner_url: str, console: Console) -> Rotated:
    """Seal anew what older keys sealed, and show how far it is."""
    with progress("Sealing credentials", console) as show:
        async with wiring.rotating(settings, owner_url) as rotation:
            return await rotation.run(show)
