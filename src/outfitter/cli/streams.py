"""The standard streams of a command."""

import io
import os
import sys

from rich.console import Console

OUT = Console()
ERR = Console(stderr=True)

_STANDARD_ERROR = 2


def open_what_is_closed() -> None:
    """Give a process that was started without them its three standard streams, on nothing.

    Else a connection would get the number of one, and what is written there.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdin = sys.stdin or os.fdopen(0)
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(_STANDARD_ERROR, "w")


def show_what_can_be_shown() -> None:
    """Let a terminal that lacks a character show a question mark in its place, and the rest."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
