"""Entries from elsewhere made fit for the catalogue, with what is to be known about them."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from outfitter.core.address import is_link
from outfitter.core.catalogue import Access, Input, Server
from outfitter.core.entries import dockeryaml, lint, registry, running, serverjson
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.lint import Kind
from outfitter.core.entries.reading import complaint, short_name, with_tail
from outfitter.core.entries.registry import Listed, Unread
from outfitter.core.entries.told import told
from outfitter.core.entries.wrapped import service_of
from outfitter.core.errors import BadCatalogue
from outfitter.core.printable import line

_LONGEST_REFUSAL = 1_000
_MOST_CHARACTERS = 200_000

Entry = Listed | DockerEntry | Server | Unread


@dataclass(slots=True)
class Brought:
    """What an import comes to: servers, entries that could not be read, and older ones left out."""

    servers: list[Server] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """Where the entries come from, and whether a version that may change is let in."""

    provenance: str
    unpinned: bool = False


def bring(entries: Iterable[Entry], taken: Mapping[str, str], rules: Rules) -> Brought:
    """Every entry as a server with a name of its own; `taken` gives each name's origin, if any.

    What cannot be run is kept as unusable, with the reason; what cannot be read is refused.
    """
    brought = Brought()
    found: dict[str, Server] = {}
    gone: list[Listed] = []
    names = _Names(taken)
    for entry in entries:
        if isinstance(entry, Listed) and (entry.status == "deleted" or not entry.latest):
            brought.left_out += 1
            gone += [entry] if entry.latest and names.has(str(entry.document.get("name"))) else []
            continue
        if (server := _brought(entry, names, rules, brought)) is None:
            continue
        # A plain list may hold several versions of one server, and say of none that it is old.
        before = found.get(server.name, server)
        found[server.name] = max(server, before, key=lambda one: _age(one.version))
        brought.left_out += before is not server
    # Who deletes an entry may know of harm: what is in the catalogue already is no longer used.
    for entry in gone:
        if server := _brought(entry, names, rules, brought):
            found.setdefault(server.name, _unusable(server, "its registry has deleted it"))
    brought.servers = list(found.values())
    return brought


def _brought(entry: Entry, names: "_Names", rules: Rules, brought: Brought) -> Server | None:
    """The entry as a server, or nothing and a line under what was refused."""
    try:
        return _bounded(told(names.served(_read(entry, names, rules))))
    except (BadCatalogue, ValidationError) as error:
        why = error.detail if isinstance(error, BadCatalogue) else complaint(error)
        brought.refused.append(line(f"{_called(entry)}: {why}", _LONGEST_REFUSAL))
        return None


def _age(version: str) -> tuple[list[tuple[int, str]], bool]:
    """What puts versions in order: their numbers, and a release after what led to it.

    >>> _age("1.9") < _age("1.10.0-beta") < _age("1.10.0")
    True
    """
    numbers = version.removeprefix("v")
    release = numbers[: len(numbers) - len(numbers.lstrip("0123456789."))]
    parts = [one.lstrip("0") for one in release.split(".")]
    return [(len(one), one) for one in parts], release == numbers


class _Names:
    """Names in the catalogue, given once each; an origin keeps the name it has."""

    def __init__(self, taken: Mapping[str, str]) -> None:
        self._taken = dict(taken)
        self._given = {origin: name for name, origin in taken.items() if origin}
        self._builtin = frozenset(name for name, origin in taken.items() if not origin)

    def has(self, origin: str) -> bool:
        """Whether something of that origin is in the catalogue."""
        return origin in self._given

    def give(self, origin: str) -> tuple[str, str]:
        """The name for an origin, and the short word it is made from."""
        short = short_name(origin) or "server"
        if origin not in self._given:
            # The name of a folder may hold bytes that are no text.
            digest = hashlib.sha256(origin.encode(errors="surrogatepass")).hexdigest()
            tries = (short, with_tail(short, digest[:4]), with_tail(short, digest[:12]))
            name = next((one for one in tries if one not in self._taken), None)
            if name is None:
                raise BadCatalogue("no name is left for it")
            self._given[origin] = name
            self._taken[name] = origin
        return self._given[origin], short

    def served(self, server: Server) -> Server:
        """The server under the service that it tells of, unless a built-in server has that name."""
        package = server.origin.lower().replace("_", "-")
        service = service_of(package, server.description)
        if service is None or service in self._builtin:
            return server
        return server.model_copy(update={"service": service})


def _read(entry: Entry, names: _Names, rules: Rules) -> Server:
    if isinstance(entry, Unread):
        raise BadCatalogue(entry.why)
    if isinstance(entry, Server):
        name, short = names.give(entry.origin or entry.name)
        update = {"name": name, "service": short, "origin": entry.name}
        return _settled(entry.model_copy(update=update), rules)
    if isinstance(entry, DockerEntry):
        name, short = names.give(entry.origin)
        update = {"service": short, "origin": entry.origin}
        return _settled(dockeryaml.parse(entry, name).model_copy(update=update), rules)
    origin = str(entry.document.get("name") or "")
    if not re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", origin):
        raise BadCatalogue("name: not of the form namespace/name")
    return _first_usable(entry, names, rules)


def _first_usable(entry: Listed, names: _Names, rules: Rules) -> Server:
    """The server by the first of its ways that an agent can go, else by the first there is."""
    barred: list[Server] = []
    wrong: list[Exception] = []
    for document, hindrance in registry.ways(entry.document):
        try:
            server = _settled(_registered(entry, document, hindrance, names), rules)
        except (BadCatalogue, ValidationError) as error:
            wrong.append(error)
            continue
        if server.is_usable:
            return server
        barred.append(server)
    if barred:
        return barred[0]
    raise wrong[0]


def _registered(
    entry: Listed, document: registry.Document, hindrance: str | None, names: _Names
) -> Server:
    origin = str(entry.document["name"])
    if hindrance is not None:
        document = _unstartable(document)
    name, short = names.give(origin)
    server = serverjson.parse(registry.believed(document, name, short))
    update: dict[str, object] = {"origin": origin, "obtain_url": server.obtain_url or _page(entry)}
    if entry.status == "deprecated":
        update["status"] = "archived"
    server = server.model_copy(update=update)
    return server if hindrance is None else _unusable(server, hindrance)


def _unstartable(document: registry.Document) -> registry.Document:
    """The document with its package as something that can at least be shown."""
    package = document["packages"][0]
    shown = {"registryType": "oci", "identifier": str(package.get("identifier"))}
    return {**document, "packages": [shown]}


def _page(entry: Listed) -> str | None:
    repository = entry.document.get("repository")
    links = [
        entry.document.get("websiteUrl"),
        repository.get("url") if isinstance(repository, dict) else None,
    ]
    return next((one for one in links if isinstance(one, str) and is_link(one)), None)


def _settled(server: Server, rules: Rules) -> Server:
    """The server without what its author may not claim, and with the complaints in its notes."""
    inputs = tuple(map(_careful, server.inputs))
    access = _access(server, inputs)
    server = server.model_copy(
        update={
            "inputs": inputs,
            "access": access,
            "steps": server.steps or _steps_in(access),
            "provenance": rules.provenance,
            "reviewed": False,
            "official": False,
            "popularity": 0,
            "aliases": (),
            "folders": (),
            "probe": None,
        }
    )
    if not server.is_usable:
        return server
    found = [*lint.complaints(server), *running.complaints(server)]
    barred = {Kind.UNSAFE} if rules.unpinned else {Kind.UNSAFE, Kind.UNPINNED}
    if barring := [str(one) for one in found if one.kind in barred]:
        return _unusable(server, "; ".join(dict.fromkeys(barring)))
    noted = [*filter(None, [server.notes]), *map(str, found)]
    return server.model_copy(update={"notes": "; ".join(noted) or None})


def _bounded(server: Server) -> Server:
    """The server, if the catalogue can hold it and everybody bear it. Raises BadCatalogue."""
    try:
        document = server.model_dump_json()
    except ValueError:
        raise BadCatalogue("it holds halves of characters") from None
    # Behind a backslash that stands for itself the same characters are plain text.
    if "\\u0000" in document.replace("\\\\", ""):
        raise BadCatalogue("it holds a zero byte")
    if len(document) > _MOST_CHARACTERS:
        raise BadCatalogue(f"it is longer than {_MOST_CHARACTERS:,} characters")
    return server


def _careful(one: Input) -> Input:
    secret = one.secret or (one.format != "filepath" and lint.looks_secret(one.key))
    return one.model_copy(update={"secret": secret, "default": None if secret else one.default})


def _access(server: Server, inputs: Iterable[Input]) -> Access:
    """How to get in, where a secret that has lost its default must be given now."""
    if server.access is not Access.FILE and any(one.must_be_given for one in inputs):
        return Access.PASTE
    return server.access


def _steps_in(access: Access) -> tuple[str, ...]:
    if access is Access.OPEN:
        return ()
    if access is Access.SIGN_IN:
        return ("Start the agent, and open the link that it prints, if it asks for a sign-in",)
    return ("Read on the server's own page how to get what it asks for",)


def _unusable(server: Server, reason: str) -> Server:
    return server.model_copy(update={"status": "unusable", "notes": f"Cannot be used: {reason}"})


def _called(entry: Entry) -> str:
    if isinstance(entry, Listed):
        return registry.called(entry.document)
    return entry.origin or (entry.name if isinstance(entry, Server) else "")
