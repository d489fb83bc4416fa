"""A lock between processes, kept in a file."""

import os
import resource
from pathlib import Path

import pytest

from outfitter.adapters.process_lock import ProcessLock


def test_one_at_a_time_has_it_and_names_itself(tmp_path: Path) -> None:
    first, second = ProcessLock(tmp_path / "lock"), ProcessLock(tmp_path / "lock")
    assert first.take() is None
    assert (second.take(), second.holder()) == (os.getpid(), os.getpid())
    first.release()
    assert (second.holder(), second.take()) == (None, None)
    second.release()


def test_whoever_cannot_write_their_name_does_not_keep_it(tmp_path: Path) -> None:
    lock, before = ProcessLock(tmp_path / "lock"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            lock.take()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert lock.take() is None
    lock.release()
