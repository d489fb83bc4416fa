"""The main job."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from outfitter.http.schemas.shapes import STORABLE, Body, Name

Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=16_000),
    STORABLE,
]


class ChatRequest(Body):
    """One message, and the credentials that came with it: `{server: {KEY: value}}`."""

    message: Message
    session_id: UUID | None = None
    credentials: dict[Name, dict[Name, str]] | None = Field(None, max_length=50)
