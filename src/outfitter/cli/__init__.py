"""The command line: `outfitter demo`, `serve`, `catalogue`, `rank`, `eval` and more.

Each command imports what it needs when it is called, so that none waits for what another needs.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from outfitter import __version__
from outfitter.cli.counting import counted
from outfitter.cli.streams import open_what_is_closed, show_what_can_be_shown
from outfitter.core.errors import OutfitterError, Refused
from outfitter.core.printable import printable
from outfitter.settings import Settings, complaints

Form = Literal["table", "json", "markdown"]

_out = Console()
_err = Console(stderr=True)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
catalogue = typer.Typer(help="The servers that can be chosen.", no_args_is_help=True)
keys = typer.Typer(help="The keys that seal credentials.", no_args_is_help=True)
app.add_typer(catalogue, name="catalogue")
app.add_typer(keys, name="keys")


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer hands it over like this
    if asked:
        sys.stdout.write(f"outfitter {__version__}\n")
        raise typer.Exit


@app.callback()
def whole(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """From a sentence to a configured agent that runs."""
    del version  # its callback has told it and left


@app.command()
def demo(
    *, once: Annotated[bool, typer.Option("--once", help="Stop after the transcript.")] = False
) -> None:
    """Start everything on this machine and take one request all the way to an agent."""
    from outfitter.cli import demonstration, serving
    from outfitter.cli.database import at_hand

    settings = Settings()
    with at_hand(settings, _err) as urls:
        serving.run(demonstration.run(settings, urls, _out, once=once))


@app.command()
def serve() -> None:
    """Run the API; without DATABASE_URL on an embedded Postgres of its own."""
    from outfitter.cli import serving
    from outfitter.cli.database import at_hand
    from outfitter.wiring.soundness import sound_settings

    settings = sound_settings()
    with at_hand(settings, _err) as urls:
        serving.serve(settings, urls, _err)


@app.command()
def doctor() -> None:
    """Say of each part whether it is fit, and how to mend it; 1 if anything is not."""
    from outfitter.cli import examining

    raise typer.Exit(not asyncio.run(examining.run(_out)))


@app.command()
def migrate(
    *,
    down: Annotated[bool, typer.Option("--down", help="Take every table away again.")] = False,
    with_catalogue: Annotated[
        bool, typer.Option("--with-catalogue", help="Load the built-in servers too.")
    ] = False,
) -> None:
    """Bring the database to this version, and give the API's role the password of its URL."""
    from outfitter.adapters.postgres import migrations
    from outfitter.cli.database import open_to_api, owner_url

    if down and with_catalogue:
        raise Refused("Without tables there is no catalogue: leave out --down or --with-catalogue.")
    settings = Settings()
    url = owner_url(settings)
    if down:
        if sys.stdin.isatty():
            typer.confirm("Drop every table, with all that users have stored?", abort=True)
        asyncio.run(migrations.downgrade(url))
        _out.print("The tables are gone.")
        return
    asyncio.run(migrations.upgrade(url))
    asyncio.run(open_to_api(settings))
    _out.print("The database is up to date.")
    if with_catalogue:
        load_catalogue()


@catalogue.command("vectors")
def write_vectors() -> None:
    """Write anew the vectors that ship with the built-in servers, after one of them changed."""
    from outfitter.cli.loading import write_vectors

    _out.print(f"{asyncio.run(write_vectors())} vectors written.")


@catalogue.command("load")
def load_catalogue(
    folder: Annotated[Path | None, typer.Argument(help="Else the built-in servers.")] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Load what has complaints too.")] = False,
) -> None:
    """Bring servers into the catalogue; 1 if some were left out for what is wrong with them."""
    from outfitter.adapters.files import catalogue_files
    from outfitter.cli.database import owners
    from outfitter.cli.loading import load
    from outfitter.core.entries import lint

    settings = Settings()
    servers = catalogue_files.entries(folder)
    said = {one.name: lint.complaints(one) for one in servers}
    for name, mine in said.items():
        for complaint in mine:
            _err.out(f"{name}: {complaint}", highlight=False)
    sound = [one for one in servers if force or not said[one.name]]
    with owners(settings, _err) as owner:
        loaded = asyncio.run(load(settings, owner, sound, _err))
    _out.print(f"{counted(loaded.written, 'server')} written, {loaded.unchanged} unchanged.")
    if left := len(servers) - len(sound):
        _err.print(f"{left} left out for what is said above; --force loads them too.")
        raise typer.Exit(1)


@catalogue.command("check")
def check_catalogue(
    folder: Annotated[Path | None, typer.Argument(help="Else the built-in servers.")] = None,
) -> None:
    """Say what is wrong or risky in entries, a line each; 1 if there is any."""
    from outfitter.adapters.files import catalogue_files
    from outfitter.core.entries import lint

    servers = catalogue_files.entries(folder)
    found = [f"{one.name}: {said}" for one in servers for said in lint.complaints(one)]
    for line in found:
        _out.out(line, highlight=False)
    _err.print(f"{counted(len(servers), 'server')}, {counted(len(found), 'complaint')}.")
    raise typer.Exit(bool(found))


@catalogue.command("import")
def import_catalogue(
    source: Annotated[str, typer.Argument(help="A file, a folder or the URL of a registry.")],
    *,
    allow_unpinned: Annotated[
        bool, typer.Option("--allow-unpinned", help="Also use what names no version.")
    ] = False,
) -> None:
    """Bring in entries of the official registry, Docker's or three files; 1 if all are refused."""
    from outfitter.cli import importing
    from outfitter.cli.database import owners

    settings = Settings()
    with owners(settings, _err) as owner:
        read = asyncio.run(importing.run(settings, owner, source, _err, unpinned=allow_unpinned))
    raise typer.Exit(not read)


@catalogue.command("launch")
def launch_catalogue(
    names: Annotated[list[str] | None, typer.Argument(help="Else all that start here.")] = None,
    form: Annotated[Form, typer.Option(help="How it is told.")] = "table",
    seconds: Annotated[float, typer.Option(min=1, help="For each server.")] = 60,
    at_once: Annotated[int, typer.Option(min=1, max=16, help="How many at a time.")] = 2,
) -> None:
    """Start built-in servers with made-up credentials and compare their tools.

    1 if any drifted, or one that was named could not be compared.
    """
    from outfitter.adapters.files import catalogue_files
    from outfitter.adapters.launching import launch_all
    from outfitter.cli import launching

    servers = launching.chosen(catalogue_files.builtin(), names or ())
    found = asyncio.run(launch_all(servers, seconds, at_once))
    launching.tell(found, form, _out)
    raise typer.Exit(not launching.is_fit(found, named=bool(names)))


@app.command()
def rank(
    file: Annotated[
        Path | None, typer.Option("--catalogue", help="Servers, one a line; else the built-in.")
    ] = None,
) -> None:
    """Answer the requests on standard input, JSON lines in and out; 1 if a line is no request."""
    from outfitter.adapters.files import retrieval_files
    from outfitter.cli import evaluation
    from outfitter.cli.database import scratch

    servers = retrieval_files.catalogue(file) if file else evaluation.builtin()
    with scratch(_err) as urls:
        sound = asyncio.run(evaluation.rank(Settings(), urls, servers, _err))
    if not sound:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    folder: Annotated[Path, typer.Argument(help="catalogue.jsonl and queries.jsonl lie there.")],
    distractors: Annotated[int, typer.Option(min=0, help="Servers to add that nobody needs.")] = 0,
    file: Annotated[Path | None, typer.Option("--json", help="Where every answer goes.")] = None,
) -> None:
    """Score ranking and choosing on requests whose servers are known."""
    from outfitter.adapters.files import retrieval_files
    from outfitter.adapters.files.writable import require_writable
    from outfitter.cli import evaluation
    from outfitter.cli.database import scratch

    asked = retrieval_files.asked(folder)
    servers = retrieval_files.catalogue_of(folder, distractors) or evaluation.builtin()
    retrieval_files.require_known(asked, servers)
    if file:
        require_writable(file)
    with scratch(_err) as urls:
        found = asyncio.run(evaluation.measure(Settings(), urls, servers, asked, _err))
    evaluation.tell(asked, found, len(servers), _out, file)


@app.command()
def token(
    email: Annotated[str, typer.Argument(help="Whose it is; one address is one user.")] = (
        "you@localhost"
    ),
) -> None:
    """Print an access token for this machine; refused where Supabase signs them."""
    from outfitter.cli.tokens import newcomer_token

    sys.stdout.write(newcomer_token(Settings(), email) + "\n")


@keys.command("new")
def new_keys(name: Annotated[str, typer.Argument(help="The new key's id.")] = "k1") -> None:
    """Print a fresh value for CREDENTIAL_KEYS."""
    from outfitter.adapters.vault import Keyring

    sys.stdout.write(Keyring.new(name) + "\n")


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal every credential with the newest key; the service may go on meanwhile."""
    from outfitter.cli.database import owners
    from outfitter.cli.rotating import rotate

    settings = Settings()
    with owners(settings, _err) as owner:
        rotated = asyncio.run(rotate(settings, owner, _err))
    anew = counted(rotated.resealed, "credential")
    _out.print(f"{anew} sealed anew, {rotated.left} left under older keys.")


def main() -> None:
    """Run a command; whatever can be mended is told in one line."""
    open_what_is_closed()
    show_what_can_be_shown()
    try:
        app()
    except ValidationError as error:
        _give_up(2, *complaints(error))
    except OutfitterError as error:
        _give_up(2 if isinstance(error, Refused) else 1, *error.detail.split("\n"))
    except OSError as error:
        # A file or folder of the operator's: what else is outside tells of itself above.
        said = error.strerror or type(error).__name__
        _give_up(1, f"{error.filename}: {said}" if error.filename else said)


def _give_up(code: int, *lines: str) -> NoReturn:
    for line in lines:
        # What a file or an address of others is blamed for could steer the terminal.
        _err.out(printable(line), style="red", highlight=False)
    sys.exit(code)
