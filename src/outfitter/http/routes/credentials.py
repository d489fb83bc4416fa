"""What a user has stored, by name."""

from itertools import groupby

from fastapi import APIRouter

from outfitter.http.deps import Ask, CurrentUser, RequestId
from outfitter.http.schemas.credentials import KeyOut, StoredCredentials
from outfitter.http.schemas.shapes import Name

router = APIRouter(prefix="/api/credentials", tags=["credentials"])


@router.get("")
async def credentials(user: CurrentUser, ask: Ask) -> list[StoredCredentials]:
    """For each server the keys that are stored, never a value."""
    stored = await ask.credentials.list(user)
    return [
        StoredCredentials(
            server=server,
            account=account,
            keys=[KeyOut(key=one.key, updated_at=one.updated_at) for one in keys],
        )
        for (server, account), keys in groupby(stored, key=lambda one: (one.server, one.account))
    ]


@router.delete("/{server}", status_code=204)
async def forget(server: Name, user: CurrentUser, ask: Ask, request_id: RequestId) -> None:
    """Delete what is stored for a server."""
    await ask.credentials.forget(user, server, request_id)
