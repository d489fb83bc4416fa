"""The main job."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from outfitter.core.answer import Answer
from outfitter.http.deps import Ask, CurrentUser, RequestId
from outfitter.http.schemas import ChatRequest
from outfitter.service.turn import Said

router = APIRouter(tags=["chat"])

IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=255, pattern=r"^[!-~]+$")]


@router.post("/api/chat")
async def chat(
    asked: ChatRequest,
    user: CurrentUser,
    ask: Ask,
    request_id: RequestId,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Answer:
    """Say what should be automated, bring credentials, or change the plan."""
    session_id = str(asked.session_id) if asked.session_id else None
    said = Said(asked.message, session_id, asked.credentials or {}, idempotency_key, request_id)
    turned = await ask.chat.turn(user, said)
    if turned.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return turned.answer
