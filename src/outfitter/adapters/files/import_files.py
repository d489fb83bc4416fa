"""Reads what is imported from disk: documents of a registry, and folders of Docker's."""

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from outfitter.adapters.files import catalogue_files
from outfitter.core.entries import registry
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.importing import Entry
from outfitter.core.errors import BadCatalogue

_MOST_BYTES = 200_000_000
_MOST_YAML_BYTES = 200_000
_MOST_ENTRIES = 20_000


def entries(path: Path) -> Iterator[Entry]:
    """Every entry of a file or folder. Raises BadCatalogue, which names the file."""
    if path.is_file():
        yield from _file(path)
        return
    if not path.is_dir():
        raise BadCatalogue(f"{path}: neither a file nor a folder")
    if (path / "config.json").exists():
        yield from catalogue_files.folder(path)
        return
    folders = sorted(one.parent for one in path.glob("**/server.yaml"))[:_MOST_ENTRIES]
    files = sorted(path.glob("*.json"))[:_MOST_ENTRIES] if not folders else []
    if not folders and not files:
        raise BadCatalogue(f"{path}: neither a .json file nor a server.yaml in it")
    for folder in folders:
        yield _docker(folder)
    for file in files:
        yield from _file(file)


def _file(file: Path) -> Iterator[Entry]:
    if file.name == "server.yaml":
        yield _docker(file.parent)
        return
    try:
        yield from registry.entries(_json(file))
    except BadCatalogue as error:
        raise BadCatalogue(f"{file}: {error.detail}") from None


def _docker(folder: Path) -> Entry:
    file = folder / "server.yaml"
    try:
        document = yaml.safe_load(_text(file, _MOST_YAML_BYTES))
    except (yaml.YAMLError, RecursionError):
        raise BadCatalogue(f"{file}: not YAML") from None
    tools = folder / "tools.json"
    return DockerEntry(folder.name, document, _json(tools) if tools.is_file() else None)


def _json(file: Path) -> object:
    try:
        document: object = json.loads(_text(file, _MOST_BYTES))
    except (ValueError, RecursionError) as error:
        raise BadCatalogue(f"not JSON, {error}") from None
    return document


def _text(file: Path, most: int) -> str:
    # A link could point at any file of the machine.
    if file.is_symlink():
        raise BadCatalogue(f"{file}: a link")
    if file.stat().st_size > most:
        raise BadCatalogue(f"{file}: larger than {most} bytes")
    return file.read_text(encoding="utf-8")
