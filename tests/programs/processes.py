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
        timeout=110,
        check=False,
    )


@contextmanager
def serving(
    home: Path, said: list[str] | None = None, /, **settings: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running service and its address; the lines of its log are put into `said`."""
    process = subprocess.Popen(
        [PROGRAM, "serve"],
        env=environment(home, **settings),
        cwd=home,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = [] if said is None else said
    try:
        for line in iter(process.stderr.readline, ""):
            said.append(line)
            if found := re.search(r"listening: (\S+)", line):
                break
        else:
            raise AssertionError(f"it did not start: {''.join(said)}")
        # It must not wait for a reader of its log.
        threading.Thread(target=said.extend, args=(process.stderr,), daemon=True).start()
        yield process, found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stderr.close()
