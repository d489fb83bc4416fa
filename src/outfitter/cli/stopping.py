"""SIGTERM as a command meets it: what it has begun is ended before it goes."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end what is begun inside as Ctrl-C does; then it is heard as before."""
    stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        # Whoever says it twice does not want to wait.
        signal.signal(number, signal.SIG_DFL)
        _interrupt(number, frame)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        if not stopped:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if stopped:
        signal.raise_signal(signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Do what Ctrl-C does here: cancel what an event loop runs, or raise KeyboardInterrupt."""
    interrupt = signal.getsignal(signal.SIGINT)
    # A shell lets its background jobs ignore Ctrl-C.
    hears = interrupt if callable(interrupt) else signal.default_int_handler
    hears(number, frame)
