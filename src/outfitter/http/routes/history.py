"""Conversations read back, and deleted."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import WithJsonSchema

from outfitter.http.bodies import OnceOnly
from outfitter.http.deps import Ask, CurrentUser, Limit, Offset, RequestId
from outfitter.http.document import refusals
from outfitter.http.schemas.history import ConfiguredKey, HistoryAnswer, SessionMessagesAnswer

router = APIRouter(tags=["history"], route_class=OnceOnly)

SessionId = Annotated[UUID, Path(description="The `session_id` of an answer or of the history.")]
# A parameter that is not there has no value: it is never null.
Only = Annotated[
    UUID | None,
    WithJsonSchema({"type": "string", "format": "uuid"}),
    Query(description="Show this session alone; without it, all."),
]


@router.get("/api/chat/history", responses=refusals(404))
async def history(
    user: CurrentUser,
    ask: Ask,
    limit: Limit = 20,
    offset: Offset = 0,
    session_id: Only = None,
) -> HistoryAnswer:
    """Sessions, newest first, each with its latest messages in order of time.

    `limit`, `offset` and `total_count` count sessions, so that none is torn across pages.
    """
    only = str(session_id) if session_id else None
    page = await ask.history.page(user, limit=limit, offset=offset, session_id=only)
    return HistoryAnswer.model_validate(page, from_attributes=True)


@router.get("/api/sessions/{session_id}/messages")
async def session_messages(
    session_id: SessionId, user: CurrentUser, ask: Ask
) -> SessionMessagesAnswer:
    """One session and all its messages, however many; credentials are named, never shown."""
    found = await ask.history.session(user, str(session_id))
    configured = {
        server: [
            ConfiguredKey(key=one.key, updated_at=one.updated_at)
            for one in found.stored
            if one.server == server
        ]
        for server in found.session["collected_credentials"]
    }
    shown = {**found.session, "collected_credentials": configured}
    return SessionMessagesAnswer.model_validate({"session": shown, "messages": found.messages})


@router.delete("/api/sessions/{session_id}", status_code=204, response_class=Response)
async def delete_session(
    session_id: SessionId, user: CurrentUser, ask: Ask, request_id: RequestId
) -> None:
    """Delete a session with its messages and agents; stored credentials stay."""
    await ask.history.delete(user, str(session_id), request_id)
