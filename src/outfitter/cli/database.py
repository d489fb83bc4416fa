"""Which database a command works on."""

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from sqlalchemy import make_url

from outfitter.adapters.leftovers import leftovers
from outfitter.adapters.postgres.embedded import LOCK, EmbeddedPostgres
from outfitter.adapters.postgres.embedded_home import MAJOR
from outfitter.cli.stopping import stoppable
from outfitter.core.errors import Refused
from outfitter.settings import Settings

_API_ROLE = "outfitter_api"
_SCRATCH = "outfitter-scratch-"


@dataclass(frozen=True, slots=True)
class Urls:
    """One database, as the service and as its owner; both stay out of `repr`."""

    api: str = field(repr=False)
    owner: str = field(repr=False)
    is_embedded: bool = False


@contextmanager
def at_hand(settings: Settings, console: Console) -> Iterator[Urls]:
    """The operator's database, or an embedded one that runs as long as the command."""
    if settings.database_url is not None:
        api = settings.database_url.get_secret_value()
        yield Urls(api, owner_url(settings))
        return
    with stoppable(), _embedded(settings.data_dir, console, durable=True) as urls:
        yield urls


@contextmanager
def owners(settings: Settings, console: Console) -> Iterator[str]:
    """The owner's URL of the operator's database, whichever setting names it, or an embedded one's.

    What writes as the owner needs no URL of the service's role.
    """
    if settings.database_url or settings.migration_database_url:
        yield owner_url(settings)
        return
    with at_hand(settings, console) as urls:
        yield urls.owner


@contextmanager
def scratch(console: Console) -> Iterator[Urls]:
    """An empty database of its own, gone when the context ends; those of killed commands go."""
    for left in leftovers(_SCRATCH, LOCK):
        _clear(left)
        shutil.rmtree(left, ignore_errors=True)
    with stoppable(), tempfile.TemporaryDirectory(prefix=_SCRATCH) as name:
        folder = Path(name)
        # The server may run as another user, who must pass through.
        folder.chmod(0o711)
        try:
            with _embedded(folder, console, durable=False) as urls:
                yield urls
        finally:
            _clear(folder)


def owner_url(settings: Settings) -> str:
    """Where tables are made and the catalogue is written. Raises Refused if none is set."""
    url = settings.migration_database_url or settings.database_url
    if url is None:
        raise Refused("Set DATABASE_URL, or MIGRATION_DATABASE_URL, to say which database.")
    return url.get_secret_value()


async def open_to_api(settings: Settings) -> None:
    """Give the API's role the password of DATABASE_URL, if that URL is the API's own."""
    if settings.database_url is None or settings.migration_database_url is None:
        return
    api = make_url(settings.database_url.get_secret_value())
    # A pooler's user names carry the project behind a dot.
    if api.username and api.username.partition(".")[0] == _API_ROLE and api.password:
        from outfitter.adapters.postgres import migrations  # noqa: PLC0415 - a service does without

        await migrations.set_api_password(owner_url(settings), str(api.password))


@contextmanager
def _embedded(data_dir: Path, console: Console, *, durable: bool) -> Iterator[Urls]:
    """A server of our own on that folder, with its tables up to date."""
    postgres = EmbeddedPostgres(data_dir, durable=durable)
    try:
        with console.status("Starting Postgres …"):
            owner = postgres.start()
            api = asyncio.run(_prepared(owner))
        yield Urls(api, owner, is_embedded=True)
    finally:
        postgres.stop()


async def _prepared(owner: str) -> str:
    """The service's own URL of an embedded database, after its tables are up to date."""
    from outfitter.adapters.postgres import migrations  # noqa: PLC0415 - a service does without

    await migrations.upgrade(owner)
    password = secrets.token_urlsafe(24)
    await migrations.set_api_password(owner, password)
    url = make_url(owner).set(username=_API_ROLE, password=password)
    return url.render_as_string(hide_password=False)


def _clear(folder: Path) -> None:
    # Where the folder is out of the server's user's reach, the data lie behind a link.
    shutil.rmtree((folder / MAJOR).resolve(), ignore_errors=True)
