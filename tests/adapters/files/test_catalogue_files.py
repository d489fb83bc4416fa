"""Catalogue entries read from a folder."""

import json
import os
from pathlib import Path

import pytest

from outfitter.adapters.files import catalogue_files
from outfitter.core.errors import BadCatalogue

ENTRY = {
    "name": "org.example/notes",
    "description": "Keeps notes.",
    "version": "1.0.0",
    "packages": [{"registryType": "npm", "identifier": "notes", "version": "1.2.3"}],
}
THREE: dict[str, object] = {
    "servers.json": {"servers": [{"name": "Clock", "description": "Tells the time."}]},
    "config.json": {"mcpServers": {"clock": {"command": "uvx", "args": ["clock==1.0"]}}},
    "credinfo.json": {"credential_instructions": {}},
}


def write(home: Path, **documents: object) -> Path:
    for name, document in documents.items():
        (home / f"{name}.json").write_text(json.dumps(document))
    return home


def write_three(home: Path) -> Path:
    return write(home, **{name.removesuffix(".json"): one for name, one in THREE.items()})


def refused(home: Path) -> str:
    with pytest.raises(BadCatalogue) as caught:
        catalogue_files.folder(home)
    return caught.value.detail


def test_an_item_and_the_first_published_form_are_read_like_a_bare_document(tmp_path: Path) -> None:
    (bare,) = catalogue_files.folder(write(tmp_path, notes=ENTRY))
    old = {
        "name": "org.example/notes",
        "description": "Keeps notes.",
        "version_detail": {"version": "1.0.0"},
        "packages": [{"registry_name": "npm", "name": "notes", "version": "1.2.3"}],
    }

    for document in ({"server": ENTRY, "_meta": {"a": {}}}, {**ENTRY, "title": None}, old):
        assert catalogue_files.folder(write(tmp_path, notes=document)) == [bare]


def test_each_file_of_a_folder_is_a_server(tmp_path: Path) -> None:
    write(tmp_path, notes=ENTRY, other={**ENTRY, "name": "org.example/another"})
    (tmp_path / "README.md").write_text("passed over")
    assert [one.name for one in catalogue_files.folder(tmp_path)] == ["another", "notes"]


def test_a_mark_before_the_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text(f"\ufeff{json.dumps(ENTRY)}", "utf-8")
    assert [one.name for one in catalogue_files.folder(tmp_path)] == ["notes"]


def test_the_three_files_are_read_as_one(tmp_path: Path) -> None:
    assert [one.name for one in catalogue_files.folder(write_three(tmp_path))] == ["clock"]


def test_both_kinds_may_lie_side_by_side(tmp_path: Path) -> None:
    write(write_three(tmp_path), notes=ENTRY)
    assert [one.name for one in catalogue_files.folder(tmp_path)] == ["clock", "notes"]


def test_one_of_the_three_files_missing_is_named(tmp_path: Path) -> None:
    (write_three(tmp_path) / "credinfo.json").unlink()
    assert "credinfo.json: missing" in refused(tmp_path)


def test_one_bad_file_refuses_the_folder_by_file_and_field(tmp_path: Path) -> None:
    write(tmp_path, notes=ENTRY, bad={**ENTRY, "version": 3})
    assert "bad.json: version:" in refused(tmp_path)


def test_a_name_given_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    write(tmp_path, one=ENTRY, two=ENTRY)
    said = refused(tmp_path)
    assert "two.json" in said
    assert "one.json" in said


@pytest.mark.parametrize("text", ["{", "\x00", "[" * 100_000])
def test_what_is_not_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text)
    assert "bad.json: not JSON" in refused(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, notes=ENTRY) / "notes.json"
    home = tmp_path / "home"
    home.mkdir()
    (home / "notes.json").symlink_to(outside)
    assert "notes.json: no file, or a link" in refused(home)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert "pipe.json: no file" in refused(tmp_path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huge.json").write_bytes(b" " * 2_000_001)
    assert "larger than" in refused(tmp_path)


def test_a_folder_that_is_empty_or_away_is_refused(tmp_path: Path) -> None:
    assert "no .json file" in refused(tmp_path)
    assert "not a folder" in refused(tmp_path / "nowhere")
