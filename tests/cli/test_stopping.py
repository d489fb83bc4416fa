"""How a service ends that is told to."""

import signal
from pathlib import Path

import pytest

from programs.processes import serving
from waiting import SECONDS

AWAY = "postgresql://nobody@127.0.0.1:1/outfitter"
TOLD = (signal.SIGTERM, signal.SIGINT)


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_service_that_ended_as_it_was_told_exits_with_0(
    tmp_path: Path, workers: str, told: signal.Signals
) -> None:
    with serving(tmp_path, DATABASE_URL=AWAY, WORKERS=workers) as (process, _):
        process.send_signal(told)
        process.wait(SECONDS)

    assert process.returncode == 0
