"""Conversations read back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


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
