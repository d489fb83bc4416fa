"""The catalogue."""

from typing import Annotated

from pydantic import Field, StringConstraints

from outfitter.core.catalogue import Access, Input, Standing, Template, Tool
from outfitter.core.described import Described
from outfitter.http.schemas.shapes import STORABLE

Searched = Annotated[str, StringConstraints(max_length=1000), STORABLE]


class ServerShown(Described):
    """What a list tells of a server, and its own page too."""

    name: str
    """What the catalogue calls it, and what it goes by in `credentials`."""

    title: str
    """What to call it where people read it."""

    description: str
    """What it can do."""

    service: str
    """What it gives access to; servers with the same word can stand in for each other."""

    category: str
    """The kind of work it is for, in a word such as `email`."""

    official: bool
    """Whether it comes from those who run the service."""

    access: Access
    """What it takes to get in."""

    status: Standing
    """`active`: ready to be chosen. `preview`: not finished. `archived`: no longer looked after.
    `unusable`: never chosen, for the reason in the `notes` of its own page.
    """


class ServerSummary(ServerShown):
    """A server in a list."""

    tools: int
    """How many tools it is known to have; 0 if nobody knows."""

    required_credentials: list[str]
    """The keys of what the user has to bring; empty if that is nothing."""

    score: float | None = None
    """How near it is to what was searched: more is nearer, mostly from 0 to 1. Null in a list
    of all.
    """


class ServersAnswer(Described):
    """A page of the catalogue."""

    servers: list[ServerSummary]
    """The nearest first, or by name if nothing was searched."""

    total_count: int
    """How many servers there are on all pages together."""


class ServerAnswer(ServerShown):
    """One server, with what it needs and how to get it."""

    version: str
    """The version of its package that agents run, or of the entry if it is hosted elsewhere."""

    publisher: str
    """Who makes it."""

    aliases: list[str]
    """Other names that people have for it."""

    tools: list[Tool]
    """What an agent can do with it; empty if nobody knows before it runs."""

    config_template: Template = Field(validation_alias="template")
    """How it is started or reached, with `${KEY}` where a value goes."""

    inputs: list[Input]
    """Every value it takes, also those that nobody has to bring."""

    required_tokens: dict[str, str]
    """What the user has to bring: the description of each value by its key."""

    steps: list[str]
    """What the user does to get in, in order; empty if that is nothing."""

    obtain_url: str | None
    """The page where credentials are to be had; null if there is none."""

    notes: str | None
    """What else to know before choosing it; null if nothing."""

    provenance: str
    """How the catalogue came by it: `built in`, or from where and when it was imported."""
