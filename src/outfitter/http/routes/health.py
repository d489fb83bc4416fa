"""The root, and whether the service is well."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from outfitter import __version__
from outfitter.core.errors import NotFound
from outfitter.http.deps import Ask
from outfitter.http.document import PAGE, refusal
from outfitter.http.schemas.health import HealthAnswer, Welcome

router = APIRouter(tags=["health"])


@router.get("/")
async def root(request: Request) -> Welcome:
    """What this is, and where it is described."""
    return Welcome(version=__version__, docs=PAGE if request.app.openapi_url else None)


@router.get("/healthz")
async def alive() -> HealthAnswer:
    """Whether the process answers; it asks nothing else."""
    return HealthAnswer(status="alive")


@router.get(
    "/readyz",
    responses={503: refusal("Not ready; the problem names the part.", may_ask_to_wait=True)},
)
async def ready(ask: Ask) -> HealthAnswer:
    """Whether the database is migrated, the catalogue loaded, and the signing keys are known."""
    await ask.health.ready()
    return HealthAnswer(status="ready")


@router.get("/metrics", response_class=PlainTextResponse, responses={404: refusal("Switched off.")})
async def metrics(ask: Ask) -> PlainTextResponse:
    """What the service has counted since it started, as Prometheus reads it."""
    if ask.metrics is None:
        raise NotFound("There is no such page.")
    return PlainTextResponse(ask.metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/auth/v1/.well-known/jwks.json", include_in_schema=False)
async def jwks(ask: Ask) -> dict[str, Any]:
    """The keys of a service that signs its own tokens."""
    if ask.jwks is None:
        raise NotFound("There is no such page.")
    return dict(ask.jwks)
