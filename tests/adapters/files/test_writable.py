"""Whether a file can be written is known before anything is."""

import os
import pwd
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from outfitter.adapters.files.writable import free_space, require_room, require_writable
from outfitter.core.errors import Refused
from programs.databases import open_folder

by_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")


def test_a_file_that_is_there_keeps_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("of yesterday")

    require_writable(file, tmp_path / "another.json")

    assert file.read_text() == "of yesterday"


@pytest.mark.parametrize(
    ("name", "says"), [(".", "Is a directory"), ("no/report.json", "No such file or directory")]
)
def test_a_place_for_no_file_is_refused_by_its_name(tmp_path: Path, name: str, says: str) -> None:
    file = tmp_path / name

    with pytest.raises(Refused) as refused:
        require_writable(file)

    assert refused.value.detail == f"{file}: {says}"


def test_a_file_in_a_folder_that_takes_no_draft_is_refused_before_the_work() -> None:
    with open_folder() as folder:
        file = folder / "report.json"
        file.touch()
        file.chmod(0o666)
        folder.chmod(0o555)
        with _not_root(), pytest.raises(Refused) as refused:
            require_writable(file)

    assert refused.value.detail == f"{folder}: Permission denied"


@contextmanager
def _not_root() -> Iterator[None]:
    """Root may write everywhere."""
    me = os.geteuid()
    os.seteuid(me or pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize("name", [".", "data", "data/deep"])
def test_a_folder_that_can_be_made_has_room_and_stays_as_it_was(tmp_path: Path, name: str) -> None:
    require_room(tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_a_file_or_a_link_to_nothing_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nothing")

    for name in ("file", "link"):
        for folder in (tmp_path / name, tmp_path / name / "data"):
            with pytest.raises(Refused) as refused:
                require_room(folder)
            assert refused.value.detail.startswith(f"{tmp_path / name} is no folder to write in")


def test_a_mount_that_takes_no_files_is_refused_to_root_too() -> None:
    with pytest.raises(Refused, match="is no folder to write in"):
        require_room(Path("/proc/outfitter"))


@by_root
def test_room_that_root_finds_is_said_to_be_roots(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    assert require_room(tmp_path) == "root"

    tmp_path.chmod(0o700)
    os.chown(tmp_path, 12345, 12345)
    assert require_room(tmp_path) == "root or its owner"


@by_root
def test_a_folder_that_its_owner_cannot_write_is_refused_to_root_too(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12345)
    tmp_path.chmod(0o555)

    with pytest.raises(Refused) as refused:
        require_room(tmp_path / "data")

    assert refused.value.detail == f"{tmp_path} is closed to its owner: run chmod u+wx on it."


def test_a_place_without_enough_space_is_refused_with_what_there_is(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9]+\.[0-9] GiB free", free_space(tmp_path / "not" / "yet", 1))
    with pytest.raises(Refused, match=r"GiB free and needs 1073741824\.0: make room there"):
        free_space(tmp_path, 2**60)


def test_behind_a_link_to_nothing_there_is_the_space_of_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "cleared" / "away")

    assert free_space(tmp_path / "link", 1).endswith("GiB free")
