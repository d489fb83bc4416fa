"""A real pooler in transaction mode before the tests' Postgres, if this machine has one."""

import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from programs.installed import free_port, required

_SECONDS = 20
_CONFIG = """\
[databases]
* = host={host} port={port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
log_connections = 0
log_disconnections = 0
"""


@contextmanager
def pooled(url: str, *, pool: int = 2) -> Iterator[str]:
    """The same database, for the URL's role, through a pooler with so few server connections."""
    program = required("pgbouncer")
    direct = make_url(url)
    through = direct.set(host="127.0.0.1", port=free_port())
    with tempfile.TemporaryDirectory(prefix="outfitter-pgbouncer-") as name:
        config = _configured(Path(name), direct, through, pool)
        log = config.with_name("log")
        with log.open("w") as said:
            process = subprocess.Popen(
                [program, config],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd="/",
                user=_owner_of(config),
            )
        try:
            _wait(process, through, log)
            yield through.render_as_string(hide_password=False)
        finally:
            _end(process)


def _configured(folder: Path, direct: URL, through: URL, pool: int) -> Path:
    users = folder / "users.txt"
    users.write_text(f'"{direct.username}" "{direct.password}"\n')
    config = folder / "pgbouncer.ini"
    config.write_text(
        _CONFIG.format(
            host=direct.host,
            port=direct.port or 5432,
            listen=through.port,
            users=users,
            pool=pool,
        )
    )
    # It refuses to run as root, and nobody else needs to read a password.
    uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    for path in (folder, users, config):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.chown(path, uid, -1)
    return config


def _owner_of(path: Path) -> int | None:
    return path.stat().st_uid if os.geteuid() == 0 else None


def _wait(process: subprocess.Popen[bytes], through: URL, log: Path) -> None:
    until = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", through.port or 0), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"pgbouncer did not start: {log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_SECONDS)
