"""The command line: `outfitter demo`, `serve`, `migrate`, `catalogue`, `token`, `keys`.

Each command imports what it needs when it is called, so that none waits for what another needs.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from outfitter.core import lint
from outfitter.core.errors import OutfitterError, Refused
from outfitter.settings import Settings

_out = Console()
_err = Console(stderr=True)

app = typer.Typer(
    help="From a sentence to a configured agent that runs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
catalogue = typer.Typer(help="The servers that can be chosen.", no_args_is_help=True)
keys = typer.Typer(help="The keys that seal credentials.", no_args_is_help=True)
app.add_typer(catalogue, name="catalogue")
app.add_typer(keys, name="keys")


@app.command()
def demo(*, once: Annotated[bool, typer.Option(help="Stop after the transcript.")] = False) -> None:
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

    settings = Settings()
    with at_hand(settings, _err) as urls:
        serving.run(serving.serve(settings, urls, _err))


@app.command()
def migrate(
    *,
    down: Annotated[bool, typer.Option(help="Take every table away again.")] = False,
    with_catalogue: Annotated[bool, typer.Option(help="Load the built-in servers too.")] = False,
) -> None:
    """Bring the database to this version, and give the API's role the password of its URL."""
    from outfitter.adapters import migrations
    from outfitter.cli.database import open_to_api, owner_url

    settings = Settings()
    url = owner_url(settings)
    if down:
        asyncio.run(migrations.downgrade(url))
        _out.print("The tables are gone.")
        return
    asyncio.run(migrations.upgrade(url))
    asyncio.run(open_to_api(settings))
    _out.print("The database is up to date.")
    if with_catalogue:
        load_catalogue()


@catalogue.command("load")
def load_catalogue(
    folder: Annotated[Path | None, typer.Argument(help="Else the built-in servers.")] = None,
) -> None:
    """Bring servers into the catalogue: all of them, or none if one is wrong."""
    from outfitter.adapters import catalogue_files
    from outfitter.cli.database import at_hand
    from outfitter.cli.loading import load

    settings = Settings()
    servers = catalogue_files.folder(folder) if folder else catalogue_files.builtin()
    for server in servers:
        for complaint in lint.complaints(server):
            _err.print(f"[yellow]{server.name}: {complaint}", soft_wrap=True)
    with at_hand(settings, _err) as urls:
        loaded = asyncio.run(load(settings, urls.owner, servers, _err))
    _out.print(f"{loaded.written} servers written, {loaded.unchanged} unchanged.")


@app.command()
def token(email: Annotated[str, typer.Argument()] = "you@localhost") -> None:
    """Print an access token for this machine; refused where Supabase signs them."""
    from outfitter.cli.tokens import newcomer_token

    sys.stdout.write(newcomer_token(Settings(), email) + "\n")


@keys.command("new")
def new_keys(name: Annotated[str, typer.Argument(help="The new key's id.")] = "k1") -> None:
    """Print a fresh value for CREDENTIAL_KEYS."""
    from outfitter.adapters.vault import Keyring

    sys.stdout.write(Keyring.new(name) + "\n")


def main() -> None:
    """Run a command; whatever can be mended is told in one line."""
    try:
        app()
    except ValidationError as error:
        for one in error.errors(include_input=False, include_url=False):
            name = str(one["loc"][0] if one["loc"] else "settings").upper()
            _err.print(f"[red]{name}: {one['msg']}")
        sys.exit(2)
    except OutfitterError as error:
        _err.print(f"[red]{error.detail}", soft_wrap=True)
        sys.exit(2 if isinstance(error, Refused) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
