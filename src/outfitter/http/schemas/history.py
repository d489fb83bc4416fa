"""Conversations read back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from outfitter.core.described import Described
from outfitter.http.schemas.credentials import KeyOut


class MessageOut(Described):
    """One thing said."""

    id: UUID
    """A UUID of its own."""

    message: str
    """The text as it is stored: where a secret stood, a note says so."""

    role: Literal["user", "assistant"]
    """Who said it: the `user`, or the service as the `assistant`."""

    created_at: datetime
    """When it was said, in UTC."""

    metadata: dict[str, Any]
    """Of an answer its `status`, `agent_created`, `agent_id` and `analyzer`; empty for what the
    user said.
    """


class SessionOut(Described):
    """One conversation."""

    session_id: UUID
    """What to send with a message to go on with it."""

    created_at: datetime
    """When its first message came, in UTC."""

    title: str | None
    """The first 80 characters of its first message; null if it has no title."""

    messages: list[MessageOut]
    """What was said, oldest first: the latest 100 of them at most."""

    truncated: bool
    """Whether there are older messages, which `GET /api/sessions/{session_id}/messages` has."""


class HistoryAnswer(Described):
    """A page of conversations."""

    sessions: list[SessionOut]
    """The newest first."""

    total_count: int
    """How many sessions there are on all pages together."""


class ConfiguredKey(KeyOut):
    """That a credential is there, and since when."""

    configured: bool = True
    """Always true: what is not stored is not listed."""


class SessionDetail(Described):
    """A conversation's own data."""

    id: UUID
    """What to send as `session_id` with a message to go on with it."""

    user_id: UUID
    """Whose it is: the user who asks."""

    created_at: datetime
    """When its first message came, in UTC."""

    updated_at: datetime
    """When it was last answered, in UTC."""

    status: str
    """Always `active`: there is no other state yet."""

    title: str | None
    """The first 80 characters of its first message; null if it has no title."""

    context: dict[str, Any]
    """What the next message is read in the light of: the `plan`, those before its last changes
    (`past`) and those taken back (`undone`), what the last reply put forward (`raised`), and
    `last_analysis`. Empty before the first answer; more may be added.
    """

    collected_credentials: dict[str, list[ConfiguredKey]]
    """For each server that credentials were brought for, those that are stored now, never their
    values; the list is empty where they were deleted since, or can be opened no more.
    """


class SessionMessage(MessageOut):
    """One thing said in a session."""

    session_id: UUID
    """The session that was asked for."""

    user_id: UUID
    """Whose it is: the user who asks."""


class SessionMessagesAnswer(Described):
    """A whole conversation in order of time."""

    session: SessionDetail
    """What is known of the conversation as a whole."""

    messages: list[SessionMessage]
    """All that was said, oldest first."""
