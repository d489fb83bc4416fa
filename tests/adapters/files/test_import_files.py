"""What is imported from disk."""

import json
from pathlib import Path

import pytest
import yaml

from outfitter.adapters.files import import_files
from outfitter.core.catalogue import Server
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.registry import Listed, Unread
from outfitter.core.errors import BadCatalogue

DOCUMENT = {"name": "a.b/notes", "description": "Keeps notes.", "version": "1.0.0"}


def test_a_file_may_hold_one_entry_or_a_page(tmp_path: Path) -> None:
    bare, page = tmp_path / "server.json", tmp_path / "page.json"
    bare.write_text(json.dumps(DOCUMENT))
    page.write_text(json.dumps({"servers": [{"server": DOCUMENT}, {"server": DOCUMENT}]}))

    assert len(list(import_files.entries(bare))) == 1
    assert len(list(import_files.entries(page))) == 2
    assert [type(one) for one in import_files.entries(tmp_path)] == [Listed] * 3


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


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['true']",
        "a: [",
        "a: !!timestamp 2026-99-99",
        "a: !!timestamp soon",
        "a: !!bool perhaps",
        "a: !!int ''",
    ],
)
def test_yaml_that_is_broken_or_would_make_objects_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "server.yaml"
    file.write_text(text)

    with pytest.raises(BadCatalogue, match="not YAML"):
        list(import_files.entries(file))


def test_yaml_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "server.yaml"
    file.write_text("{version: 1.10, day: 2024-01-01, at: 12:30, on: yes, off: ~, n: 5}")

    (entry,) = import_files.entries(file)

    told = {"version": "1.10", "day": "2024-01-01", "at": "12:30", "on": "yes", "n": "5"}
    assert entry == DockerEntry(tmp_path.name, {**told, "off": None})


def test_a_folder_with_more_files_than_are_read_is_refused_and_not_cut(tmp_path: Path) -> None:
    for number in range(20_001):
        (tmp_path / f"{number}.json").touch()

    with pytest.raises(BadCatalogue, match="more than 20000 files"):
        next(import_files.entries(tmp_path))


def test_a_docker_folder_that_cannot_be_read_is_named_among_the_others(tmp_path: Path) -> None:
    for name in ("absent", "clock", "latin", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "server.yaml").write_text(yaml.safe_dump({"name": name}))
    (tmp_path / "absent/server.yaml").unlink()
    (tmp_path / "absent/server.yaml").mkdir()
    (tmp_path / "latin/server.yaml").write_bytes(b"name: caf\xe9")
    (tmp_path / "notes/tools.json").write_text("[")

    absent, clock, latin, notes = import_files.entries(tmp_path)

    assert clock == DockerEntry("clock", {"name": "clock"})
    assert absent == Unread("absent", f"{tmp_path}/absent/server.yaml: no file, or a link")
    assert latin == Unread("latin", f"{tmp_path}/latin/server.yaml: not UTF-8")
    assert isinstance(notes, Unread)
    assert notes.why.startswith(f"{tmp_path}/notes/tools.json: not JSON")


def test_a_file_that_cannot_be_read_is_named_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "good.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "number.json").write_text("5")

    bad, good, number = import_files.entries(tmp_path)

    assert isinstance(good, Listed)
    assert isinstance(bad, Unread)
    assert bad.origin == "bad.json"
    assert number == Unread(
        "number.json", f"{tmp_path}/number.json: neither an entry nor a list of entries"
    )


@pytest.mark.timeout(10)
@pytest.mark.parametrize("grown", ["[{}]", "{{<<: [{}], own: 1}}"])
def test_yaml_that_grows_by_repeating_itself_is_not_read(grown: str, tmp_path: Path) -> None:
    lines = ["a0: &a0 {own: 1}"]
    lines += [
        f"a{at}: &a{at} {grown.format(','.join([f'*a{at - 1}'] * 10))}" for at in range(1, 12)
    ]
    (tmp_path / "server.yaml").write_text("\n".join((*lines, "name: notes")))

    (found,) = import_files.entries(tmp_path)

    assert isinstance(found, Unread)


def test_an_entry_that_is_nested_too_deeply_stops_no_other(tmp_path: Path) -> None:
    deep = json.dumps(DOCUMENT | {"name": "a.b/deep"})[:-1] + f', "x": {"[" * 200 + "]" * 200}}}'
    (tmp_path / "page.json").write_text(f"[{deep}, {json.dumps(DOCUMENT)}]")

    first, second = import_files.entries(tmp_path / "page.json")

    assert first == Unread("a.b/deep", "nested too deeply")
    assert isinstance(second, Listed)
