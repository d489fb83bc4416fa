"""A turn told while it happens: the events, and that nothing hangs on who listens."""

import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import pytest

from api import SENTENCE, Api, Json, Person, running_api, values_for
from outfitter.cli.database import Urls
from programs import proxies
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn, tells_the_time
from waiting import until

EVENTS = {"Accept": "text/event-stream"}
OPEN = "tell me the time in Tokyo"
# Longer than any model is waited for.
_HELD = 60.0

Told = tuple[str, Json]


@asynccontextmanager
async def listening(
    person: Person, body: Json, **headers: str
) -> AsyncIterator[tuple[httpx2.Response, AsyncIterator[Told]]]:
    """The answer to a message and its events, as they come."""
    sent = {**person.headers, **EVENTS, **headers}
    async with person.client.stream("POST", "/api/chat", json=body, headers=sent) as answer:
        yield answer, _events(answer)


async def _events(answer: httpx2.Response) -> AsyncIterator[Told]:
    name = ""
    async for line in answer.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


async def told(person: Person, **body: Any) -> list[Told]:  # noqa: ANN401 - the request's fields
    """All events of one message."""
    async with listening(person, body) as (answer, events):
        assert answer.status_code == 200
        return [event async for event in events]


async def test_a_turn_tells_each_step_and_ends_with_the_answer(alice: Person) -> None:
    async with listening(alice, {"message": SENTENCE}) as (answer, events):
        steps = dict([event async for event in events])

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "idempotent-replayed" not in answer.headers
    assert list(steps) == ["accepted", "candidates", "analysis", "required_credentials", "done"]
    assert steps["accepted"].keys() == {"session_id", "turn_id"}
    assert {"gmail", "notion"} <= {one["name"] for one in steps["candidates"]["servers"]}
    assert [one["server"] for one in steps["analysis"]["steps"]] == ["gmail", "notion"]
    asked = steps["required_credentials"]["required_credentials"]
    assert asked == steps["done"]["required_credentials"]
    assert steps["done"]["session_id"] == steps["accepted"]["session_id"]


async def test_the_last_event_is_what_others_get_as_json(alice: Person) -> None:
    plain = await alice.chat(SENTENCE)
    done = (await told(alice, message=SENTENCE))[-1]

    assert done[0] == "done"
    assert {**done[1], "session_id": ""} == {**plain, "session_id": ""}


async def test_a_turn_that_completes_an_agent_tells_it(alice: Person) -> None:
    asked = await alice.chat(SENTENCE)
    values = values_for(asked)
    events = await told(alice, message="here", session_id=asked["session_id"], credentials=values)
    steps = dict(events)

    assert [name for name, _ in events][-2:] == ["agent", "done"]
    assert steps["agent"] == steps["done"]["agent"]
    assert (await alice.get(f"/api/agents/{steps['agent']['id']}"))["version"] == 1
    assert not any(value in json.dumps(events) for one in values.values() for value in one.values())


async def test_a_turn_that_comes_to_nothing_tells_neither(alice: Person) -> None:
    names = [name for name, _ in await told(alice, message="hello")]

    assert names == ["accepted", "candidates", "analysis", "done"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/event-stream", "text/event-stream"),
        ("TEXT/Event-Stream;q=1", "text/event-stream"),
        ("text/event-stream, application/json", "text/event-stream"),
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream; q=0.0, */*", "application/json"),
        ("text/event-stream;q=0.5", "text/event-stream"),
        ("text/event-stream;q=0.5, application/json", "application/json"),
        ("application/json;q=0.5, text/event-stream;q=0.9", "text/event-stream"),
        ("text/event-stream, */*", "text/event-stream"),
        ("*/*, text/event-stream", "text/event-stream"),
        ("text/event-stream;q=0.5, */*", "application/json"),
        ("application/*;q=0.9, text/event-stream;q=0.8", "application/json"),
        ("application/*;q=0.1, */*, text/event-stream;q=0.8", "text/event-stream"),
        ("application/json;q=0, text/event-stream;q=0.1, */*", "text/event-stream"),
        ("application/json;q=0, text/event-stream;q=0", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
async def test_events_are_for_whoever_asks_for_them(alice: Person, accept: str, kind: str) -> None:
    answer = await alice.ask(
        "POST", "/api/chat", json={"message": "hello"}, headers={"Accept": accept}
    )

    assert answer.headers["content-type"].partition(";")[0] == kind


async def test_what_is_refused_before_the_first_event_is_an_ordinary_problem(api: Api) -> None:
    alice = await api.person("alice@example.com")
    stranger = api.stranger()
    cases: list[tuple[Person, Json, int]] = [
        (stranger, {"message": "hello"}, 401),
        (alice, {"message": ""}, 422),
        (alice, {"message": "hi", "credentials": {"no-such": {"KEY": "value"}}}, 422),
        (alice, {"message": "hi", "session_id": "01980000-0000-7000-8000-000000000000"}, 404),
    ]
    for person, body, status in cases:
        answer = await person.ask("POST", "/api/chat", json=body, headers=EVENTS)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_a_turn_that_was_answered_is_told_again_at_once(alice: Person) -> None:
    key = {"Idempotency-Key": "key-1"}
    body = {"message": SENTENCE}
    first = await alice.ask("POST", "/api/chat", json=body, headers=key)
    async with listening(alice, body, **key) as (answer, events):
        again = [event async for event in events]

    assert answer.headers["idempotent-replayed"] == "true"
    assert again == [("done", first.json())]
    assert "idempotent-replayed" not in first.headers


async def test_the_same_request_still_running_is_a_conflict(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    async with _thoughtful(auth, urls) as (alice, claude):
        key, body = {"Idempotency-Key": "key-1"}, {"message": OPEN}
        async with listening(alice, body, **key) as (_answer, events):
            await anext(events)
            second = await alice.ask("POST", "/api/chat", json=body, headers={**EVENTS, **key})
            claude.released.set()
    assert second.status_code == 409


async def test_the_first_events_come_before_the_model_has_thought(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    async with (
        _thoughtful(auth, urls) as (alice, claude),
        listening(alice, {"message": OPEN}) as (_answer, events),
    ):
        first = await anext(events)
        claude.released.set()
        rest = [event async for event in events]

    assert first[0] == "accepted"
    assert [name for name, _ in rest] == ["candidates", "analysis", "agent", "done"]
    assert rest[-1][1]["analyzer"] == "claude", "the event came when the model was given up"


@pytest.mark.parametrize(
    ("name", "without"),
    [("caddy", ""), ("nginx", ""), ("nginx", "proxy_buffering off;")],
    ids=["caddy", "nginx", "nginx that buffers other sites"],
)
async def test_the_proxy_holds_no_event_back(
    auth: AuthServerStandIn, urls: Urls, tmp_path: Path, name: str, without: str
) -> None:
    async with _thoughtful(auth, urls, stream_heartbeat=0.5) as (alice, claude):
        behind = alice.client.base_url.netloc.decode()
        with proxies.in_front(name, behind, tmp_path, without=without) as url:
            async with proxies.client_of(url) as client:
                through = Person(client, alice.token)
                seen: list[str] = []
                async with listening(through, {"message": OPEN}) as (answer, _events):
                    async for line in answer.aiter_lines():
                        seen.append(_told(line))
                        if seen.count(":") == 2:
                            claude.released.set()

    told = [one for one in seen if one]
    assert told[:4] == ["accepted", "candidates", ":", ":"]
    later = [one for one in told[4:] if one != ":"]
    assert later == ["analysis", '"claude"', "agent", "done", '"claude"']


def _told(line: str) -> str:
    """What a line tells of where a stream is: the event, a heartbeat, or who read the message."""
    event = re.fullmatch(r"event: (.+)|(:).*|data: .*\"analyzer\":\s*(\"\w+\").*", line)
    return next(filter(None, event.groups())) if event else ""


async def test_a_stream_that_is_never_quiet_has_no_heartbeat(alice: Person) -> None:
    async with listening(alice, {"message": OPEN}) as (answer, _events):
        lines = [line async for line in answer.aiter_lines()]

    assert not [line for line in lines if line.startswith(":")]


@pytest.mark.alone
async def test_the_first_event_is_there_in_no_time(auth: AuthServerStandIn, urls: Urls) -> None:
    """The fastest of many shows what the service needs; the others, how busy the machine is."""
    async with _thoughtful(auth, urls, seconds=1.0) as (alice, _):
        took = [await _seconds_to_the_first(alice) for _round in range(20)]

    assert min(took) <= 0.05, (min(took), median(took))


async def _seconds_to_the_first(person: Person) -> float:
    started = time.perf_counter()
    async with listening(person, {"message": OPEN}) as (_answer, events):
        await anext(events)
        return time.perf_counter() - started


async def test_a_turn_whose_listener_left_is_recorded_all_the_same(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    async with _thoughtful(auth, urls) as (alice, claude):
        key = {"Idempotency-Key": "key-1"}
        async with listening(alice, {"message": OPEN}, **key) as (_answer, events):
            _, accepted = await anext(events)
        said = f"/api/sessions/{accepted['session_id']}/messages"
        assert len((await alice.get(said))["messages"]) == 1
        claude.released.set()

        async def is_answered() -> bool:
            return len((await alice.get(said))["messages"]) == 2

        await until(is_answered)
        again = await alice.ask("POST", "/api/chat", json={"message": OPEN}, headers=key)

    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["status"] == "success"
    assert len(claude.seen) == 1


async def test_a_stop_waits_for_a_turn_whose_listener_left(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    async with (
        _thoughtful(auth, urls) as (alice, _),
        listening(alice, {"message": OPEN}) as (_answer, events),
    ):
        _, accepted = await anext(events)
    async with running_api(auth, urls) as api:
        alice = Person(api.client, alice.token)
        found = await alice.get(f"/api/sessions/{accepted['session_id']}/messages")

    assert [one["role"] for one in found["messages"]] == ["user", "assistant"]


async def test_a_session_deleted_meanwhile_ends_the_events_with_the_problem(
    auth: AuthServerStandIn, urls: Urls
) -> None:
    async with (
        _thoughtful(auth, urls) as (alice, claude),
        listening(alice, {"message": OPEN}) as (answer, events),
    ):
        _, accepted = await anext(events)
        await alice.ask("DELETE", f"/api/sessions/{accepted['session_id']}")
        claude.released.set()
        *_, last = [event async for event in events]

    assert last[0] == "error"
    assert last[1]["status"] == 404
    assert last[1]["code"] == "not_found"
    assert last[1]["request_id"] == answer.headers["x-request-id"]


@asynccontextmanager
async def _thoughtful(
    auth: AuthServerStandIn,
    urls: Urls,
    *,
    seconds: float = _HELD,
    **settings: Any,  # noqa: ANN401 - any setting
) -> AsyncIterator[tuple[Person, ClaudeStandIn]]:
    """Somebody at a service whose model thinks until it is released, or so long; and the model."""
    with ClaudeStandIn(reply=tells_the_time) as claude:
        claude.delay = seconds
        settings |= {"anthropic_api_key": "sk-test", "anthropic_base_url": claude.url}
        async with running_api(auth, urls, **settings) as api:
            try:
                yield await api.person("alice@example.com"), claude
            finally:
                claude.released.set()
