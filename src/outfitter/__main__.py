"""The program `outfitter`, and `python -m outfitter`."""

import os
import signal
import sys
from types import FrameType

# What shells and containers call the exit of whoever died of a signal.
_SHELLS_ADD = 128


def main() -> None:
    """Load and run the command line; Ctrl-C ends it without a word, also while it loads."""
    signal.signal(signal.SIGTERM, _die)
    try:
        from outfitter import cli  # noqa: PLC0415 - Ctrl-C may come while this takes its time

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


def _die(number: int, _frame: FrameType | None) -> None:
    """End at once, as SIGTERM does by itself, but not in the first process of a container."""
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    os._exit(_SHELLS_ADD + number)


if __name__ == "__main__":
    main()
