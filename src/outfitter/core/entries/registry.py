"""What the official registry hands out, of any of its ages, as documents of today's shape."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic.alias_generators import to_camel

from outfitter.core.entries.reading import transport
from outfitter.core.entries.serverjson_shape import META, STARTABLE
from outfitter.core.errors import BadCatalogue

Document = dict[str, Any]

# Where our runners look for a package; of an image the host is a part of its name.
_HOMES = {
    "npm": re.compile(r"https://registry\.npmjs\.org/?"),
    "pypi": re.compile(r"https://pypi\.org(?:/simple)?/?"),
    "oci": re.compile(r"https://[a-z0-9.-]+(?::\d+)?/?"),
}
_MOST_WAYS = 10
# Far more than any entry has, and far less than Python can go into.
_DEEPEST = 100
_BELIEVED = (
    *("more", "category", "keywords", "tools", "steps", "obtain_url"),
    *("inputs", "require_any", "script"),
)


class Listed(NamedTuple):
    """An entry of a registry: its document, and what the registry itself says about it."""

    document: Document
    status: str
    latest: bool


class Unread(NamedTuple):
    """An entry of which nothing could be read, and why."""

    origin: str
    why: str


def entries(page: object) -> Iterator[Listed | Unread]:
    """The entries of a page, a list, an item or a bare document. Raises BadCatalogue."""
    if isinstance(page, dict) and isinstance(page.get("servers"), list):
        page = page["servers"]
    if not isinstance(page, dict | list):
        raise BadCatalogue("neither an entry nor a list of entries")
    for one in page if isinstance(page, list) else [page]:
        try:
            yield _listed(one)
        except BadCatalogue as error:
            yield Unread(called(one), error.detail)


def document_of(item: object) -> object:
    """The document of an item or a bare one, of any age, as it is written today.

    Raises BadCatalogue.
    """
    return _listed(item).document


def called(item: object) -> str:
    """What an item or document calls itself."""
    document = item.get("server", item) if isinstance(item, dict) else None
    name = document.get("name") if isinstance(document, dict) else None
    return str(name or "an entry without a name")


def next_cursor(page: object) -> str | None:
    """Where the page after this one begins, if there is one."""
    metadata = page.get("metadata") if isinstance(page, dict) else None
    if not isinstance(metadata, dict):
        return None
    cursor = metadata.get("nextCursor") or metadata.get("next_cursor")
    return str(cursor) if cursor else None


def ways(document: Document) -> list[tuple[Document, str | None]]:
    """The document with one package or remote each, the best first, and why it cannot be started.

    What a token in a field opens comes before what is installed, and that before what asks for
    nothing, since the latter may turn out to want a sign-in.
    """
    packages: list[Document] = document.get("packages") or []
    remotes: list[Document] = document.get("remotes") or []
    able = [(_rank_of_package(one), "packages", one) for one in packages if not _hindrance(one)]
    able += [(_rank_of_remote(one), "remotes", one) for one in remotes]
    if able:
        best = sorted(able, key=lambda way: way[0])[:_MOST_WAYS]
        return [
            ({**document, "packages": [], "remotes": [], kind: [one]}, None)
            for _, kind, one in best
        ]
    if not packages:
        raise BadCatalogue("packages, remotes: one of them must say how the server is reached")
    return [({**document, "packages": packages[:1], "remotes": []}, _hindrance(packages[0]))]


def believed(document: Document, key: str, service: str) -> Document:
    """The document under our name, without what its author may not say of himself."""
    meta = document.get("_meta")
    own = meta.get(META) if isinstance(meta, dict) else None
    extras = own.get("outfitter") if isinstance(own, dict) else None
    said = extras if isinstance(extras, dict) else {}
    kept = {field: said[field] for field in _BELIEVED if field in said}
    return {**document, "_meta": {META: {"outfitter": {**kept, "key": key, "service": service}}}}


def _listed(item: object) -> Listed:
    if not isinstance(item, dict):
        raise BadCatalogue("not a JSON object")
    raw = item["server"] if isinstance(item.get("server"), dict) else item
    told = _official(item) or _official(raw) or {}
    latest = told.get("isLatest", told.get("is_latest", True))
    detail = raw.get("version_detail")
    if isinstance(detail, dict):
        raw = {"version": detail.get("version"), **raw}
        latest = detail.get("is_latest", latest)
    status = str(told.get("status") or raw.get("status") or "active")
    return Listed(_modern(raw), status, latest is not False)


def _official(item: Document) -> Document | None:
    """What the registry adds; the key was another in each age."""
    for holder in (item, item.get("_meta")):
        for key, said in holder.items() if isinstance(holder, dict) else ():
            official = key.endswith(("modelcontextprotocol.registry", "registry/official"))
            if official and isinstance(said, dict):
                return said
    return None


def _modern(raw: Document) -> Document:
    document: Document = _camel({key: one for key, one in raw.items() if key != "_meta"})
    document["_meta"] = raw.get("_meta") or {}
    document["packages"] = [_package(one) for one in _objects(document, "packages")]
    document["remotes"] = [
        {"type": one.pop("transportType", None), **one} for one in _objects(document, "remotes")
    ]
    return document


def _package(one: Document) -> Document:
    kind = one.pop("registryName", None)
    named = {"registryType": kind, "identifier": one.get("name"), **one}
    if isinstance(named["registryType"], str):
        named["registryType"] = named["registryType"].lower()
    if named["registryType"] == "docker":
        named["registryType"] = "oci"
    return named


def _objects(document: Document, field: str) -> list[Document]:
    found = document.get(field) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadCatalogue(f"{field}: not a list of objects")
    return found


def _camel(value: Any, room: int = _DEEPEST) -> Any:  # noqa: ANN401 - any JSON value
    """The value without nulls and with keys as they are written today. Raises BadCatalogue."""
    if not room:
        raise BadCatalogue("nested too deeply")
    if isinstance(value, list):
        return [_camel(one, room - 1) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {
        # The names of variables are their author's own.
        to_camel(key) if "_" in key else key: {
            name: _camel(one, room - 1) for name, one in inner.items()
        }
        if key == "variables" and isinstance(inner, Mapping)
        else _camel(inner, room - 1)
        for key, inner in value.items()
        if inner is not None
    }


def _hindrance(package: Document) -> str | None:
    """Why a package cannot be started, if so."""
    kind = package.get("registryType")
    if kind not in STARTABLE:
        return f"a package of the kind {kind} cannot be started"
    spoken = package.get("transport")
    if isinstance(spoken, dict) and spoken.get("type", "stdio") != "stdio":
        return "it would have to be started as a web server of its own"
    home = package.get("registryBaseUrl")
    # In the public place the name may be somebody else's.
    if home is not None and not _HOMES[kind].fullmatch(str(home)):
        return "its package lies in a registry that is not the public one"
    return None


def _rank_of_package(package: Document) -> int:
    return 2 if package.get("registryType") == "oci" else 1


def _rank_of_remote(remote: Document) -> int:
    if transport(remote.get("type")) == "sse":
        return 4
    return 0 if remote.get("headers") or remote.get("variables") else 3
