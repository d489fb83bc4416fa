"""The program as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from waiting import SECONDS

PROGRAM = str(Path(sys.executable).with_name("outfitter"))


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The settings of a process that keeps its data in `home`."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"DATA_DIR": str(home / "data"), "PORT": "0", "COLUMNS": "120"}
    return kept | own | settings


def run_command(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    return subprocess.run(
        [PROGRAM, *words],
        env=environment(home, **settings),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@contextmanager
def serving(
    home: Path, said: list[str] | None = None, /, **settings: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service that answers and its address; all lines of its log are put into `said`."""
    process = subprocess.Popen(
        [PROGRAM, "serve"],
        env=environment(home, **settings),
        cwd=home,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = [] if said is None else said
    # It must not wait for a reader of its log.
    reading = threading.Thread(target=said.extend, args=(process.stderr,), daemon=True)
    try:
        for line in iter(process.stderr.readline, ""):
            said.append(line)
            if found := re.search(r"listening: (\S+)", line):
                break
        else:
            raise AssertionError(f"it did not start: {''.join(said)}")
        reading.start()
        # It tells its address before it takes what comes there.
        httpx2.get(found[1], timeout=SECONDS, trust_env=False)
        yield process, found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)
        if reading.ident:
            reading.join(SECONDS)
        process.stderr.close()
