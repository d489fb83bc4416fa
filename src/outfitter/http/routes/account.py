"""Leaving."""

from fastapi import APIRouter, Response

from outfitter.http.deps import Ask, PresentUser, RequestId
from outfitter.http.document import refusals

router = APIRouter(tags=["account"])


@router.delete("/api/account", status_code=204, response_class=Response, responses=refusals(502))
async def delete_account(user: PresentUser, ask: Ask, request_id: RequestId) -> None:
    """Delete everything of the user: sessions, messages, agents and credentials.

    There is no way back. Access tokens from before count no more.
    """
    await ask.account.delete(user, request_id)
