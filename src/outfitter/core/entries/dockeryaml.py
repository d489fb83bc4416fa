"""Reads an entry of Docker's registry, a server.yaml and its tools.json, into a `Server`."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from outfitter.core.catalogue import (
    NO_CATEGORY,
    NOT_STATED,
    Input,
    Place,
    RemoteTemplate,
    Server,
    StdioTemplate,
    Template,
    Tool,
)
from outfitter.core.entries.reading import (
    Part,
    as_text,
    complaint,
    in_words,
    input_key,
    transport,
    way_in,
    with_choices,
)
from outfitter.core.errors import BadCatalogue
from outfitter.core.placeholder import placeholder

_BRACES = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_PLAIN = re.compile(r"[\w-]+\.[\w.-]+")
_SHELL = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


class DockerEntry(NamedTuple):
    """A folder of that registry: its name, and what its two files hold."""

    origin: str
    document: object
    tools: object = None


class _About(Part):
    title: str | None = None
    description: str = ""


class _Meta(Part):
    category: str = NO_CATEGORY
    tags: tuple[str, ...] | None = None


class _Secret(Part):
    env: str
    example: Any = None
    description: str | None = None
    required: bool = True


class _Oauth(_Secret):
    """A value that Docker Desktop gets by signing in; elsewhere it has to be brought."""

    env: str = ""


class _Variable(Part):
    name: str
    example: Any = None
    value: Any = None


class _Parameter(Part):
    """A JSON schema: of one value, or of several by their names."""

    description: str = ""
    default: Any = None
    enum: tuple[Any, ...] = ()
    properties: dict[str, "_Parameter"] = Field(default_factory=dict)
    required: tuple[str, ...] | None = None


class _Config(Part):
    secrets: tuple[_Secret, ...] | None = None
    env: tuple[_Variable, ...] | None = None
    parameters: _Parameter | None = None


class _Run(Part):
    command: tuple[str, ...] | None = None
    volumes: tuple[str, ...] | None = None
    env: dict[str, Any] | None = None
    user: Any = None
    disable_network: bool | None = Field(default=None, alias="disableNetwork")


class _Remote(Part):
    transport_type: Annotated[Literal["streamable-http", "sse"], BeforeValidator(transport)] = (
        "streamable-http"
    )
    url: str
    headers: dict[str, str] | None = None


class _Tool(Part):
    name: str
    description: str | None = None


class _Entry(Part):
    name: str
    type: str
    image: str | None = None
    about: _About = _About()
    meta: _Meta = _Meta()
    config: _Config | None = None
    run: _Run | None = None
    remote: _Remote | None = None
    oauth: tuple[_Oauth, ...] | None = None


class _Tools(Part):
    tools: tuple[_Tool, ...] = ()


def parse(entry: DockerEntry, name: str) -> Server:
    """The server of an entry, under that name. Raises BadCatalogue, which names the field."""
    try:
        document = _Entry.model_validate(entry.document)
        tools = _Tools(tools=entry.tools).tools if isinstance(entry.tools, list) else ()
        return _server(document, tools, name)
    except ValidationError as error:
        raise BadCatalogue(complaint(error)) from None


def _server(entry: _Entry, tools: tuple[_Tool, ...], name: str) -> Server:
    config = entry.config or _Config()
    template, inputs = _remote(entry.remote, config) if entry.remote else _image(entry, config)
    reason = _hindrance(entry)
    return Server(
        name=name,
        title=entry.about.title or entry.name,
        description=entry.about.description or entry.name,
        version=_version(entry.image),
        service=name,
        category=entry.meta.category,
        publisher=NOT_STATED,
        keywords=entry.meta.tags or (),
        tools=tuple(Tool(name=one.name, description=one.description or "") for one in tools),
        template=template,
        inputs=tuple(inputs.values()),
        access=way_in(inputs.values(), signs_in=bool(entry.remote and entry.oauth)),
        status="unusable" if reason else "active",
        notes=f"Cannot be used: {reason}" if reason else None,
    )


def _version(image: str | None) -> str:
    """The tag of an image, if it has one.

    >>> _version("reg.example.org:5000/mcp/notes:1.2"), _version("mcp/notes@sha256:12")
    ('1.2', 'not stated')
    """
    named = (image or "").partition("@")[0].rpartition("/")[2]
    return named.partition(":")[2] or NOT_STATED


def _hindrance(entry: _Entry) -> str | None:
    run = entry.run or _Run()
    if entry.remote is None and entry.type != "server":
        return f"an entry of the type {entry.type} is started by Docker Desktop alone"
    if run.volumes:
        return "it wants folders of the machine mounted"
    settings = [one.value for one in (entry.config or _Config()).env or ()]
    texts = [*(run.command or ()), *map(as_text, [*(run.env or {}).values(), *settings])]
    rules = [rule for text in texts for rule in _BRACES.findall(text)]
    if any(not _PLAIN.fullmatch(rule) for rule in rules):
        return "its command is filled in by a rule that only Docker Desktop knows"
    return None


def _image(entry: _Entry, config: _Config) -> tuple[Template, dict[str, Input]]:
    # Of what cannot be started the name can at least be shown.
    image = entry.image or (entry.name if _hindrance(entry) else None)
    if image is None:
        raise BadCatalogue("image, remote: one of them must say how the server is reached")
    run = entry.run or _Run()
    inputs: dict[str, Input] = {}
    env: dict[str, str] = {}
    signed_in = [one for one in entry.oauth or () if one.env]
    for one in (*(config.secrets or ()), *signed_in):
        env[one.env] = _asked(_secret(one, Place.ENV), inputs)
    for other in config.env or ():
        env[other.name] = _variable(other, config, inputs)
    for variable, text in (run.env or {}).items():
        shown = _SHELL.sub(partial(_named, known=dict(env)), as_text(text))
        env[variable] = _filled(shown, Place.ENV, config, inputs)
    command = [_filled(text, Place.ARG, config, inputs) for text in run.command or ()]
    passed = [part for variable in env for part in ("-e", variable)]
    user = [] if run.user is None else ["-u", _filled(as_text(run.user), Place.ARG, config, inputs)]
    alone = ["--network=none"] if run.disable_network else []
    args = ("run", "-i", "--rm", *user, *alone, *passed, image, *command)
    return StdioTemplate(command="docker", args=args, env=env), inputs


def _named(hit: re.Match[str], known: Mapping[str, str]) -> str:
    """What a variable of the shell holds; one that nothing fills stays."""
    return known.get(hit[1], hit[0])


def _remote(remote: _Remote, config: _Config) -> tuple[Template, dict[str, Input]]:
    inputs: dict[str, Input] = {}
    held = {one.env: placeholder(input_key(one.env)) for one in config.secrets or ()}
    named = partial(_SHELL.sub, partial(_named, known=held))
    url = named(remote.url)
    headers = {name: named(text) for name, text in (remote.headers or {}).items()}
    for one in config.secrets or ():
        here = held[one.env]
        place = Place.URL if here in url else Place.HEADER
        if any(here in text for text in (url, *headers.values())):
            _asked(_secret(one, place), inputs)
    template = RemoteTemplate(
        transport="sse" if remote.transport_type == "sse" else "http",
        url=_filled(url, Place.URL, config, inputs),
        headers={
            name: _filled(text, Place.HEADER, config, inputs) for name, text in headers.items()
        },
    )
    return template, inputs


def _secret(one: _Secret, place: Place) -> Input:
    return Input(
        key=input_key(one.env),
        place=place,
        description=one.description or in_words(one.env),
        required=one.required,
        example=str(one.example) if one.example is not None else None,
    )


def _variable(one: _Variable, config: _Config, into: dict[str, Input]) -> str:
    """The value of a variable: as it stands, or asked for where a parameter fills it."""
    text = as_text(one.value)
    hit = _BRACES.fullmatch(text)
    if hit is None:
        return _filled(text, Place.ENV, config, into)
    return _asked(_parameter(hit[1], one.name, Place.ENV, config), into)


def _filled(text: str, place: Place, config: _Config, into: dict[str, Input]) -> str:
    return _BRACES.sub(lambda hit: _asked(_parameter(hit[1], hit[1], place, config), into), text)


def _parameter(path: str, name: str, place: Place, config: _Config) -> Input:
    """The input for `server.parameter`, which the entry declares as a JSON schema."""
    own = path.partition(".")[2]
    told, required = config.parameters or _Parameter(), True
    for part in own.split("."):
        required = required and part in (told.required or ())
        told = told.properties.get(part, _Parameter())
    return Input(
        key=input_key(name.partition(".")[2] or name),
        place=place,
        description=with_choices(told.description or in_words(own), map(as_text, told.enum)),
        required=required,
        secret=False,
        default=as_text(told.default) if isinstance(told.default, str | int | float) else None,
    )


def _asked(one: Input, into: dict[str, Input]) -> str:
    into.setdefault(one.key, one)
    return placeholder(one.key)
