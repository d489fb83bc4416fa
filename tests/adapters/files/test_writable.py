"""Whether a file can be written is known before anything is."""

from pathlib import Path

import pytest

from outfitter.adapters.files.writable import require_writable
from outfitter.core.errors import Refused


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
