"""What the catalogue holds: servers, their tools, and what each needs to run."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from outfitter.core.value import Value

LONGEST_NAME = 24
ServerName = Annotated[
    str, StringConstraints(pattern=rf"^[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}$")
]
InputKey = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]


class Place(StrEnum):
    """Where an input's value goes in the server's template.

    `env`: an environment variable. `arg`: a word of the command. `header`: a header of every
    request. `url`: a part of the address.
    """

    ENV = "env"
    ARG = "arg"
    HEADER = "header"
    URL = "url"


Standing = Literal["active", "preview", "archived", "unusable"]
# The category of what came without one, which says nothing of what it does.
NO_CATEGORY = "other"
# The version or publisher of what came without one.
NOT_STATED = "not stated"


class Access(StrEnum):
    """How a user gets in, from the least work to the most.

    `open`: nothing to bring. `paste`: a value, such as a token. `file`: a file, such as the
    key of a service account. `sign-in`: a sign-in in the browser when the agent first runs.
    """

    OPEN = "open"
    PASTE = "paste"
    FILE = "file"
    SIGN_IN = "sign-in"


class Tool(Value):
    """A function that a server offers."""

    name: str
    """What the server calls it."""

    description: str = ""
    """What it does, in one line; empty if that is not known."""

    required: tuple[str, ...] = ()
    """The parameters that no call may leave out."""


class Input(Value):
    """A value a server needs from its user."""

    key: InputKey
    """What the value goes by in `credentials` and, as `${KEY}`, in the template."""

    place: Place
    """Where the value goes."""

    description: str
    """What it is, for the person who has to bring it."""

    required: bool = True
    """Whether the server cannot do without it."""

    secret: bool = True
    """Whether to hide it while it is typed; an address or a region is no secret."""

    format: str | None = None
    """How a value looks: a pattern or a word such as `uuid`; a hint, never a reason to refuse. Null
    if there is none.
    """

    example: str | None = None
    """What a value may look like; null if nobody wrote it down."""

    default: str | None = None
    """What is taken if the user brings nothing, so that it is never asked for; null if there is no
    such value.
    """

    obtain_url: str | None = None
    """The page where this very value is to be had; null where the server's page has it."""

    @property
    def must_be_given(self) -> bool:
        """Whether only the user can bring it, and the server cannot do without."""
        return self.required and self.default is None


class StdioTemplate(Value):
    """How a local server is started; `${KEY}` marks where an input goes."""

    transport: Literal["stdio"] = "stdio"
    """`stdio`: the server is a program that the agent starts and speaks to by pipes."""

    command: str
    """The program, such as `npx` or `uvx`."""

    args: tuple[str, ...] = ()
    """The words after the program, with the version of what it runs."""

    env: dict[str, str] = Field(default_factory=dict)
    """The environment variables that the server is given, by name."""


class RemoteTemplate(Value):
    """Where a hosted server listens; `${KEY}` marks where an input goes."""

    transport: Literal["http", "sse"]
    """How the server is spoken to: `http` is streamable HTTP, `sse` the older HTTP with server-sent
    events.
    """

    url: str
    """The address that is called."""

    headers: dict[str, str] = Field(default_factory=dict)
    """The headers that go with every request, by name."""


Template = Annotated[StdioTemplate | RemoteTemplate, Field(discriminator="transport")]


def fillable(template: StdioTemplate | RemoteTemplate) -> Iterator[tuple[Place, str]]:
    """Every text of a template that may hold a placeholder, and where it stands."""
    if isinstance(template, StdioTemplate):
        yield from ((Place.ARG, text) for text in template.args)
        yield from ((Place.ENV, text) for text in template.env.values())
    else:
        yield Place.URL, template.url
        yield from ((Place.HEADER, text) for text in template.headers.values())


class Probe(Value):
    """A read-only call that shows whether the credentials are accepted."""

    tool: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class Server(Value):
    """One MCP server of the catalogue.

    `service` names what the server gives access to, so that look-alikes share one word.
    `require_any` lists sets of input keys of which one must be complete; where all keys of a set
    say what it is for, as in `JIRA_URL`, it is the one for steps that speak of that.
    `version` is the pinned package version, or the entry's own for a hosted server.
    `origin` is the entry's name where it was imported from; nobody here has looked through what is
    not `reviewed`. What is `unusable` cannot be run as an agent would, for the reason in `notes`.
    """

    name: ServerName
    title: str
    description: str
    version: str
    service: str
    category: str
    publisher: str
    official: bool = False
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    popularity: int = 0
    tools: tuple[Tool, ...] = ()
    template: Template
    inputs: tuple[Input, ...] = ()
    require_any: tuple[tuple[InputKey, ...], ...] = ()
    access: Access
    steps: tuple[str, ...] = ()
    obtain_url: str | None = None
    probe: Probe | None = None
    folders: tuple[str, ...] = ()
    notes: str | None = None
    status: Standing = "active"
    provenance: str = "built in"
    origin: str = ""
    reviewed: bool = True

    @property
    def is_usable(self) -> bool:
        """Whether an agent can be made of it."""
        return self.status != "unusable"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words for what kind of thing it is: its category and its keywords."""
        return (self.category, *self.keywords)

    def input(self, key: str) -> Input | None:
        """The input of that key, if the server has it."""
        return next((one for one in self.inputs if one.key == key), None)

    @property
    def required_tokens(self) -> dict[str, str]:
        """The spec's view: every key a user must bring, with what it is."""
        needed = {key for one_of in self.require_any[:1] for key in one_of}
        return {
            one.key: one.description
            for one in self.inputs
            if one.must_be_given or one.key in needed
        }


def of_one_kind(one: Server, other: Server) -> bool:
    """Whether both are of one category, and it says what they do."""
    return NO_CATEGORY != one.category == other.category
