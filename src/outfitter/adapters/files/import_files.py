"""Reads what is imported from disk: documents of a registry, and folders of Docker's."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from outfitter.adapters.files import catalogue_files
from outfitter.adapters.files.documents import json_in, naming, text_in
from outfitter.core.entries import registry
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.importing import Entry
from outfitter.core.entries.registry import Unread
from outfitter.core.errors import BadCatalogue

_MOST_BYTES = 200_000_000
_MOST_YAML_BYTES = 200_000
_MOST_FILES = 20_000


class _Spelt(yaml.SafeLoader):
    """Reads YAML that says everything itself: what repeats itself by name grows without end.

    All but nothing is text as it is written: a version 1.10 is no 1.1, and a day stays one.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class has it
        first: [one for one in told if one[0].endswith(":null")]
        for first, told in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def entries(path: Path) -> Iterator[Entry]:
    """Every entry of a file or folder; in a folder, what cannot be read is one of them.

    Raises BadCatalogue, which names the path, if nothing can be read or there is too much.
    """
    if path.is_file():
        yield from _file(path)
        return
    if not path.is_dir():
        raise BadCatalogue(f"{path}: neither a file nor a folder")
    if (path / "config.json").exists():
        yield from catalogue_files.folder(path)
        return
    found = sorted(path.glob("**/server.yaml")) or sorted(path.glob("*.json"))
    if not found:
        raise BadCatalogue(f"{path}: neither a .json file nor a server.yaml in it")
    if len(found) > _MOST_FILES:
        raise BadCatalogue(f"{path}: more than {_MOST_FILES} files")
    for file in found:
        yield from _one_of_many(file)


def _one_of_many(file: Path) -> Iterator[Entry]:
    try:
        yield from _file(file)
    except BadCatalogue as error:
        yield Unread(_origin(file), error.detail)


def _file(file: Path) -> Iterator[Entry]:
    if file.name == "server.yaml":
        yield _docker(file)
        return
    document = json_in(file, _MOST_BYTES)
    with naming(file):
        yield from registry.entries(document)


def _docker(file: Path) -> DockerEntry:
    try:
        spelt = text_in(file, _MOST_YAML_BYTES)
        document = yaml.load(spelt, Loader=_Spelt)  # noqa: S506 - a safe one
    # A truth, time or number that is none, but tagged so, raises whatever its reader trips over.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError):
        raise BadCatalogue(f"{file}: not YAML, or not without aliases") from None
    tools = file.with_name("tools.json")
    offered = json_in(tools, _MOST_BYTES) if tools.is_file() else None
    return DockerEntry(_origin(file), document, offered)


def _origin(file: Path) -> str:
    """What an entry is called by where it lies."""
    return file.absolute().parent.name if file.name == "server.yaml" else file.name
