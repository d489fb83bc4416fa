"""What is imported from disk."""

import json
from pathlib import Path

import pytest
import yaml

from outfitter.adapters.files import import_files
from outfitter.core.catalogue import Server
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.registry import Listed
from outfitter.core.errors import BadCatalogue

DOCUMENT = {"name": "a.b/notes", "description": "Keeps notes.", "version": "1.0.0"}


def test_a_file_may_hold_one_entry_or_a_page(tmp_path: Path) -> None:
    bare, page = tmp_path / "server.json", tmp_path / "page.json"
    bare.write_text(json.dumps(DOCUMENT))
    page.write_text(json.dumps({"servers": [{"server": DOCUMENT}, {"server": DOCUMENT}]}))

    assert len(list(import_files.entries(bare))) == 1
    assert len(list(import_files.entries(page))) == 2
    assert all(isinstance(one, Listed) for one in import_files.entries(tmp_path))


def test_a_folder_of_dockers_registry_is_read_with_its_tools(tmp_path: Path) -> None:
    for name in ("notes", "clock"):
        (tmp_path / "servers" / name).mkdir(parents=True)
        (tmp_path / "servers" / name / "server.yaml").write_text(yaml.safe_dump({"name": name}))
    (tmp_path / "servers/notes/tools.json").write_text('[{"name": "add"}]')

    assert list(import_files.entries(tmp_path)) == [
        DockerEntry("clock", {"name": "clock"}),
        DockerEntry("notes", {"name": "notes"}, [{"name": "add"}]),
    ]


def test_the_three_files_are_read_together(tmp_path: Path) -> None:
    listed = {"servers": [{"name": "Clock", "description": "Tells the time."}]}
    (tmp_path / "servers.json").write_text(json.dumps(listed))
    launches = {"mcpServers": {"clock": {"command": "uvx", "args": ["clock==1.0"]}}}
    (tmp_path / "config.json").write_text(json.dumps(launches))
    (tmp_path / "credinfo.json").write_text('{"credential_instructions": {}}')

    (server,) = import_files.entries(tmp_path)

    assert isinstance(server, Server)


def test_what_cannot_be_read_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "link.json").symlink_to(tmp_path / "bad.json")

    for name in ("bad.json", "link.json", "absent"):
        with pytest.raises(BadCatalogue, match=name):
            list(import_files.entries(tmp_path / name))


def test_yaml_that_would_make_objects_is_refused(tmp_path: Path) -> None:
    (tmp_path / "server.yaml").write_text("!!python/object/apply:os.system ['true']")

    with pytest.raises(BadCatalogue, match="not YAML"):
        list(import_files.entries(tmp_path))
