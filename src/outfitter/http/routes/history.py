"""Conversations read back, and deleted."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from outfitter.http.deps import Ask, CurrentUser, Limit, Offset, RequestId
from outfitter.http.schemas import HistoryAnswer, SessionMessagesAnswer

router = APIRouter(tags=["history"])


@router.get("/api/chat/history", response_model=HistoryAnswer)
async def history(
    user: CurrentUser,
    ask: Ask,
    limit: Limit = 20,
    offset: Offset = 0,
    session_id: UUID | None = None,
) -> dict[str, Any]:
    """Sessions, newest first, each with its messages in order of time."""
    only = str(session_id) if session_id else None
    return asdict(await ask.history.page(user, limit=limit, offset=offset, session_id=only))


@router.get("/api/sessions/{session_id}/messages", response_model=SessionMessagesAnswer)
async def messages(session_id: UUID, user: CurrentUser, ask: Ask) -> dict[str, Any]:
    """One session and all its messages."""
    return await ask.history.session(user, str(session_id))


@router.delete("/api/sessions/{session_id}", status_code=204)
async def delete(session_id: UUID, user: CurrentUser, ask: Ask, request_id: RequestId) -> None:
    """Delete a session with its messages and agents."""
    await ask.history.delete(user, str(session_id), request_id)
