"""SIGTERM as a command meets it: what it has begun is ended before it goes."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# What shells and containers call the exit of whoever died of a signal.
_SHELLS_ADD = 128


class _Stopped(SystemExit):
    """SIGTERM came; only an exit of this kind passes through every event loop."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end what is begun inside as Ctrl-C does; then the process dies of it."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except _Stopped:
        signal.raise_signal(signal.SIGTERM)
        raise  # the first process of a container does not die of it
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    # Whoever says it twice does not want to wait.
    signal.signal(number, signal.SIG_DFL)
    raise _Stopped(_SHELLS_ADD + number)
