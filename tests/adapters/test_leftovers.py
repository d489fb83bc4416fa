"""Folders of killed processes are known from those that are in use, new, or something else."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from outfitter.adapters.leftovers import leftovers
from outfitter.adapters.process_lock import ProcessLock


def test_a_folder_is_left_once_nobody_holds_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("ours-left", "ours-used", "ours-new", "ours-unlocked", "theirs-left"):
        (tmp_path / name).mkdir()
        if name != "ours-unlocked":
            (tmp_path / name / "lock").touch()
    used = ProcessLock(tmp_path / "ours-used" / "lock")
    used.take()
    before = time.time() - 3600
    for name in ("ours-left", "ours-used", "theirs-left"):
        os.utime(tmp_path / name / "lock", (before, before))

    assert list(leftovers("ours-", "lock")) == [tmp_path / "ours-left"]
    used.release()
    os.utime(tmp_path / "ours-used" / "lock", (before, before))
    assert len(list(leftovers("ours-", "lock"))) == 2
