"""The routes, one file for each thing that is asked for."""

from typing import Any

from fastapi import APIRouter

from outfitter.http.document import PROBLEM
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

_PROBLEM = {"content": {"application/problem+json": {"schema": PROBLEM}}}


def _problems(**described: str) -> dict[int | str, dict[str, Any]]:
    return {
        int(status[1:]): {"description": text, **_PROBLEM} for status, text in described.items()
    }


COMMON = _problems(
    _400="The request cannot be read.",
    _401="Not signed in.",
    _403="Signed in, but not allowed.",
    _404="Not there, or not yours.",
    _409="The same request is still running, or something it needs is gone.",
    _413="The body is too large.",
    _415="The body is not JSON.",
    _422="The request cannot be taken as it is.",
    _429="A limit is reached for now.",
    _502="Something we need did not do its part.",
    _503="Something we need is away for now.",
)
_WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_QUOTAS = {
    "RateLimit": {"description": "What is left of a quota.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The quotas.", "schema": {"type": "string"}},
}
COMMON[429]["headers"] = _WAIT | _QUOTAS
COMMON[503]["headers"] = _WAIT


def api() -> APIRouter:
    """All routes together."""
    router = APIRouter(responses=COMMON)
    for room in (sign_in, chat, history, agents, servers, credentials, account):
        router.include_router(room.router)
    everything = APIRouter()
    everything.include_router(router)
    everything.include_router(health.router)
    return everything
