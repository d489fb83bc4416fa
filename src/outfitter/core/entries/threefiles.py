"""Reads the three files servers.json, config.json and credinfo.json into servers."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

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
    fillable,
)
from outfitter.core.entries.reading import (
    Part,
    Said,
    complaint,
    in_words,
    input_key,
    name_of,
    way_in,
)
from outfitter.core.errors import BadCatalogue
from outfitter.core.placeholder import PLACEHOLDER, placeholder

_PINNED = re.compile(r".(?:==|@)(\d[\w.+-]*)$")


_File = TypeVar("_File", bound=BaseModel)


class _Schema(Part):
    required: tuple[str, ...] = ()


class _Tool(Part):
    name: str
    description: str = ""
    schema_: _Schema = Field(default=_Schema(), alias="inputSchema")


class _Listed(Part):
    name: str = Field(min_length=1)
    description: str = Field(min_length=1)
    tools: tuple[str | _Tool, ...] = ()
    category: str = NO_CATEGORY


class _Servers(Part):
    servers: tuple[_Listed, ...]


class _Launch(Part):
    command: str | None = None
    args: tuple[Said, ...] = ()
    env: dict[str, Said] = Field(default_factory=dict)
    url: str | None = None
    type: str | None = None
    transport: str | None = None
    headers: dict[str, Said] = Field(default_factory=dict)


class _Config(Part):
    servers: dict[str, _Launch] = Field(alias="mcpServers")


class _Instruction(Part):
    required_tokens: dict[str, str] = Field(default_factory=dict)
    steps: tuple[str, ...] = ()
    obtain_url: str | None = None


class _CredInfo(Part):
    instructions: dict[str, _Instruction] = Field(alias="credential_instructions")


def parse(servers: object, config: object, credinfo: object) -> tuple[Server, ...]:
    """The servers of the three files, which belong together by their names.

    Raises BadCatalogue, which names the file and the field.
    """
    listed = _read("servers.json", _Servers, servers).servers
    launches = _read("config.json", _Config, config).servers
    instructions = _read("credinfo.json", _CredInfo, credinfo).instructions
    keys = [config_key(one.name) for one in listed]
    # A misspelt name would make a server look as if it needed no credentials.
    if stray := sorted(set(instructions) - set(keys)):
        raise BadCatalogue(
            f"credinfo.json: credential_instructions.{stray[0]}: no server has that name"
        )
    found = []
    for one, key in zip(listed, keys, strict=True):
        if key not in launches:
            raise BadCatalogue(f"config.json: mcpServers.{key}: missing, servers.json lists it")
        found.append(_server(one, key, launches[key], instructions.get(key, _Instruction())))
    return tuple(found)


def config_key(name: str) -> str:
    """The key of a server in config.json and credinfo.json.

    >>> config_key("Brave Search")
    'brave-search'
    """
    return name.lower().replace(" ", "-")


def _read(file: str, kind: type[_File], document: object) -> _File:
    try:
        return kind.model_validate(_without_nulls(document))
    except ValidationError as error:
        raise BadCatalogue(f"{file}: {complaint(error)}") from None
    except RecursionError:
        raise BadCatalogue(f"{file}: nested too deeply") from None


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The value without the members that are null, as if they were not there."""
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    return value


def _server(listed: _Listed, key: str, launch: _Launch, told: _Instruction) -> Server:
    try:
        name = _name(key)
        template = _template(launch, told.required_tokens)
        inputs = _inputs(template, told)
        signs_in = isinstance(template, RemoteTemplate) and bool(told.steps)
        return Server(
            name=name,
            title=listed.name,
            description=listed.description,
            version=_version(launch),
            service=name,
            category=listed.category,
            publisher=NOT_STATED,
            tools=tuple(_tool(one) for one in listed.tools),
            template=template,
            inputs=inputs,
            access=way_in(inputs, signs_in=signs_in),
            steps=told.steps,
            obtain_url=told.obtain_url,
            provenance="three files",
        )
    except BadCatalogue as error:
        raise BadCatalogue(f"{key}: {error.detail}") from None
    except ValidationError as error:
        raise BadCatalogue(f"{key}: {complaint(error)}") from None


def _name(key: str) -> str:
    if not (name := name_of(key)):
        raise BadCatalogue("its name needs a letter from a to z or a digit")
    return name


def _template(launch: _Launch, tokens: dict[str, str]) -> Template:
    """The launch with `${KEY}` for each token, put into the environment where it stands nowhere."""
    if launch.url is not None:
        transport = "sse" if "sse" in (launch.type, launch.transport) else "http"
        headers = {name: _upper(text) for name, text in launch.headers.items()}
        return RemoteTemplate(transport=transport, url=_upper(launch.url), headers=headers)
    if launch.command is None:
        raise BadCatalogue("command, url: one of them must say how the server is reached")
    args = tuple(_upper(one) for one in launch.args)
    env = {name: _upper(text) for name, text in launch.env.items()}
    placed = {key for text in (*args, *env.values()) for key in PLACEHOLDER.findall(text)}
    added = {name: placeholder(key) for name in tokens if (key := input_key(name)) not in placed}
    env |= added
    if launch.command == "docker" and args[:1] == ("run",):
        # A container is given no more of the environment than docker is told to pass on.
        unsaid = [name for name in added if not any(_names(name, one) for one in args)]
        args = ("run", *(part for name in unsaid for part in ("-e", name)), *args[1:])
    return StdioTemplate(command=launch.command, args=args, env=env)


def _names(variable: str, arg: str) -> bool:
    return arg.removeprefix("--env=").partition("=")[0] == variable


def _upper(text: str) -> str:
    return PLACEHOLDER.sub(lambda found: placeholder(input_key(found[1])), text)


def _inputs(template: Template, told: _Instruction) -> tuple[Input, ...]:
    places = _places(template)
    tokens = {input_key(name): said for name, said in told.required_tokens.items()}
    if lost := sorted(set(tokens) - set(places)):
        raise BadCatalogue(f"required_tokens.{lost[0]}: nothing in config.json says where it goes")
    return tuple(
        Input(
            key=key,
            place=place,
            description=tokens.get(key) or in_words(key),
            obtain_url=told.obtain_url,
        )
        for key, place in places.items()
    )


def _places(template: Template) -> dict[str, Place]:
    """Every placeholder of the template with the first place it stands in."""
    found: dict[str, Place] = {}
    for place, text in fillable(template):
        for key in PLACEHOLDER.findall(text):
            found.setdefault(key, place)
    return found


def _version(launch: _Launch) -> str:
    return next((hit[1] for one in launch.args if (hit := _PINNED.search(one))), NOT_STATED)


def _tool(tool: str | _Tool) -> Tool:
    if isinstance(tool, str):
        return Tool(name=tool)
    return Tool(name=tool.name, description=tool.description, required=tool.schema_.required)
