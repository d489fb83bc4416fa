"""Several processes on one port, each a whole service."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from socket import socket

import structlog
import uvicorn
from uvicorn.supervisors import Multiprocess

from outfitter.adapters import metrics

_log = structlog.get_logger("outfitter.cli")

# A process that loads its model on a busy machine does not answer at once.
_ANSWERS_WITHIN = 30


class Workers(Multiprocess):
    """Keeps processes alive, and the gauges of dead ones out of what is told."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket], counted: Path) -> None:
        super().__init__(config, sockets)
        self._counted = counted

    def keep_subprocess_alive(self) -> None:
        """Start a process anew for each that died, and tell how it ended."""
        before = list(self.processes)
        super().keep_subprocess_alive()
        for one in before:
            if one not in self.processes:
                _log.warning("worker_died", process=one.pid, exit=one.exitcode)
        alive = [one.pid for one in self.processes if one.pid is not None]
        metrics.forget_all_but(alive, self._counted)


def run(config: uvicorn.Config, listening: Sequence[socket]) -> None:
    """Serve with `config.workers` processes until a signal comes and each has finished."""
    config.timeout_worker_healthcheck = _ANSWERS_WITHIN
    with tempfile.TemporaryDirectory(prefix="outfitter-metrics-") as folder:
        os.environ[metrics.SHARED] = folder  # the processes inherit it
        try:
            Workers(config, list(listening), Path(folder)).run()
        finally:
            del os.environ[metrics.SHARED]
