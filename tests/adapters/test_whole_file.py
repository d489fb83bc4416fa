"""A file is as it was until all of it is written anew."""

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
