"""A Postgres server as a child process: started, waited for, stopped, and cleared away."""

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from outfitter.adapters.postgres.embedded_home import Account, Home
from outfitter.core.errors import Unavailable

READY_WITHIN = 60.0
GONE_WITHIN = 10.0
_POLL = 0.01
_PR_SET_PDEATHSIG = 1
_STATUS_LINE = 7
_COMPLAINT = re.compile(r"(?:FATAL|PANIC|ERROR|error):\s*(.+)")


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class PortTaken(Exception):
    """Somebody took the port between our choice and the server's start."""


def run(home: Home, command: Sequence[str], *, said: str = "", files: Sequence[int] = ()) -> None:
    """Run one of the server's programs to its end; `files` are open ones it may read."""
    try:
        done = subprocess.run(  # noqa: S603 - the wheel's own programs with our own arguments
            [home.program(command[0]), *command[1:]],
            input=said,
            capture_output=True,
            text=True,
            errors="replace",  # paths may have what the locale cannot read
            check=False,
            cwd="/",
            env=_surroundings(),
            pass_fds=files,
            timeout=READY_WITHIN,
            **_identity(home.account),
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"The embedded Postgres: {command[0]} takes too long.") from None
    if done.returncode:
        raise Unavailable(f"The embedded Postgres: {command[0]} failed: {complaint(done.stderr)}")


def launch(home: Home, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it takes connections."""
    home.log.touch(mode=0o600)
    with home.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the wheel's own program, our own arguments
            [home.program("postgres"), "-D", str(home.data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_surroundings(),
            start_new_session=True,  # the terminal's Ctrl-C is ours to handle, in our order
            preexec_fn=_die_with_us(),  # noqa: PLW1509 - it makes system calls only
            **_identity(home.account),
        )
    try:
        _wait(home, process)
    except BaseException:
        stop(process)
        raise
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server, the gentlest way that works."""
    for way in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(way)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GONE_WITHIN)
            return


def clear_leftover(home: Home) -> None:
    """Wait for a server on these data that outlived its parent, and end it if it stays."""
    note = home.data / "postmaster.pid"
    pid = _noted(note)
    if pid is None:
        return
    for way in (signal.SIGINT, signal.SIGQUIT):
        if _serves(pid, home.data):
            with suppress(ProcessLookupError):
                os.kill(pid, way)
        if _until(lambda: not _serves(pid, home.data), GONE_WITHIN):
            # The number may belong to another process by now; Postgres would take it for a server.
            note.unlink(missing_ok=True)
            return
    raise Unavailable(f"Process {pid} still serves {home.data}: stop it first.")


def complaint(log: str) -> str:
    """The line of a log that says why."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    reasons = [found[1] for line in lines if (found := _COMPLAINT.search(line))]
    return (reasons or lines or ["it said nothing"])[-1]


def _wait(home: Home, process: subprocess.Popen[bytes]) -> None:
    _until(lambda: process.poll() is not None or _is_ready(home, process.pid), READY_WITHIN)
    if process.poll() is None and _is_ready(home, process.pid):
        return
    said = home.log.read_text(errors="replace")
    if "could not create any TCP/IP sockets" in said:
        raise PortTaken
    raise Unavailable(f"The embedded Postgres did not start: {complaint(said)} (see {home.log})")


def _is_ready(home: Home, pid: int) -> bool:
    with suppress(OSError):
        lines = (home.data / "postmaster.pid").read_text(errors="replace").splitlines()
        return len(lines) > _STATUS_LINE and lines[0] == str(pid) and "ready" in lines[_STATUS_LINE]
    return False


def _noted(note: Path) -> int | None:
    with suppress(OSError, ValueError, IndexError):
        return int(note.read_text(errors="replace").splitlines()[0])
    return None


def _serves(pid: int, data: Path) -> bool:
    command = _command(pid)
    return "postgres" in command and str(data) in command


def _command(pid: int) -> str:
    if Path("/proc/self").exists():
        with suppress(OSError):
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes())
        return ""
    listing = ["/bin/ps", "-wwo", "command=", "-p", str(pid)]
    told = subprocess.run(listing, capture_output=True, check=False).stdout  # noqa: S603
    return os.fsdecode(told)


def _until(reached: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL)
    return True


def _surroundings() -> dict[str, str]:
    # Nothing of our environment: it may hold secrets, and PG* variables would be obeyed.
    return {"LC_ALL": "C", "PATH": os.defpath}


def _identity(account: Account | None) -> _Identity:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _die_with_us() -> Callable[[], None] | None:
    # The signal comes when the *thread* that started the server ends, so only the main one asks.
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return ask
