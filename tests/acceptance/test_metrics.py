"""What Prometheus is told, and what it is not."""

import asyncio

from prometheus_client.parser import text_string_to_metric_families

from api import SENTENCE, Api, Person, running_api
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn


async def _counted(api: Api) -> dict[str, float]:
    """Every sample by its name and the values of its labels, sorted by the labels' names."""
    answer = await api.client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        " ".join([one.name, *(one.labels[name] for name in sorted(one.labels))]): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


async def test_requests_and_turns_are_counted_by_what_they_were(api: Api, alice: Person) -> None:
    session = (await alice.chat(SENTENCE))["session_id"]
    await alice.chat("hello")
    await alice.get(f"/api/sessions/{session}/messages")
    await alice.ask("GET", "/nowhere")
    counted = await _counted(api)

    assert counted["outfitter_requests_total POST /api/chat 200"] == 2
    assert counted["outfitter_requests_total GET /api/sessions/{session_id}/messages 200"] == 1
    assert counted["outfitter_requests_total GET unmatched 404"] == 1
    assert counted["outfitter_request_seconds_count /api/chat"] == 2
    assert counted["outfitter_turns_total offline pending_credentials"] == 1
    assert counted["outfitter_turns_total offline analyzing"] == 1
    assert counted["outfitter_database_connections_in_use"] == 0
    assert 0 <= counted["outfitter_jwks_age_seconds"] < 60


async def test_a_replay_is_a_request_and_no_turn(api: Api, alice: Person) -> None:
    for _ in range(2):
        body, key = {"message": "hello"}, {"Idempotency-Key": "key-1"}
        await alice.ask("POST", "/api/chat", json=body, headers=key)
    counted = await _counted(api)

    assert counted["outfitter_requests_total POST /api/chat 200"] == 2
    assert counted["outfitter_turns_total offline analyzing"] == 1


async def test_nothing_that_users_send_becomes_a_label(api: Api, alice: Person) -> None:
    await alice.chat("remember the word xylophone")
    await alice.ask("GET", "/xylophone?xylophone=1", headers={"X-Request-ID": "xylophone"})
    await alice.ask("GET", "/api/servers/xylophone")
    reader, writer = await asyncio.open_connection("127.0.0.1", api.client.base_url.port)
    writer.write(b"XYLOPHONE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    await reader.read()
    writer.close()
    shown = (await api.client.get("/metrics")).text

    assert "xylophone" not in shown.lower()
    assert str(alice.token) not in shown
    assert alice.email not in shown


async def test_failures_of_the_model_are_counted_by_reason(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    with ClaudeStandIn() as claude:
        settings = {"anthropic_api_key": "sk-test", "anthropic_base_url": claude.url}
        async with running_api(auth, urls, **settings) as api:
            alice = await api.person("alice@example.com")
            claude.next("refusal", "unauthorized", "ok")
            for _ in range(3):
                await alice.chat("tell me the time in Tokyo")
            counted = await _counted(api)

    assert counted["outfitter_model_failures_total refused"] == 1
    assert counted["outfitter_model_failures_total no_access"] == 1
    assert counted["outfitter_turns_total offline success"] == 2
    assert counted["outfitter_turns_total claude success"] == 1
    assert counted["outfitter_model_calls_total answered"] == 2
    assert counted["outfitter_model_calls_total no_access"] == 1
    assert counted["outfitter_model_call_seconds_count"] == 3
    assert counted["outfitter_model_tokens_total input"] == 2 * 900
    assert counted["outfitter_model_tokens_total output"] == 2 * 120


async def test_metrics_can_be_switched_off(auth: AuthServerStandIn, urls: Urls) -> None:
    async with running_api(auth, urls, metrics=False) as api:
        answer = await api.client.get("/metrics")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
