"""The program `outfitter`, and `python -m outfitter`."""

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

# What shells and containers call the exit of whoever died of a signal.
_SHELLS_ADD = 128


def main() -> None:
    """Load and run the command line; Ctrl-C ends it without a word, also while it loads."""
    signal.signal(signal.SIGTERM, _die)
    try:
        from outfitter import cli  # noqa: PLC0415 - Ctrl-C may come while this takes its time

        cli.main()
    except KeyboardInterrupt:
        _leave(_SHELLS_ADD + signal.SIGINT)
    except SystemExit as end:
        _leave(end.code)


def _leave(code: str | int | None) -> NoReturn:
    """Exit without waiting for threads: what one of them still loads is for nobody any more."""
    if isinstance(code, int):
        # Python would run these only when it has waited.
        atexit._run_exitfuncs()  # noqa: SLF001 - it has no other name
        with suppress(OSError):
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
            os._exit(code)
    sys.exit(code)


def _die(number: int, _frame: FrameType | None) -> None:
    """End at once, as SIGTERM does by itself, but not in the first process of a container."""
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    os._exit(_SHELLS_ADD + number)


if __name__ == "__main__":
    main()
