"""Clients that leave, ask twice, or speak over each other get one whole turn each."""

import asyncio
import json

import httpx2

from api import SENTENCE, Person, values_for
from programs.faults import chance, times
from programs.ground import Ground, post, whole

MESSAGE = "tell me the time in Tokyo, number {}"


async def test_turns_whose_client_left_at_any_moment_are_finished(ground: Ground) -> None:
    runs = times(60, 200)
    ground.claude.delay = 0.1
    # Those who leave wait for nobody, so that their turns pile up on a slow machine.
    async with ground.service(DB_POOL_TIMEOUT="60") as (api, _):
        alice = await api.person("alice@example.com")
        await alice.get("/api/agents")
        slots = asyncio.Semaphore(8)

        async def one(n: int) -> None:
            async with slots:
                await _ask_and_leave(alice, MESSAGE.format(n), chance.uniform(0, 0.4))

        await asyncio.gather(*(one(n) for n in range(runs)))
        stored = await ground.settled(whole(runs), within=60)

    assert stored == whole(runs)


async def test_the_same_request_many_times_at_two_processes_asks_the_model_once(
    ground: Ground,
) -> None:
    rounds, at_once = times(3, 20), 50
    ground.claude.delay = 0.2
    async with ground.service() as (first, _), ground.service() as (second, _):
        alice = await first.person("alice@example.com")
        people = [alice, Person(second.client, alice.token)]
        for n in range(rounds):
            answers = await asyncio.gather(
                *(_until_answered(people[i % 2], n) for i in range(at_once))
            )
            assert len({json.dumps(one.json(), sort_keys=True) for one in answers}) == 1
            assert sum("idempotent-replayed" not in one.headers for one in answers) == 1
        stored = await ground.tally()

    assert len(ground.claude.seen) == rounds
    assert stored == whole(rounds)


async def test_two_messages_at_once_in_a_session_of_two_processes_both_count(
    ground: Ground,
) -> None:
    pairs = times(5, 20)
    async with (
        ground.service(ANTHROPIC_API_KEY="") as (first, _),
        ground.service(ANTHROPIC_API_KEY="") as (second, _),
    ):
        for n in range(pairs):
            one = await first.person(f"user{n}@example.com")
            other = Person(second.client, one.token)
            asked = await one.chat(SENTENCE)
            session, values = asked["session_id"], values_for(asked)
            assert set(values) == {"gmail", "notion"}
            await asyncio.gather(
                one.chat("here", session, {"gmail": values["gmail"]}),
                other.chat("here", session, {"notion": values["notion"]}),
            )
            stored = await one.get("/api/credentials")
            assert {one["server"] for one in stored} == {"gmail", "notion"}
            agents = await one.get("/api/agents")
            assert [agent["version"] for agent in agents["agents"]] == [1]
            said = (await one.get(f"/api/sessions/{session}/messages"))["messages"]
            assert len(said) == 6


async def _ask_and_leave(person: Person, message: str, after: float) -> None:
    """Send a whole request, and hang up some seconds later."""
    body = json.dumps({"message": message}).encode()
    url = person.client.base_url
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {person.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(head.encode() + body)
    await writer.drain()
    await asyncio.sleep(after)
    writer.transport.abort()


async def _until_answered(person: Person, n: int) -> httpx2.Response:
    while True:
        answer = await post(person, MESSAGE.format(n), f"key-{n}")
        if answer.status_code == 200:
            return answer
        assert answer.status_code in {409, 503}, answer.text
        assert int(answer.headers["retry-after"]) > 0
        await asyncio.sleep(0.1)
