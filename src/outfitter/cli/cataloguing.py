"""The commands of `outfitter catalogue`; like the others they import late what they need."""

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

from outfitter.cli.counting import counted
from outfitter.cli.streams import ERR, OUT
from outfitter.settings import Settings

Folder = Annotated[
    Path | None, typer.Argument(help="A folder of entries; the built-in servers if left out.")
]
Form = Literal["table", "json", "markdown"]

app = typer.Typer(help="Fill and check the catalogue of servers.", no_args_is_help=True)


@app.command("load")
def load_entries(
    folder: Folder = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Load entries with complaints too.")
    ] = False,
) -> None:
    """Write servers into the catalogue; exits with 1 if any was left out for a complaint."""
    from outfitter.adapters.files import catalogue_files
    from outfitter.cli.database import owners
    from outfitter.cli.loading import load
    from outfitter.core.entries import lint

    settings = Settings()
    servers = catalogue_files.entries(folder)
    said = {one.name: lint.complaints(one) for one in servers}
    for name, mine in said.items():
        for complaint in mine:
            ERR.out(f"{name}: {complaint}", highlight=False)
    sound = [one for one in servers if force or not said[one.name]]
    with owners(settings, ERR) as owner:
        loaded = asyncio.run(load(settings, owner, sound, ERR))
    OUT.print(f"{counted(loaded.written, 'server')} written, {loaded.unchanged} unchanged.")
    if left := len(servers) - len(sound):
        ERR.print(f"{left} left out for what is said above; --force loads them too.")
        raise typer.Exit(1)


@app.command("check")
def check_entries(folder: Folder = None) -> None:
    """List what is wrong or risky in entries; exits with 1 if there is anything."""
    from outfitter.adapters.files import catalogue_files
    from outfitter.core.entries import lint

    servers = catalogue_files.entries(folder)
    found = [f"{one.name}: {said}" for one in servers for said in lint.complaints(one)]
    for line in found:
        OUT.out(line, highlight=False)
    ERR.print(f"{counted(len(servers), 'server')}, {counted(len(found), 'complaint')}.")
    raise typer.Exit(bool(found))


@app.command("import")
def import_entries(
    source: Annotated[str, typer.Argument(help="A file, a folder, or the URL of a registry.")],
    *,
    allow_unpinned: Annotated[
        bool,
        typer.Option("--allow-unpinned", help="Also use packages that are pinned to no version."),
    ] = False,
) -> None:
    """Import entries of the official registry, of Docker's, or of three files.

    Exits with 1 if none could be read.
    """
    from outfitter.cli import importing
    from outfitter.cli.database import owners

    settings = Settings()
    with owners(settings, ERR) as owner:
        read = asyncio.run(importing.run(settings, owner, source, ERR, unpinned=allow_unpinned))
    raise typer.Exit(not read)


@app.command("launch")
def launch_servers(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Which ones; all that start on this machine if left out."),
    ] = None,
    form: Annotated[Form, typer.Option(help="How to show the outcome.")] = "table",
    seconds: Annotated[float, typer.Option(min=1, help="How long each server may take.")] = 60,
    at_once: Annotated[
        int, typer.Option(min=1, max=16, help="How many servers to start at a time.")
    ] = 2,
) -> None:
    """Start built-in servers with made-up credentials and compare their tools with the entries.

    Exits with 1 if any differs, or if one that was named could not be compared.
    """
    from outfitter.adapters.files import catalogue_files
    from outfitter.adapters.launching import launch_all
    from outfitter.cli import launching

    servers = launching.chosen(catalogue_files.builtin(), names or ())
    found = asyncio.run(launch_all(servers, seconds, at_once))
    launching.tell(found, form, OUT)
    raise typer.Exit(not launching.is_fit(found, named=bool(names)))


@app.command("vectors")
def write_vectors() -> None:
    """Make the vectors that ship with the built-in servers anew, after one of them changed."""
    from outfitter.cli.loading import write_vectors

    OUT.print(f"{asyncio.run(write_vectors())} vectors written.")
