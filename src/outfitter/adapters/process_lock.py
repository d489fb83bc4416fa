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
            holder = _named(file)
            os.close(file)
            return holder
        self._file = file
        try:
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        except OSError:
            self.release()
            raise
        return None

    def holder(self) -> int | None:
        """The process that holds the lock (0: unknown), None if nobody does; takes nothing."""
        try:
            file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _named(file)
        finally:
            os.close(file)
        return None

    def release(self) -> None:
        """Let the next one in; harmless when the lock is not held."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None


def _named(file: int) -> int:
    holder = os.read(file, 20)
    return int(holder) if holder.strip().isdigit() else 0
