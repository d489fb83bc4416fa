"""The web application: routes inside, what guards them around."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from outfitter import __version__
from outfitter.http import errors
from outfitter.http.body_gate import BodyGate
from outfitter.http.check_gate import CheckGate
from outfitter.http.document import Documented
from outfitter.http.frame import Answered, Frame, HeadLikeGet, NoSurprises, OneShape
from outfitter.http.routes import api, page
from outfitter.http.target import WholeTarget
from outfitter.http.token_gate import TokenGate

_EXPOSED = (
    "X-Request-ID",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "Idempotent-Replayed",
    "Content-Disposition",
)

# The framework's own spans and logs hold queries and what users sent.
_QUIET: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Manners:
    """Which pages and host names the application answers to, and whether it serves its docs."""

    cors_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ("*",)
    docs: bool = True


def _uncounted(_method: str, _route: str, _status: int, _seconds: float) -> None:
    """Nobody counts the requests."""


def build(
    new_id: Callable[[], str],
    *,
    manners: Manners,
    lifespan: Lifespan,
    answered: Answered = _uncounted,
) -> FastAPI:
    """The application; `lifespan` puts `services` into its state before the first request."""
    app = Documented(
        title="Dynamic MCP Agent API",
        version=__version__,
        summary="From a sentence to a configured agent that runs.",
        lifespan=lifespan,
        openapi_url="/openapi.json" if manners.docs else None,
        # The framework's own pages run scripts of other hosts.
        docs_url=None,
        redoc_url=None,
        # Clients that are generated call their methods so.
        generate_unique_id_function=lambda route: route.name,
        # A redirect would lead to whatever host the request names, with all that it carries.
        redirect_slashes=False,
        telemetry=_QUIET,
    )
    app.state.token_gate = TokenGate()
    app.state.check_gate = CheckGate()
    app.include_router(api())
    if manners.docs:
        app.include_router(page.router)
    errors.install(app)
    _guard(app, manners)
    app.add_middleware(OneShape)
    app.add_middleware(Frame, new_id=new_id, answered=answered)
    app.add_middleware(WholeTarget)
    return app


def _guard(app: FastAPI, manners: Manners) -> None:
    """Put around the routes, from the inside out, what looks at every request first."""
    app.add_middleware(HeadLikeGet)
    app.add_middleware(BodyGate)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(manners.allowed_hosts))
    app.add_middleware(NoSurprises)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(manners.cors_origins),
        allow_methods=["GET", "HEAD", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
        expose_headers=_EXPOSED,
        max_age=600,
    )
