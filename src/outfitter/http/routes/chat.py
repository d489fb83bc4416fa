"""The main job."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Body, Depends, Header, Request, Response
from pydantic import StringConstraints, TypeAdapter, WithJsonSchema

from outfitter.core.answering.answer import Answer
from outfitter.core.errors import Refused
from outfitter.http.bodies import OnceOnly
from outfitter.http.deps import Ask, CurrentUser, RequestId
from outfitter.http.document import refusals
from outfitter.http.schemas.chat import EXAMPLES, ChatRequest
from outfitter.http.streaming import DESCRIBED, streamed, wants_events
from outfitter.service.live import Telling
from outfitter.service.turn import Said, Turned

router = APIRouter(tags=["chat"], route_class=OnceOnly)

_Key = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[!-~]+$")]
# A header that is not there has no value: it is never null.
IdempotencyKey = Annotated[
    _Key | None,
    WithJsonSchema(TypeAdapter(_Key).json_schema()),
    Header(
        alias="idempotency-key",
        description="A name of your own for this request, such as a new UUID. Sent again with the "
        "same body it gets the answer of the first time, marked by `Idempotent-Replayed: true`; "
        "with another body, or while the first is still being answered, it gets 409.",
    ),
]


async def _key(request: Request, given: IdempotencyKey = None) -> str | None:
    # Of several the framework takes one without a word.
    if len(request.headers.getlist("idempotency-key")) > 1:
        raise Refused("Send one Idempotency-Key.")
    return given


async def _said(
    asked: Annotated[ChatRequest, Body(openapi_examples=EXAMPLES)],
    request_id: RequestId,
    idempotency_key: Annotated[str | None, Depends(_key)],
) -> Said:
    session_id = str(asked.session_id) if asked.session_id else None
    return Said(asked.message, session_id, asked.credentials or {}, idempotency_key, request_id)


@router.post("/api/chat", response_model=Answer, responses={200: DESCRIBED, **refusals(404, 409)})
async def chat(
    request: Request,
    user: CurrentUser,
    said: Annotated[Said, Depends(_said)],
    ask: Ask,
    response: Response,
) -> Answer | Response:
    """Say what should be automated, bring credentials, or change the plan.

    The first message opens a session; send its `session_id` with those that follow. The answer's
    `status` says what is next, until it is `success` and there is an agent to fetch. With
    `Accept: text/event-stream` each step is told as it happens.
    """
    structlog.contextvars.bind_contextvars(turn_id=said.turn_id)
    if wants_events(request):
        telling = await ask.live.turn(user, said)
        return streamed(request, telling.events, _said_before(telling))
    turned = await ask.chat.turn(user, said)
    response.headers.update(_said_before(turned))
    return turned.answer


def _said_before(told: Telling | Turned) -> dict[str, str]:
    """The header that marks an answer that was given before."""
    return {"Idempotent-Replayed": "true"} if told.replayed else {}
