"""A process that is told to stop finishes its work; one that is killed leaves nothing half."""

import asyncio
import time

import httpx2
import pytest

from api import Person
from programs.faults import SHARE, chance, times
from programs.ground import Ground, insist, post, whole
from programs.installed import free_port
from waiting import SECONDS, until

MESSAGE = "tell me the time in Tokyo, number {}"


async def test_a_stop_answers_what_is_under_way_and_takes_nothing_new(ground: Ground) -> None:
    thinking, chats = 2.0, 20
    async with ground.service() as (api, process):
        alice = await api.person("alice@example.com")
        await alice.chat(MESSAGE.format("first"))
        ground.claude.delay = thinking
        asked = len(ground.claude.seen)
        under_way = asyncio.gather(
            *(post(alice, MESSAGE.format(n), f"key-{n}") for n in range(chats))
        )
        await until(lambda: len(ground.claude.seen) >= asked + chats, every=0.01)
        process.terminate()
        stopped = time.monotonic()
        closed = await _seconds_until_closed(api.url)
        answers = await under_way
        code = await asyncio.to_thread(process.wait, SECONDS)
        took = time.monotonic() - stopped

    print(f"closed after {closed:.2f} s, gone after {took:.2f} s")  # noqa: T201
    assert [one.status_code for one in answers] == [200] * chats
    assert closed <= (1 if SHARE else 5)
    assert took <= thinking + (1 if SHARE else 10)
    assert code == 0
    assert await ground.tally() == whole(chats + 1)


@pytest.mark.timeout(900)
async def test_kills_at_any_moment_lose_nothing_and_double_nothing(ground: Ground) -> None:
    kills, a_round = times(4, 100), 4
    ground.claude.delay = 0.1
    port = str(free_port())
    asking: list[asyncio.Task[object]] = []
    settings = {"PORT": port, "MODEL_TIMEOUT": "1", "MODEL_DEADLINE": "1"}
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for n in range(kills + 1):
            async with ground.service(**settings) as (api, process):
                alice = Person(client, (await api.person("alice@example.com")).token)
                for i in range(n * a_round, (n + 1) * a_round):
                    within = 120 + 6 * kills
                    one = insist(alice, MESSAGE.format(i), f"key-{i}", within)
                    asking.append(asyncio.create_task(one))
                await asyncio.sleep(chance.uniform(0.2, 1.6))
                if n < kills:
                    process.kill()
                    continue
                await asyncio.sleep(2)
                left = (await ground.tally())["stuck"]
                if not SHARE:
                    # As if their time had passed: MODEL_DEADLINE and half a minute.
                    await ground.tell(
                        "UPDATE turns SET updated_at = updated_at - interval '31 seconds' "
                        "WHERE state = 'received'"
                    )
                started = time.monotonic()
                await asyncio.gather(*asking)
                waited = time.monotonic() - started
                stored = await ground.tally()

    print(f"{kills} kills left {left} turns, all answered after {waited:.0f} s; {stored}")  # noqa: T201
    assert stored == whole((kills + 1) * a_round)
    assert waited <= 60


async def _seconds_until_closed(url: str) -> float:
    """How long new requests are still taken."""
    started = time.monotonic()
    while time.monotonic() - started < 10:
        try:
            async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
                answer = await client.get("/readyz")
        except httpx2.TransportError:
            break
        if answer.status_code == 503:
            break
    return time.monotonic() - started
