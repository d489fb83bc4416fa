"""Spans are for those who collect them."""

import socket
import time
from types import SimpleNamespace

import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.types import Message, Receive, Scope, Send

from outfitter.adapters import tracing
from outfitter.core.errors import Refused


@pytest.mark.parametrize("absent", ["no_such_package.sdk.trace", "opentelemetry.nowhere"])
def test_tracing_that_is_not_installed_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setattr(tracing, "_EXTRA", ("opentelemetry.sdk.trace", absent))

    with pytest.raises(Refused, match=r"pip install 'outfitter\[otel\]'"):
        tracing.start("http://127.0.0.1:1")


def test_with_the_packages_there_is_nothing_to_refuse() -> None:
    tracing.require()


async def test_the_span_of_a_request_that_breaks_off_is_as_well_named_as_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collected = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(collected))
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("outfitter"))

    async def breaks_off(scope: Scope, _receive: Receive, send: Send) -> None:
        scope["route"] = SimpleNamespace(path="/api/chat")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("planted-secret")

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        pass

    scope = {"type": "http", "method": "POST", "state": {"request_id": "r1"}}
    with pytest.raises(RuntimeError):
        await tracing.Traced(breaks_off, stop=provider.shutdown)(scope, receive, send)

    (span,) = collected.get_finished_spans()
    assert span.name == "POST /api/chat"
    assert dict(span.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "/api/chat",
        "http.response.status_code": 200,
        "outfitter.request_id": "r1",
        "error.type": "RuntimeError",
    }
    assert "planted-secret" not in span.to_json()


def test_a_collector_that_is_away_or_silent_holds_up_no_stop() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (1, silent.getsockname()[1]):
            provider = TracerProvider(shutdown_on_exit=False)
            exporter = OTLPSpanExporter(endpoint=f"http://127.0.0.1:{port}/v1/traces")
            provider.add_span_processor(BatchSpanProcessor(exporter))
            provider.get_tracer("outfitter").start_span("left over").end()

            began = time.monotonic()
            tracing.stop(provider.shutdown, exporter.shutdown)

            # The exporter alone would go on for half a minute.
            assert time.monotonic() - began < 10
