"""The catalogue."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from outfitter.core.catalogue import Access, Input, Template, Tool
from outfitter.http.schemas.shapes import STORABLE

Searched = Annotated[str, StringConstraints(max_length=1000), STORABLE]


class ServerSummary(BaseModel):
    """A server in a list; `score` tells how near it is to what was searched.

    One whose `status` is `unusable` is never chosen; its `notes` say why.
    """

    name: str
    title: str
    description: str
    service: str
    category: str
    official: bool
    access: Access
    status: str
    tools: int
    required_credentials: list[str]
    score: float | None = None


class ServersAnswer(BaseModel):
    """A page of the catalogue."""

    servers: list[ServerSummary]
    total_count: int


class ServerAnswer(BaseModel):
    """One server, with what it needs and how to get it."""

    name: str
    title: str
    description: str
    version: str
    service: str
    category: str
    publisher: str
    official: bool
    access: Access
    aliases: list[str]
    tools: list[Tool]
    config_template: Template = Field(validation_alias="template")
    inputs: list[Input]
    required_tokens: dict[str, str]
    steps: list[str]
    obtain_url: str | None
    notes: str | None
    status: str
    provenance: str
