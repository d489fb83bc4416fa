"""Entries from elsewhere brought into the catalogue, with visible progress."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console

from outfitter import wiring
from outfitter.adapters.files import catalogue_files, import_files, registry_http
from outfitter.cli.counting import counted
from outfitter.cli.loading import progress
from outfitter.core.entries.importing import Brought, Entry, Rules, bring
from outfitter.core.errors import Refused
from outfitter.core.printable import printable
from outfitter.service.loading import Loaded
from outfitter.settings import Settings

_MOST_LINES = 20


async def run(
    settings: Settings, owner_url: str, source: str, console: Console, *, unpinned: bool
) -> bool:
    """Import a source, and say what was written, what cannot be used, and what was refused.

    False if nothing in it could be read.
    """
    entries = await _entries(source)
    rules = Rules(_provenance(source), unpinned)
    async with wiring.loading(settings, owner_url) as loader:
        # The built-in names stay free for their servers, whether or not those are loaded yet.
        taken = await loader.origins() | {one.name: "" for one in catalogue_files.builtin()}
        brought = bring(entries, taken, rules)
        with progress("Importing", console) as show:
            loaded = await loader.bring(brought.servers, show)
    _tell(brought, loaded, console)
    return bool(brought.servers or brought.left_out or not brought.refused)


async def _entries(source: str) -> list[Entry]:
    if not source:
        raise Refused("Name a file, a folder or the URL of a registry.")
    if "://" in source:
        return [one async for one in registry_http.entries(source)]
    if found := list(import_files.entries(Path(source))):
        return found
    raise Refused(f"{source}: no entry in it")


def _provenance(source: str) -> str:
    """Where the entries come from and when, without what only this machine should know."""
    day = datetime.now(UTC).date().isoformat()
    if "://" not in source:
        place = Path(source).resolve().name
    else:
        url = urlsplit(source)
        host = url.netloc.rpartition("@")[2].lower()
        place = f"{url.scheme}://{host}{url.path}"
    return f"{printable(place)}, {day}"


def _tell(brought: Brought, loaded: Loaded, console: Console) -> None:
    refused = [*brought.refused, *loaded.refused]
    for line in refused[:_MOST_LINES]:
        console.out(f"refused {line}", highlight=False)
    if (more := len(refused) - _MOST_LINES) > 0:
        console.print(f"and {more} more refused")
    unusable = sum(not one.is_usable for one in brought.servers)
    console.out(
        f"{counted(loaded.written, 'server')} written, {loaded.unchanged} unchanged; {unusable} "
        f"cannot be used, {len(refused)} refused, {brought.left_out} old or deleted left out.",
        highlight=False,
    )
