"""The command line: `outfitter demo`, `serve`, `catalogue`, `rank`, `eval` and more.

Each command imports what it needs when it is called, so that none waits for what another needs.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from outfitter import __version__
from outfitter.cli import cataloguing
from outfitter.cli.counting import counted
from outfitter.cli.streams import ERR, OUT, open_what_is_closed, show_what_can_be_shown
from outfitter.core.errors import OutfitterError, Refused
from outfitter.core.printable import printable
from outfitter.settings import Settings, complaints

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
keys = typer.Typer(help="Make and replace the keys that seal credentials.", no_args_is_help=True)
app.add_typer(cataloguing.app, name="catalogue")
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
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """From a sentence to a configured agent that runs."""
    del version  # its callback has told it and left


@app.command()
def demo(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Stop once the agent is made, instead of serving on.")
    ] = False,
) -> None:
    """Start everything on this machine and take one request all the way to an agent."""
    from outfitter.cli import demonstration, serving
    from outfitter.cli.database import at_hand

    settings = Settings()
    with at_hand(settings, ERR) as urls:
        serving.run(demonstration.run(settings, urls, OUT, once=once))


@app.command()
def serve() -> None:
    """Run the API, on an embedded Postgres of its own unless DATABASE_URL is set."""
    from outfitter.cli import serving
    from outfitter.cli.database import at_hand
    from outfitter.wiring.soundness import sound_settings

    settings = sound_settings()
    with at_hand(settings, ERR) as urls:
        serving.serve(settings, urls, ERR)


@app.command()
def doctor() -> None:
    """Check each part of the deployment and say how to mend it; exits with 1 if any needs it."""
    from outfitter.cli import examining

    raise typer.Exit(not asyncio.run(examining.run(OUT)))


@app.command()
def migrate(
    *,
    down: Annotated[
        bool, typer.Option("--down", help="Drop every table, with all that users have stored.")
    ] = False,
    with_catalogue: Annotated[
        bool, typer.Option("--with-catalogue", help="Then load the built-in servers.")
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
        OUT.print("The tables are gone.")
        return
    asyncio.run(migrations.upgrade(url))
    asyncio.run(open_to_api(settings))
    OUT.print("The database is up to date.")
    if with_catalogue:
        cataloguing.load_entries()


@app.command()
def rank(
    file: Annotated[
        Path | None,
        typer.Option(
            "--catalogue", help="A file with a server on each line, in place of the built-in ones."
        ),
    ] = None,
) -> None:
    """Rank and choose servers for the requests on standard input, JSON lines in and out.

    Exits with 1 if a line is no request.
    """
    from outfitter.adapters.files import retrieval_files
    from outfitter.cli import evaluation
    from outfitter.cli.database import scratch

    servers = retrieval_files.catalogue(file) if file else evaluation.builtin()
    with scratch(ERR) as urls:
        sound = evaluation.rank(Settings(), urls, servers, ERR)
    if not sound:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            help="The folder with queries.jsonl, and catalogue.jsonl if it has its own."
        ),
    ],
    distractors: Annotated[
        int, typer.Option(min=0, help="How many servers to add that no request needs.")
    ] = 0,
    file: Annotated[
        Path | None, typer.Option("--json", help="A file to write every answer to.")
    ] = None,
) -> None:
    """Score ranking and choosing on requests whose right servers are known."""
    from outfitter.adapters.files import retrieval_files
    from outfitter.adapters.files.writable import require_writable
    from outfitter.cli import evaluation
    from outfitter.cli.database import scratch

    asked = retrieval_files.asked(folder)
    servers = retrieval_files.catalogue_of(folder, distractors) or evaluation.builtin()
    retrieval_files.require_known(asked, servers)
    if file:
        require_writable(file)
    with scratch(ERR) as urls:
        found = asyncio.run(evaluation.measure(Settings(), urls, servers, asked, ERR))
    evaluation.tell(asked, found, len(servers), OUT, file)


@app.command()
def token(
    email: Annotated[
        str, typer.Argument(help="The user it is for: each address is a user of its own.")
    ] = "you@localhost",
) -> None:
    """Print an access token, good for a day; only where the service signs its own."""
    from outfitter.cli.tokens import newcomer_token

    sys.stdout.write(newcomer_token(Settings(), email) + "\n")


@keys.command("new")
def new_keys(
    name: Annotated[
        str | None,
        typer.Argument(
            help="The id by which sealed values name the key, never that of another.",
            show_default="one of its own",
        ),
    ] = None,
) -> None:
    """Print a new key for CREDENTIAL_KEYS."""
    from outfitter.adapters.vault import Keyring

    sys.stdout.write(Keyring.new(name) + "\n")


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal every stored credential with the newest key, while the service goes on."""
    from outfitter.cli.database import owners
    from outfitter.cli.rotating import rotate

    settings = Settings()
    with owners(settings, ERR) as owner:
        rotated = asyncio.run(rotate(settings, owner, ERR))
    anew = counted(rotated.resealed, "credential")
    OUT.print(f"{anew} sealed anew, {rotated.left} left under older keys.")


@app.command()
def prune(
    *,
    older_than: Annotated[
        int, typer.Option(metavar="DAYS", min=1, max=36500, help="How many days are kept.")
    ],
    sessions: Annotated[
        bool,
        typer.Option(
            "--sessions",
            help="Also sessions that are idle so long, with their messages, unless an agent was "
            "made in them.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how much it is; nothing is deleted.")
    ] = False,
) -> None:
    """Delete old turns, slots of quotas and lines of the log, while the service goes on."""
    from outfitter.cli import pruning
    from outfitter.cli.database import owners

    with owners(Settings(), ERR) as owner:
        said = pruning.prune(owner, older_than, ERR, sessions=sessions, dry_run=dry_run)
        OUT.print(asyncio.run(said), soft_wrap=True)


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
        ERR.out(printable(line), style="red", highlight=False)
    sys.exit(code)
