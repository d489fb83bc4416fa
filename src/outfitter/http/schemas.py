"""What goes over the wire, as pydantic models."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from outfitter.core.catalogue import Access, Input, Template, Tool
from outfitter.core.plan import Step


def _clean(text: str) -> str:
    """The text itself; a database cannot store NUL."""
    if "\0" in text:
        raise ValueError("must not contain NUL")
    return text


Searched = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_clean)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_clean)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=16_384), AfterValidator(_clean)]
Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=16_000),
    AfterValidator(_clean),
]


class Body(BaseModel):
    """A request body; fields we do not know are refused, so that a typo is not lost.

    What is in it stays out of `repr`: it may be a secret.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return ()


class GoogleSignIn(Body):
    """A Google ID token; the spec's clients send it as `access_token`."""

    access_token: Token | None = None
    id_token: Token | None = None
    nonce: Token | None = None

    @model_validator(mode="after")
    def _one_is_there(self) -> "GoogleSignIn":
        if self.access_token is None and self.id_token is None:
            raise ValueError("must have id_token or access_token")
        return self


class Refresh(Body):
    """A refresh token of an earlier sign-in."""

    refresh_token: Token


class SignedInUser(BaseModel):
    """Who signed in."""

    id: str
    email: str | None


class SignedInAnswer(BaseModel):
    """A session of the auth server."""

    access_token: str = Field(repr=False)
    refresh_token: str = Field(repr=False)
    expires_in: int
    user: SignedInUser


class ChatRequest(Body):
    """One message, and the credentials that came with it: `{server: {KEY: value}}`."""

    message: Message
    session_id: UUID | None = None
    credentials: dict[Name, dict[Name, str]] | None = Field(None, max_length=50)


class MessageOut(BaseModel):
    """One thing said."""

    id: UUID
    message: str
    role: Literal["user", "assistant"]
    created_at: datetime
    metadata: dict[str, Any]


class SessionOut(BaseModel):
    """One conversation; `truncated` says that older messages were left out."""

    session_id: UUID
    created_at: datetime
    title: str | None
    messages: list[MessageOut]
    truncated: bool


class HistoryAnswer(BaseModel):
    """A page of conversations; `total_count` counts sessions."""

    sessions: list[SessionOut]
    total_count: int


class ConfiguredKey(BaseModel):
    """That a credential is there, and since when."""

    key: str
    configured: bool = True
    updated_at: datetime


class SessionDetail(BaseModel):
    """A conversation's own data."""

    id: UUID
    user_id: UUID
    created_at: datetime
    updated_at: datetime
    status: str
    title: str | None
    context: dict[str, Any]
    collected_credentials: dict[str, list[ConfiguredKey]]


class SessionMessage(MessageOut):
    """One thing said in a session."""

    session_id: UUID
    user_id: UUID


class SessionMessagesAnswer(BaseModel):
    """A whole conversation in order of time."""

    session: SessionDetail
    messages: list[SessionMessage]


class AgentSummary(BaseModel):
    """An agent in a list."""

    id: UUID
    session_id: UUID
    version: int
    name: str
    servers: list[str]
    created_at: datetime


class AgentsAnswer(BaseModel):
    """A page of agents."""

    agents: list[AgentSummary]
    total_count: int


class AgentAnswer(BaseModel):
    """One agent with its whole reference config."""

    id: UUID
    session_id: UUID
    version: int
    name: str
    created_at: datetime
    tools: dict[str, list[str]]
    steps: list[Step]
    mcp_server_info: dict[str, Any]
    mcp_config: dict[str, Any]
    user_prompt: str
    workflow: str


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


class KeyOut(BaseModel):
    """That a credential is stored, never what it is."""

    key: str
    updated_at: datetime


class StoredCredentials(BaseModel):
    """What is stored for one server."""

    server: str
    account: str
    keys: list[KeyOut]


class Welcome(BaseModel):
    """What answers at the root."""

    message: str = "Dynamic MCP Agent API"
    version: str
    docs: str | None


class HealthAnswer(BaseModel):
    """That the service is well."""

    status: str
