"""HEAD, by which load balancers and link checkers ask."""

import pytest

from api import Api, Person

SEEN_BY_ALL = ("/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json")


@pytest.mark.parametrize("path", [*SEEN_BY_ALL, "/api/servers?q=mail", "/api/agents"])
async def test_head_answers_as_get_does_and_sends_no_body(path: str, alice: Person) -> None:
    got, asked = await alice.ask("GET", path), await alice.ask("HEAD", path)

    assert asked.status_code == got.status_code == 200
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert asked.content == b""


async def test_head_is_refused_where_get_is(api: Api, alice: Person) -> None:
    for who, path, status in (
        (api.stranger(), "/api/agents", 401),
        (alice, "/nowhere", 404),
        (alice, "/api/chat", 405),
    ):
        assert (await who.ask("HEAD", path)).status_code == status


async def test_a_refusal_names_head_wherever_get_is_served(alice: Person) -> None:
    for path, methods in (
        ("/", {"GET", "HEAD"}),
        ("/openapi.json", {"GET", "HEAD"}),
        ("/api/agents", {"GET", "HEAD"}),
        ("/api/chat", {"POST"}),
        ("/api/sessions/1", {"DELETE"}),
    ):
        answer = await alice.ask("PUT", path)
        assert answer.status_code == 405
        assert "the header Allow" in answer.json()["detail"]
        assert sorted(answer.headers["allow"].split(", ")) == sorted(methods)


async def test_head_is_counted_for_its_route(api: Api) -> None:
    await api.client.head("/healthz")
    counted = (await api.client.get("/metrics")).text

    assert 'outfitter_requests_total{method="HEAD",route="/healthz",status="200"} 1.0' in counted
