"""The routes, one file for each thing that is asked for."""

from typing import Any

from fastapi import APIRouter

from outfitter.http.document import refusal
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

_PROBLEMS = {
    400: "The request cannot be read.",
    401: "Not signed in.",
    403: "Signed in, but not allowed.",
    404: "Not there, or not yours.",
    409: "The same request is still running, or something it needs is gone.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The request cannot be taken as it is.",
    429: "A limit is reached for now.",
    502: "Something we need did not do its part.",
    503: "Something we need is away for now.",
}
_MAY_ASK_TO_WAIT = {409, 429, 503}
_QUOTAS = {
    "RateLimit": {"description": "What is left of a quota.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The quotas.", "schema": {"type": "string"}},
}
COMMON: dict[int | str, dict[str, Any]] = {
    status: refusal(text, may_ask_to_wait=status in _MAY_ASK_TO_WAIT)
    for status, text in _PROBLEMS.items()
}
COMMON[429]["headers"] |= _QUOTAS


def api() -> APIRouter:
    """All routes together."""
    router = APIRouter(responses=COMMON)
    for room in (sign_in, chat, history, agents, servers, credentials, account):
        router.include_router(room.router)
    everything = APIRouter()
    everything.include_router(router)
    everything.include_router(health.router)
    return everything
