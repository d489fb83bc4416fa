"""The secrets that this machine keeps for itself."""

import os
import stat
from pathlib import Path

import pytest

from outfitter.adapters.files.own_secrets import kept


@pytest.mark.skipif(os.name != "posix", reason="other systems sync no folders")
def test_a_secret_is_on_the_disk_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, bool]] = []
    sync, path = os.fsync, tmp_path / "key"

    def watched(file: int) -> None:
        synced.append((os.fstat(file).st_ino, path.exists()))
        sync(file)

    monkeypatch.setattr(os, "fsync", watched)
    assert kept(path, lambda: "secret") == "secret"

    assert synced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


def test_a_folder_that_is_made_for_them_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept(tmp_path / "data" / "key", lambda: "a key")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
