"""The routes, one file for each thing that is asked for."""

from fastapi import APIRouter

from outfitter.http.document import refusals
from outfitter.http.routes import (
    account,
    agents,
    chat,
    credentials,
    health,
    history,
    servers,
    sign_in,
)

# Each looks at a token first, and asks the database or the auth server.
_OF_ALL = refusals(401, 403, 429, 503)


def api() -> APIRouter:
    """All routes together."""
    router = APIRouter(responses=_OF_ALL)
    for room in (sign_in, chat, history, agents, servers, credentials, account):
        router.include_router(room.router)
    everything = APIRouter()
    everything.include_router(router)
    everything.include_router(health.router)
    return everything
