"""What a user has stored, by name."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Response

from outfitter.http.deps import Ask, CurrentUser, RequestId
from outfitter.http.schemas.credentials import KeyOut, StoredCredentials
from outfitter.http.schemas.shapes import Name

router = APIRouter(prefix="/api/credentials", tags=["credentials"])

ServerName = Annotated[Name, Path(description="The `server` of an entry in the list.")]


@router.get("")
async def credentials(user: CurrentUser, ask: Ask) -> list[StoredCredentials]:
    """For each server the keys that are stored, never a value.

    A value that the service cannot open, because its operator no longer has the key that sealed it,
    is left out, as a plan that needs it asks for it again.
    """
    stored = await ask.credentials.list(user)
    return [
        StoredCredentials(
            server=server,
            account=account,
            keys=[KeyOut(key=one.key, updated_at=one.updated_at) for one in keys],
        )
        for (server, account), keys in groupby(stored, key=lambda one: (one.server, one.account))
    ]


@router.delete("/{server}", status_code=204, response_class=Response)
async def delete_credentials(
    server: ServerName, user: CurrentUser, ask: Ask, request_id: RequestId
) -> None:
    """Delete every value that is stored for a server.

    Agents that use it stay, but their `.env` cannot be fetched until the values are given again.
    """
    await ask.credentials.forget(user, server, request_id)
