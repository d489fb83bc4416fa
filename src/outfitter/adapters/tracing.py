"""Spans for an OpenTelemetry collector: what took how long, never what was said.

Until `start` was called every span is the API's own, which does nothing.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outfitter import __version__
from outfitter.core.asked import method_of, route_of
from outfitter.core.errors import Refused

if TYPE_CHECKING:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

_EXTRA = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http")
_LONGEST = 400
_REST_WITHIN = 2.0
_TAKES_WITHIN = 3.0
_UNDER_WAY = "outfitter_spans"

_tracer = trace.get_tracer("outfitter", __version__)


def require() -> None:
    """Raise Refused when the extra that tracing takes is not installed."""
    if any(_absent(one) for one in _EXTRA):
        raise Refused(
            "Tracing is not installed: run `pip install 'outfitter[otel]'`, "
            "or unset OTEL_EXPORTER_OTLP_ENDPOINT."
        )


def start(endpoint: str) -> Callable[[], None]:
    """Send the process's spans to that collector; what is given back sends the rest and stops.

    Raises Refused when the extra that it takes is not installed.
    """
    require()
    # Installed with the extra only.
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    about = Resource.create({"service.name": "outfitter", "service.version": __version__})
    provider = TracerProvider(resource=about, shutdown_on_exit=False)
    exporter = _exporter(endpoint)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    event.listen(Engine, "before_cursor_execute", _asked)
    event.listen(Engine, "after_cursor_execute", _answered)
    event.listen(Engine, "handle_error", _failed)
    return partial(stop, provider.shutdown, exporter.shutdown)


async def is_taken(endpoint: str) -> bool:
    """Whether that collector takes a batch, which holds no span."""
    exporter = _exporter(endpoint, _TAKES_WITHIN)
    sent = await asyncio.to_thread(exporter.export, ())
    await asyncio.to_thread(exporter.shutdown)
    return sent is type(sent).SUCCESS


def stop(send_rest: Callable[[], None], give_up: Callable[[], None]) -> None:
    """Send what is left, for as long as a collector that is there takes."""
    # One that is away is tried again for seconds, unless that is told to stop; one that takes the
    # call and says nothing is waited for in any case.
    sending = threading.Thread(target=send_rest, daemon=True)
    sending.start()
    sending.join(_REST_WITHIN)
    if sending.is_alive():
        give_up()


def _exporter(endpoint: str, seconds: float | None = None) -> "OTLPSpanExporter":
    # Installed with the extra only.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )

    return OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=seconds)


def _absent(module: str) -> bool:
    try:
        return find_spec(module) is None
    except ModuleNotFoundError:  # of a package above it
        return True


@contextmanager
def span(name: str, kind: SpanKind = SpanKind.CLIENT) -> Iterator[Span]:
    """A span around what is done inside; an error is told by its kind alone."""
    # An error's own words may repeat what was sent.
    with _tracer.start_as_current_span(
        name, kind=kind, record_exception=False, set_status_on_exception=False
    ) as started:
        try:
            yield started
        except BaseException as error:
            _spoil(started, type(error).__name__)
            raise


class Traced:
    """A span for each request, named by the template of its route.

    `stop` is called when the app has stopped, before it says so.
    """

    def __init__(self, app: ASGIApp, stop: Callable[[], None]) -> None:
        self._app = app
        self._stop = stop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app inside a span."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
            return

        async def stopping(message: Message) -> None:
            if message["type"].startswith("lifespan.shutdown."):
                await asyncio.to_thread(self._stop)
            await send(message)

        await self._app(scope, receive, stopping)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = method_of(scope)
        with span(method, SpanKind.SERVER) as request:

            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _conclude(request, message["status"])
                await send(message)

            try:
                await self._app(scope, receive, watched)
            finally:
                route = route_of(scope)
                request.update_name(f"{method} {route}")
                request.set_attributes(
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "outfitter.request_id": scope.get("state", {}).get("request_id", ""),
                    }
                )


def _conclude(request: Span, status: int) -> None:
    request.set_attribute("http.response.status_code", status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _spoil(request, str(status))


def _spoil(failed: Span, kind: str) -> None:
    failed.set_status(Status(StatusCode.ERROR))
    failed.set_attribute("error.type", kind)


# Values travel beside a statement, so its text is our own.


def _asked(
    connection: Any,  # noqa: ANN401 - SQLAlchemy's own, here and below
    _cursor: Any,  # noqa: ANN401
    statement: str,
    _parameters: Any,  # noqa: ANN401
    _context: Any,  # noqa: ANN401
    _many: bool,  # noqa: FBT001 - how SQLAlchemy calls
) -> None:
    said = " ".join(statement.split())
    attributes: Mapping[str, str] = {
        "db.system.name": "postgresql",
        "db.query.text": said[:_LONGEST],
    }
    name = f"SQL {said.partition(' ')[0]}"
    under_way = _tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)
    connection.info.setdefault(_UNDER_WAY, []).append(under_way)


def _answered(connection: Any, *_rest: Any) -> None:  # noqa: ANN401
    if under_way := connection.info.get(_UNDER_WAY):
        under_way.pop().end()


def _failed(context: Any) -> None:  # noqa: ANN401
    connection = context.connection
    if connection is not None and (under_way := connection.info.get(_UNDER_WAY)):
        spoiled = under_way.pop()
        _spoil(spoiled, type(context.original_exception).__name__)
        spoiled.end()
