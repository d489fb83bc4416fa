"""Several processes on one port, each a whole service."""

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from socket import socket
from types import FrameType

import structlog
import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from outfitter.adapters import metrics

_log = structlog.get_logger("outfitter.cli")

# A process answers once it has imported the program: within three seconds, and with ten times more
# to do than the machine has cores, within half a minute and more. What waits for something or
# computes answers all the same, so that little is lost by patience.
_ANSWERS_WITHIN = 120
# What Python exits with of an error that nobody caught: one at the start, such as a package that
# cannot be imported, comes again with each process.
_BROKE = 1


class Workers(Multiprocess):
    """Keeps processes alive, and the gauges of dead ones out of what is told.

    Once as many broke as there are, all are stopped: that is no accident of one.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket], counted: Path) -> None:
        super().__init__(config, sockets)
        self._counted = counted
        self._broken = 0
        self._told_to_stop = False
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, self._stop)

    @property
    def broke(self) -> bool:
        """Whether a process that is started anew would break as well."""
        return self._broken >= len(self.processes)

    @property
    def failed(self) -> bool:
        """Whether they could not start; one that was told to stop before it had is no failure."""
        unstarted = any(one.exitcode == STARTUP_FAILURE for one in self.processes)
        return self.broke or (unstarted and not self._told_to_stop)

    def init_processes(self) -> None:
        """Start the processes."""
        super().init_processes()
        self._leave_them_their_ends()

    def keep_subprocess_alive(self) -> None:
        """Start a process anew for each that died, and tell how it ended."""
        before = list(self.processes)
        super().keep_subprocess_alive()
        self._leave_them_their_ends()
        for one in before:
            if one not in self.processes:
                _log.warning("worker_died", process=one.pid, exit=one.exitcode)
                self._broken += one.exitcode == _BROKE
        if self.broke:
            self.should_exit.set()
        alive = [one.pid for one in self.processes if one.pid is not None]
        metrics.forget_all_but(alive, self._counted)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True
        # The signal may come while this thread has the lock of `should_exit`.
        threading.Thread(target=self._stop_at_once).start()

    def _stop_at_once(self) -> None:
        """Stop also while a process is asked that only starts: who has ended is not waited for."""
        self.should_exit.set()
        for one in tuple(self.processes):
            one.process.terminate()

    def _leave_them_their_ends(self) -> None:
        """Close our copies of the processes' ends of the pipes that they are asked through.

        Else who dies while it is asked would be waited for as long as somebody slow.
        """
        for one in self.processes:
            one.child_conn.close()


def run(config: uvicorn.Config, listening: Sequence[socket]) -> None:
    """Serve with `config.workers` processes until a signal comes and each has finished."""
    config.timeout_worker_healthcheck = _ANSWERS_WITHIN
    with metrics.shared() as folder:
        workers = Workers(config, list(listening), folder)
        workers.run()
    if workers.failed:
        sys.exit(STARTUP_FAILURE)
