"""Memory that was needed once, handed back, and what stays, looked through no more."""

import ctypes
import gc
import sys


def give_back() -> None:
    """Hand back what loading something large took and no longer needs: tens of megabytes."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def keep() -> None:
    """Let what is there now never again be searched for what nobody needs.

    Such a search stops everything, and of all that a process has loaded takes a tenth of a second.
    """
    gc.freeze()
