"""Servers that somebody else describes by a name, a sentence and tools, as entries to rank."""

from collections.abc import Iterable, Iterator

from pydantic import Field, field_validator, model_validator

from outfitter.core.catalogue import NOT_STATED, Access, Server, StdioTemplate, Tool
from outfitter.core.entries.reading import Part, short_name, with_tail
from outfitter.core.entries.wrapped import service_of
from outfitter.core.words.lexicon import ADDED
from outfitter.core.words.text import stem, storable


class ForeignTool(Part):
    """A tool as a foreign catalogue describes it, or names it and says no more."""

    name: str
    description: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, tool: object) -> object:
        return {"name": tool} if isinstance(tool, str) else tool


class ForeignServer(Part):
    """A server as a foreign catalogue describes it; its name may be any text."""

    name: str = Field(min_length=1)
    description: str | None = None
    tools: tuple[ForeignTool, ...] = ()

    @field_validator("tools", mode="before")
    @classmethod
    def _no_tools(cls, tools: object) -> object:
        return tools or ()


def servers_of(described: Iterable[ForeignServer]) -> dict[str, Server]:
    """Each server as an entry of the catalogue, by the name it was given; the first name counts.

    The entries can be ranked and chosen, not started: nothing says how.
    """
    found: dict[str, Server] = {}
    taken: set[str] = set()
    for one in described:
        if one.name not in found:
            name = _free(short_name(one.name) or "server", taken)
            taken.add(name)
            found[one.name] = _entry(name, one)
    return found


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it if another server has it."""
    tried, number = name, 1
    while tried in taken:
        number += 1
        tried = with_tail(name, str(number))
    return tried


def _entry(name: str, one: ForeignServer) -> Server:
    service = service_of(one.name, one.description or "") or _service(one.name) or name
    tools = {tool.name: tool for tool in _tools(one.tools)}
    return Server(
        name=name,
        title=storable(one.name),
        description=storable(one.description or ""),
        version=NOT_STATED,
        service=service,
        category=service,
        publisher=NOT_STATED,
        tools=tuple(tools.values()),
        template=StdioTemplate(command="not-stated"),
        access=Access.OPEN,
        provenance="foreign catalogue",
        reviewed=False,
    )


def _service(name: str) -> str:
    """What the server gives access to: its own name without what packages add to one."""
    parts = short_name(name).split("-")
    return "-".join(part for part in parts if stem(part) not in ADDED)


def _tools(tools: Iterable[ForeignTool]) -> Iterator[Tool]:
    for one in tools:
        yield Tool(name=storable(one.name), description=storable(one.description or ""))
