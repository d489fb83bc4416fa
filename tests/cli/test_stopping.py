"""How a service ends that is told to, also while it only starts."""

import asyncio
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from programs.processes import PROGRAM, environment, serving
from waiting import SECONDS, until

AWAY = "postgresql://nobody@127.0.0.1:1/outfitter"
TOLD = (signal.SIGTERM, signal.SIGINT)
# As on a machine that has far too much to do.
SLOW = """
import os, pathlib, sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ.get("SLOW"):
            pathlib.Path("loading").touch()
            end = time.monotonic() + 50
            while time.monotonic() < end:
                time.sleep(0.01)

if os.environ.get("WORKERS") == "1" or "--multiprocessing-fork" in sys.orig_argv:
    sys.meta_path.insert(0, Slow())
"""
STARTS = (
    ("1", "onnxruntime"),
    ("1", "anthropic"),
    ("2", "outfitter.http.app"),
    ("2", "anthropic"),
)


def _started(home: Path, workers: str, **settings: str) -> subprocess.Popen[str]:
    """A service that has told its address and still starts."""
    process = subprocess.Popen(
        [PROGRAM, "serve"],
        env=environment(home, DATABASE_URL=AWAY, WORKERS=workers, TMPDIR=str(home), **settings),
        cwd=home,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert any("listening" in line for line in iter(process.stderr.readline, ""))
    return process


def _shared(home: Path) -> list[Path]:
    """What the workers of a service count in."""
    return list(home.glob("outfitter-*"))


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize(("workers", "slow"), STARTS)
async def test_a_service_that_still_loads_something_ends_at_once(
    tmp_path: Path, workers: str, slow: str, told: signal.Signals
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW)
    paths = os.pathsep.join((str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])))
    keyed = {"ANTHROPIC_API_KEY": "unused"} if slow == "anthropic" else {}
    with _started(tmp_path, workers, PYTHONPATH=paths, SLOW=slow, **keyed) as process:
        await until((tmp_path / "loading").exists)
        if workers == "2":
            # Each worker is asked every half second whether it answers.
            await asyncio.sleep(1)
        process.send_signal(told)
        began = time.monotonic()
        # It comes to an end with the last process that writes there.
        process.communicate(timeout=SECONDS)
        took = time.monotonic() - began

    assert process.returncode == 0
    assert took < 10
    assert not _shared(tmp_path)


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_service_that_ended_as_it_was_told_exits_with_0(
    tmp_path: Path, workers: str, told: signal.Signals
) -> None:
    with serving(tmp_path, DATABASE_URL=AWAY, WORKERS=workers) as (process, _):
        process.send_signal(told)
        process.wait(SECONDS)

    assert process.returncode == 0
