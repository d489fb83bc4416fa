"""The shape of a server.json document, and of what Outfitter adds to it under `_meta`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from outfitter.core.catalogue import NO_CATEGORY, Access, InputKey, Probe, ServerName, Tool
from outfitter.core.entries.reading import Part, Said, transport
from outfitter.core.value import Value

# The kinds of package that we know how to start.
STARTABLE = ("npm", "pypi", "oci")
META = "io.modelcontextprotocol.registry/publisher-provided"


class Shape(Part):
    """A part of the official document, whose names are written in camel case."""

    model_config = ConfigDict(alias_generator=to_camel)


class Fillable(Shape):
    """A value that somebody fills in, unless `value` says what it is."""

    description: str = ""
    is_required: bool = False
    is_secret: bool = False
    format: str | None = None
    default: Said | None = None
    placeholder: Said | None = None
    choices: tuple[Said, ...] = ()
    value: Said | None = None


class Filled(Fillable):
    """A field whose `value` may hold `{variables}`."""

    variables: dict[str, Fillable] = Field(default_factory=dict)


class Entry(Filled):
    """An environment variable or a header."""

    name: str


class Argument(Filled):
    """One argument, or a flag with its value."""

    type: Literal["positional", "named"]
    name: str = ""
    value_hint: str = ""
    is_repeated: bool = False


class Package(Shape):
    """A server that is installed and started on the user's machine."""

    registry_type: str
    identifier: str
    version: str | None = None
    registry_base_url: str | None = None
    runtime_arguments: tuple[Argument, ...] = ()
    package_arguments: tuple[Argument, ...] = ()
    environment_variables: tuple[Entry, ...] = ()


class Remote(Shape):
    """A server that somebody hosts."""

    type: Annotated[Literal["streamable-http", "sse"], BeforeValidator(transport)]
    url: str
    headers: tuple[Entry, ...] = ()
    variables: dict[str, Fillable] = Field(default_factory=dict)


class InputExtras(Value):
    """What the official shape cannot say about an input."""

    format: str | None = None
    obtain_url: str | None = None


class Extras(Value):
    """What Outfitter knows beyond the official shape; the fields are those of `Server`.

    `more` follows the short description, and `script` is the program inside the package.
    """

    key: ServerName | None = None
    more: str = ""
    service: str | None = None
    category: str = NO_CATEGORY
    publisher: str | None = None
    official: bool = False
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    popularity: int = 0
    tools: tuple[Tool, ...] = ()
    access: Access | None = None
    steps: tuple[str, ...] = ()
    obtain_url: str | None = None
    inputs: dict[InputKey, InputExtras] = Field(default_factory=dict)
    require_any: tuple[tuple[InputKey, ...], ...] = ()
    probe: Probe | None = None
    folders: tuple[str, ...] = ()
    notes: str | None = None
    status: Literal["active", "preview", "archived"] = "active"
    script: str | None = None
    provenance: str = "built in"


class Publisher(Shape):
    """The part of `_meta` that belongs to the publisher."""

    outfitter: Extras = Extras()


class Meta(Shape):
    """The document's `_meta`."""

    publisher: Publisher = Field(default=Publisher(), alias=META)


class Document(Shape):
    """A whole server.json."""

    name: str
    title: str | None = None
    description: str
    version: str
    packages: tuple[Package, ...] = ()
    remotes: tuple[Remote, ...] = ()
    meta: Meta = Field(default=Meta(), alias="_meta")
