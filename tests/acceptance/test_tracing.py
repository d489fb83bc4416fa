"""The spans of a running service, as a collector gets them."""

from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from api import SENTENCE, api_process, values_for
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn
from stand_ins.collector import collector
from waiting import until


def _spans(came: list[bytes]) -> list[Span]:
    return [
        span
        for body in came
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def _names(came: list[bytes]) -> set[str]:
    return {one.name for one in _spans(came)}


async def test_a_turn_is_one_trace_of_request_statements_and_model_without_a_word_of_it(
    urls: Urls, auth: AuthServerStandIn, home: Path
) -> None:
    with ClaudeStandIn() as claude, collector() as (endpoint, came):
        settings = {
            "ANTHROPIC_API_KEY": "sk-the-key",
            "ANTHROPIC_BASE_URL": claude.url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
            "OTEL_BSP_SCHEDULE_DELAY": "200",
        }
        async with api_process(auth, urls.api, home, **settings) as (api, _):
            alice = await api.person("alice@example.com")
            claude.next("unauthorized")
            values = values_for(await alice.chat(f"xylophone: {SENTENCE}"))
            await alice.chat(f"xylophone: {SENTENCE}", credentials=values)
            await alice.ask("GET", "/xylophone?q=xylophone")
            # A stop sends what is left for two seconds only, however slow the machine.
            await until(lambda: "GET unmatched" in _names(came))

    spans = _spans(came)
    turns = [one for one in spans if one.name == "POST /api/chat"]
    assert len(turns) == 2
    for turn in turns:
        inside = [one.name for one in spans if one.parent_span_id == turn.span_id]
        assert inside.count("claude") == 1
        assert {"SQL SELECT", "SQL WITH"} <= set(inside)
    calls = [one for one in spans if one.name == "claude"]
    assert [one.status.code for one in calls] == [2, 0]
    # The spans of a client could hold what it sends, and its headers would tell of ours.
    assert not {one.parent_span_id for one in spans} & {one.span_id for one in calls}
    assert not any("traceparent" in headers for headers in claude.headers)
    given = [one for keys in values.values() for one in keys.values()]
    for secret in (alice.token, "sk-the-key", *given, "xylophone", "invoices", alice.email):
        assert str(secret).encode() not in b"".join(came), secret
