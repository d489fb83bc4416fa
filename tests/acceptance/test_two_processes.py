"""What must hold when several processes serve one database: quotas."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from api import Api, Person, api_process
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn


@dataclass(frozen=True)
class Pair:
    """Two processes on one database."""

    first: Api
    second: Api


@pytest.fixture
async def pair(urls: Urls, auth: AuthServerStandIn, home: Path) -> AsyncIterator[Pair]:
    """Two processes with quotas as small as a test can fill."""
    quotas = {"TURNS_PER_MINUTE": "8", "TURNS_PER_DAY": "500"}
    async with (
        api_process(auth, urls.api, home, **quotas) as (first, _),
        api_process(auth, urls.api, home, **quotas) as (second, _),
    ):
        yield Pair(first, second)


async def ask(api: Api, person: Person, key: str | None = None) -> httpx2.Response:
    """The answer of one of the processes to a message."""
    headers = person.headers | ({"Idempotency-Key": key} if key else {})
    body = {"message": "tell me the time in Tokyo"}
    return await api.client.post("/api/chat", json=body, headers=headers)


@pytest.mark.proves("R-61")
async def test_a_user_gets_no_more_turns_from_two_processes_than_from_one(pair: Pair) -> None:
    alice = await pair.first.person("alice@example.com")
    bob = await pair.first.person("bob@example.com")
    replays = [await ask(api, alice, "one") for api in (pair.first, pair.second)]
    answers = await asyncio.gather(
        *(ask(api, alice) for _ in range(6) for api in (pair.first, pair.second))
    )

    assert [one.status_code for one in replays] == [200, 200]
    assert sorted(one.status_code for one in answers) == [200] * 7 + [429] * 5
    refused = next(one for one in answers if one.status_code == 429)
    assert refused.json()["code"] == "too_many_turns"
    wait = refused.headers["retry-after"]
    assert 1 <= int(wait) <= 60
    assert refused.headers["ratelimit"] == f'"minute";r=0;t={wait}'
    assert refused.headers["ratelimit-policy"] == '"minute";q=8;w=60, "day";q=500;w=86400'
    assert (await alice.get("/api/chat/history"))["total_count"] == 8
    assert (await ask(pair.second, alice, "one")).headers["idempotent-replayed"] == "true"
    assert (await ask(pair.second, bob)).status_code == 200
