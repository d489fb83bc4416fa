"""A file is as it was until all of it is written anew."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from outfitter.adapters.whole_file import written


def test_a_file_is_as_it_was_until_the_last_word_is_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")

    with written(file) as opened:
        opened.write(b"after")
        opened.flush()
        assert file.read_bytes() == b"before"

    assert file.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_breaks_off_leaves_no_trace(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")

    def break_off() -> None:
        with written(file) as opened:
            opened.write(b"aft")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


KILLED = """
import os, pathlib, sys
from outfitter.adapters.whole_file import written

with written(pathlib.Path(sys.argv[1])) as opened:
    opened.write(b"aft")
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_write_left_is_cleared_away_by_the_next_one(tmp_path: Path) -> None:
    file, another = tmp_path / "file[1]", tmp_path / ".file[1].swp"
    another.touch()
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False, timeout=60)
    assert len(list(tmp_path.iterdir())) == 2

    with written(file) as opened:
        opened.write(b"after")

    assert file.read_bytes() == b"after"
    assert {*tmp_path.iterdir()} == {file, another}


def test_a_link_leads_to_the_file_that_is_written_anew(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    link.symlink_to(file)

    with written(link) as opened:
        opened.write(b"after")

    assert link.is_symlink()
    assert file.read_bytes() == b"after"


def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reading = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reading.start()

    with written(pipe) as opened:
        opened.write(b"after")

    reading.join(10)
    assert read == [b"after"]
    assert pipe.is_fifo()
