"""A lock between processes, which the operating system lifts when its holder ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class ProcessLock:
    """One file that one process at a time can hold; it names the holder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> int | None:
        """Take the lock and give back None, or give back the process that holds it (0: unknown)."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20)
            os.close(file)
            return int(holder) if holder.strip().isdigit() else 0
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file
        return None

    def release(self) -> None:
        """Let the next one in; harmless when the lock is not held."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None
