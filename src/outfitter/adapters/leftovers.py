"""Temporary folders of processes that were killed; each has a lock that its process held."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from outfitter.adapters.process_lock import ProcessLock

# Seconds in which a folder that was made is locked, on whatever machine.
_NEW = 60


def leftovers(prefix: str, lock: str) -> Iterator[Path]:
    """The folders so named that nobody has any more; those of others are theirs."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        if _is_left(folder, folder / lock):
            yield folder


def _is_left(folder: Path, lock: Path) -> bool:
    try:
        if folder.lstat().st_uid != os.geteuid() or time.time() - lock.stat().st_mtime < _NEW:
            return False
        return ProcessLock(lock).holder() is None
    except OSError:
        return False
