"""The server of the command line."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from uvicorn.config import STARTUP_FAILURE

from outfitter.cli.database import Urls
from outfitter.cli.listening import listen
from outfitter.cli.serving import run, server
from outfitter.settings import Settings
from programs.processes import PROGRAM, environment, run_command, serving
from waiting import until


def test_an_application_that_breaks_as_it_starts_is_not_served(tmp_path: Path) -> None:
    away = "postgresql://nobody@127.0.0.1:1/outfitter"
    # It comes through no setting of an operator's.
    odd = Settings(_env_file=None, data_dir=tmp_path).model_copy(update={"allowed_hosts": ("*.*",)})
    with listen("127.0.0.1", 0) as listening, pytest.raises(SystemExit) as end:
        run(asyncio.wait_for(server(odd, Urls(away, away)).serve([listening]), 20))

    assert end.value.code == STARTUP_FAILURE


BREAKS = """
import sys
from pathlib import Path

from rich.console import Console

from outfitter.cli.database import Urls
from outfitter.cli.serving import serve
from outfitter.settings import Settings

away = "postgresql://nobody@127.0.0.1:1/outfitter"
settings = Settings(_env_file=None, data_dir=Path(sys.argv[1]), port=0, workers=2)
odd = settings.model_copy(update={"allowed_hosts": ("*.*",)})
serve(odd, Urls(away, away), Console(stderr=True))
"""


def test_workers_that_break_as_they_start_end_the_service_with_an_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BREAKS, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert done.returncode == STARTUP_FAILURE, done.stderr


LACKING = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name == "outfitter.http.app":
            raise ImportError("it is not there")

if "--multiprocessing-fork" in sys.orig_argv:
    sys.meta_path.insert(0, Lacking())
"""


def test_workers_that_cannot_import_the_program_end_the_service_with_an_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "sitecustomize.py").write_text(LACKING)
    paths = os.pathsep.join((str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])))
    away = "postgresql://nobody@127.0.0.1:1/outfitter"
    settings = {"DATABASE_URL": away, "WORKERS": "2", "PYTHONPATH": paths}

    done = run_command(tmp_path, "serve", **settings)

    assert done.returncode == STARTUP_FAILURE, done.stderr
    assert "worker_died" in done.stderr


def test_a_thread_that_computes_aside_soon_gets_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intervals: list[float] = []
    monkeypatch.setattr(sys, "setswitchinterval", intervals.append)
    urls = Urls("postgresql://nobody@127.0.0.1:1/outfitter", "")
    server(Settings(_env_file=None, data_dir=tmp_path), urls).config.load()
    assert intervals
    assert all(0 < one <= 0.0025 for one in intervals)


def _first_line(tmp_path: Path, **settings: str) -> str:
    """What a start says first whose database is away."""
    away = "postgresql://nobody@127.0.0.1:1/outfitter"
    process = subprocess.Popen(
        [PROGRAM, "serve"],
        env=environment(tmp_path, DATABASE_URL=away, COLUMNS="40", **settings),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    with process:
        first = process.stderr.readline()
        process.terminate()
        process.stderr.read()
    return first


def test_what_the_start_says_stays_in_one_line_where_nobody_looks_on(tmp_path: Path) -> None:
    said = "The database at 127.0.0.1:1 does not answer: start it, or correct its URL."
    assert _first_line(tmp_path) == f"Not ready yet: {said}\n"


def test_a_start_that_believes_everybody_where_they_come_from_says_so(tmp_path: Path) -> None:
    first = _first_line(tmp_path, FORWARDED_ALLOW_IPS="*")

    assert first.startswith("Risky: FORWARDED_ALLOW_IPS believes everybody, ")


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who serves")
@pytest.mark.parametrize("asked", [False, True])
async def test_a_worker_that_is_killed_is_told_with_how_it_ended(
    tmp_path: Path,
    asked: bool,  # noqa: FBT001 - a case of the test
) -> None:
    away = "postgresql://nobody@127.0.0.1:1/outfitter"
    settings = {"DATABASE_URL": away, "WORKERS": "2", "LOG_LEVEL": "warning"}
    said: list[str] = []
    with serving(tmp_path, said, **settings) as (process, _):
        await until(lambda: bool(_workers(process.pid)))
        workers = _workers(process.pid)
        if asked:
            # Each worker is asked every half second whether it answers.
            os.kill(workers[0], signal.SIGSTOP)
            await asyncio.sleep(1.5)
        os.kill(workers[0], signal.SIGKILL)
        await until(lambda: any("worker_died" in one for one in said))

    told = json.loads(next(one for one in said if "worker_died" in one))
    assert (told["process"], told["exit"], told["level"]) == (workers[0], -9, "warning")


def _workers(parent: int) -> list[int]:
    """The processes that serve for another."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    started = [int(one) for one in children]
    return [one for one in started if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
