"""Reads catalogue entries from files: the built-in ones, or those of a folder."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from outfitter.adapters.files.documents import json_in, naming
from outfitter.core.catalogue import Server
from outfitter.core.entries import registry, serverjson, threefiles
from outfitter.core.errors import BadCatalogue

_THREE = ("servers.json", "config.json", "credinfo.json")
_MOST_BYTES = 2_000_000
_MOST_FILES = 5_000


def entries(path: Path | None) -> list[Server]:
    """The servers of a folder, by name, or the built-in ones where none is given."""
    return builtin() if path is None else folder(path)


def builtin() -> list[Server]:
    """The servers that come with the product, by name."""
    return folder(Path(str(files("outfitter").joinpath("catalogue"))))


def folder(path: Path) -> list[Server]:
    """The servers of a folder, by name: one server.json a file, the three files, or both.

    Raises BadCatalogue, which names the file and the field, if a single one is not right.
    """
    if not path.is_dir():
        raise BadCatalogue(f"{path}: not a folder")
    found = sorted(one for one in path.iterdir() if one.suffix == ".json")
    if not found:
        raise BadCatalogue(f"{path}: no .json file in it")
    if len(found) > _MOST_FILES:
        raise BadCatalogue(f"{path}: more than {_MOST_FILES} files")
    return _distinct(_with_files(path, found))


def _with_files(path: Path, found: Iterable[Path]) -> Iterator[tuple[str, Server]]:
    """Each server with the file it stands in."""
    documents = {one.name: json_in(one, _MOST_BYTES) for one in found}
    three = [documents.pop(name, None) for name in _THREE]
    if any(one is not None for one in three):
        yield from _three(path, three)
    for name, document in documents.items():
        with naming(path / name):
            yield name, serverjson.parse(registry.document_of(document))


def _three(path: Path, documents: list[object]) -> Iterator[tuple[str, Server]]:
    for name, document in zip(_THREE, documents, strict=True):
        if document is None:
            raise BadCatalogue(f"{path / name}: missing, {', '.join(_THREE)} belong together")
    with naming(path):
        for server in threefiles.parse(*documents):
            yield _THREE[0], server


def _distinct(found: Iterable[tuple[str, Server]]) -> list[Server]:
    by_name: dict[str, tuple[str, Server]] = {}
    for file, server in found:
        if server.name in by_name:
            raise BadCatalogue(f"{file}: name: {server.name} is also in {by_name[server.name][0]}")
        by_name[server.name] = (file, server)
    return [by_name[name][1] for name in sorted(by_name)]
