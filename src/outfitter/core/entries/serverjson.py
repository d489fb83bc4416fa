"""Reads a server.json document into a `Server`."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from outfitter.core.catalogue import (
    Input,
    Place,
    RemoteTemplate,
    Server,
    StdioTemplate,
    Template,
)
from outfitter.core.entries.reading import (
    complaint,
    in_words,
    input_key,
    short_name,
    way_in,
    with_choices,
)
from outfitter.core.entries.repeating import Inputs, repeated
from outfitter.core.entries.serverjson_shape import (
    STARTABLE,
    Argument,
    Document,
    Entry,
    Extras,
    Fillable,
    Filled,
    InputExtras,
    Package,
    Remote,
)
from outfitter.core.errors import BadCatalogue
from outfitter.core.placeholder import placeholder

Names = tuple[str, ...]

_VARIABLE = re.compile(r"\$?\{([^{}]+)\}")
_HUB = "docker.io"
_MOST_ALIKE = 100
_IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")


class Install(NamedTuple):
    """How one package or remote is started, and what it asks for."""

    template: Template
    inputs: Inputs
    version: str | None


def parse(document: object) -> Server:
    """The server of a document, by its first package that can be started, else its first remote.

    Raises BadCatalogue, which names the field.
    """
    try:
        return _server(Document.model_validate(document))
    except ValidationError as error:
        raise BadCatalogue(complaint(error)) from None


def _server(document: Document) -> Server:
    extras = document.meta.publisher.outfitter
    install = _install(document, extras)
    is_remote = isinstance(install.template, RemoteTemplate)
    name = extras.key or short_name(document.name)
    said = extras.model_dump(
        exclude={"key", "more", "inputs", "script", "service", "publisher", "access"}
    )
    return Server(
        name=name,
        title=document.title or name,
        description=f"{document.description} {extras.more}".strip(),
        version=install.version or document.version,
        service=extras.service or name,
        publisher=extras.publisher or document.name.rpartition("/")[0],
        template=install.template,
        inputs=_ordered(install.inputs, extras.inputs),
        access=extras.access or way_in(install.inputs.values(), signs_in=is_remote),
        **said,
    )


def _install(document: Document, extras: Extras) -> Install:
    for package in document.packages:
        if package.registry_type in STARTABLE:
            return _package(package, extras.script)
    if document.remotes:
        return _remote(document.remotes[0])
    if document.packages:
        raise BadCatalogue("packages.0.registryType: only npm, pypi and oci can be started")
    raise BadCatalogue("packages, remotes: one of them must say how the server is reached")


def _package(package: Package, script: str | None) -> Install:
    inputs: Inputs = {}
    told = [(one, _set_by(package, one)) for one in package.runtime_arguments]
    settings = (setting for _, setting in told if setting)
    env = _entries((*package.environment_variables, *settings), Place.ENV, inputs)
    runtime = _arguments((one for one, setting in told if not setting), inputs)
    own = _arguments(package.package_arguments, inputs)
    command, *args = _command(package, script, runtime, own, env)
    template = StdioTemplate(command=command, args=tuple(args), env=env)
    return Install(template, inputs, _number(package.version))


def _set_by(package: Package, one: Argument) -> Entry | None:
    """What `-e NAME={value}` asks for: in a command every list of processes would show it."""
    name, _, value = (one.value or "").partition("=")
    sets = package.registry_type == "oci" and one.name in ("-e", "--env")
    if not sets or not _VARIABLE.search(value) or not _IDENTIFIER.fullmatch(name):
        return None
    return Entry.model_validate(one.model_dump(by_alias=True) | {"name": name, "value": value})


def _command(
    package: Package, script: str | None, runtime: list[str], own: list[str], names: Iterable[str]
) -> tuple[str, ...]:
    name, number = package.identifier, _number(package.version)
    match package.registry_type:
        case "npm":
            pinned = f"{name}@{number}" if number else name
            chosen = ["-p", pinned, script] if script else [pinned]
            asked = [one for one in runtime if one not in {"-y", "--yes"}]
            return ("npx", "-y", *asked, *chosen, *own)
        case "pypi":
            pinned = f"{name}=={number}" if number else name
            return ("uvx", *runtime, "--from", pinned, script or name.partition("[")[0], *own)
        case _:
            passed = [part for one in names for part in ("-e", one)]
            asked = runtime[1:] if runtime[:1] == ["run"] else runtime
            return ("docker", "run", "-i", "--rm", *asked, *passed, _image(package), *own)


def _number(said: str | None) -> str | None:
    """A package's version without the v of its tag, which no registry of packages knows.

    >>> _number("v1.2.3"), _number("vnext")
    ('1.2.3', 'vnext')
    """
    return re.sub(r"^[vV](?=\d)", "", said) if said else said


def _image(package: Package) -> str:
    """The whole name of an image: without its host it would be another one, of Docker's own."""
    name, tag = package.identifier, package.version
    tagged = name if not tag or ":" in name.rpartition("/")[2] else f"{name}:{tag}"
    home = (package.registry_base_url or "").removeprefix("https://").strip("/")
    return tagged if home in ("", _HUB) or name.startswith(f"{home}/") else f"{home}/{tagged}"


def _remote(remote: Remote) -> Install:
    inputs: Inputs = {}
    # No address holds braces, so whatever stands in them has to be filled in.
    address = Filled(value=remote.url, variables=remote.variables, isRequired=True)
    url = _filled(address, ("url",), Place.URL, inputs)
    headers = _entries(remote.headers, Place.HEADER, inputs)
    transport = "sse" if remote.type == "sse" else "http"
    return Install(RemoteTemplate(transport=transport, url=url, headers=headers), inputs, None)


def _entries(entries: Iterable[Entry], place: Place, into: Inputs) -> dict[str, str]:
    return {one.name: _filled(one, (one.name,), place, into) for one in entries}


def _arguments(arguments: Iterable[Argument], into: Inputs) -> list[str]:
    found: list[str] = []
    for one in arguments:
        words = _argument(one, into)
        found += repeated(words, into) if one.is_repeated else words
    return found


def _argument(one: Argument, into: Inputs) -> list[str]:
    names = (one.value_hint or one.name, one.name or one.value_hint)
    if one.type == "positional":
        return [_filled(one, names, Place.ARG, into)]
    asked = one.value_hint or one.is_required or one.is_secret or one.description or one.default
    if one.value is None and not asked:
        return [one.name]
    value = _filled(one, names, Place.ARG, into)
    # Of a flag that ends so the value is a part: apart from it the flag would be empty.
    return [f"{one.name}{value}"] if one.name.endswith("=") else [one.name, value]


def _filled(field: Filled, names: Names, place: Place, into: Inputs) -> str:
    """The text with `${KEY}` wherever the user has something to fill in."""
    if field.value is None:
        return _asked(field, names, place, into, shared=place is not Place.ARG)
    variables = _as_needed(field, place)

    def replaced(found: re.Match[str]) -> str:
        variable = variables.get(found[1]) or _undeclared(field, found[1])
        if variable is None:
            return found[0]
        if variable.value is not None:
            return variable.value
        return _asked(variable, (found[1], f"{names[-1]} {found[1]}"), place, into)

    return _VARIABLE.sub(replaced, field.value)


def _as_needed(field: Filled, place: Place) -> dict[str, Fillable]:
    """The variables, all required if one is or their field: without one there is no text at all.

    Of an address a part may be left out. In a secret text something is secret, if not one of them.
    """
    told = field.variables.values()
    whole = place is not Place.URL
    required = whole and (field.is_required or any(one.is_required for one in told))
    secret = field.is_secret and not any(one.is_secret for one in told)
    return {
        name: one.model_copy(
            update={
                "is_required": one.is_required or required,
                "is_secret": one.is_secret or (secret and one.default is None),
            }
        )
        for name, one in field.variables.items()
    }


def _undeclared(field: Filled, name: str) -> Fillable | None:
    """What a name in braces stands for that nobody declares, if somebody has to fill it in."""
    if not (field.is_required or field.is_secret) or not _IDENTIFIER.fullmatch(name):
        return None
    return field.model_copy(update={"value": None, "default": None, "is_required": True})


def _asked(
    field: Fillable, names: Names, place: Place, into: Inputs, *, shared: bool = True
) -> str:
    """What stands for the input, under the first of the names that means nothing else.

    What an argument calls its value, such as `path`, another may call its own; only with a variable
    of the environment can it be the same.
    """
    for name in (*names, *(f"{names[-1]} {number}" for number in range(2, _MOST_ALIKE))):
        one = _input(field, name, place)
        before = into.setdefault(one.key, one)
        if before is one or (_alike(before, one) and (shared or before.place is Place.ENV)):
            return placeholder(one.key)
    raise BadCatalogue(f"{names[-1]}: too many inputs have that name")


def _input(field: Fillable, name: str, place: Place) -> Input:
    described = field.description or in_words(name)
    if place is Place.HEADER and name.lower() == "authorization":
        # Such a header asks for a token by its description, and for more by what it is.
        described = f"{described.rstrip(' .')}; the whole header, mostly Bearer and the token"
    return Input(
        key=input_key(name),
        place=place,
        description=with_choices(described, field.choices),
        required=field.is_required,
        secret=field.is_secret,
        format=None if field.format == "string" else field.format,
        example=field.placeholder,
        default=field.default,
    )


def _alike(one: Input, other: Input) -> bool:
    """Whether two inputs of one key ask for the same, wherever its value goes."""
    told = {"place", "description", "example"}
    return one.model_dump(exclude=told) == other.model_dump(exclude=told)


def _ordered(inputs: Inputs, extras: Mapping[str, InputExtras]) -> tuple[Input, ...]:
    """The inputs with what the extras add, those that must be given first."""
    if unknown := sorted(set(extras) - set(inputs)):
        raise BadCatalogue(f"_meta.inputs.{unknown[0]}: the server has no such input")
    full = [
        one.model_copy(update=extras[key].model_dump(exclude_none=True)) if key in extras else one
        for key, one in inputs.items()
    ]
    return tuple(sorted(full, key=lambda one: not one.required))
