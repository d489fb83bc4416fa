"""Who speaks faster than they may is told when to come back, and costs nothing."""

import time
from collections.abc import AsyncIterator, Iterator

import pytest

from api import Api, Person, running_api
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn
from stand_ins.openai_server import OpenAIServer, openai_server

SENTENCE = "tell me the time in Tokyo"


@pytest.fixture
def embedder() -> Iterator[OpenAIServer]:
    """The embedder."""
    with openai_server() as stand_in:
        yield stand_in


@pytest.fixture
async def api(
    urls: Urls, auth: AuthServerStandIn, claude: ClaudeStandIn, embedder: OpenAIServer
) -> AsyncIterator[Api]:
    """The service, which hears everybody three times a minute."""
    settings = {
        "turns_per_minute": 3,
        "anthropic_api_key": "test",
        "anthropic_base_url": claude.url,
        "openai_api_key": "test",
        "openai_base_url": embedder.url,
    }
    async with running_api(auth, urls, **settings) as running:
        yield running


@pytest.mark.proves("R-61")
async def test_a_message_too_many_is_neither_embedded_nor_read_nor_stored(
    alice: Person, bob: Person, claude: ClaudeStandIn, embedder: OpenAIServer
) -> None:
    began = time.monotonic()
    session = (await alice.chat(SENTENCE))["session_id"]
    for _ in range(2):
        await alice.chat(SENTENCE, session)
    asked = len(claude.seen), len(embedder.bodies)
    assert asked == (3, 3)

    given = {"notion": {"NOTION_TOKEN": "a value"}}
    for _ in range(2):
        body = {"message": SENTENCE, "session_id": session, "credentials": given}
        refused = await alice.ask("POST", "/api/chat", json=body)
        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_turns"
        wait = refused.headers["retry-after"]
        assert 60 - (time.monotonic() - began) <= int(wait) <= 60
        assert refused.headers["ratelimit"] == f'"minute";r=0;t={wait}'

    assert (len(claude.seen), len(embedder.bodies)) == asked
    assert len((await alice.get(f"/api/sessions/{session}/messages"))["messages"]) == 6
    assert await alice.get("/api/credentials") == []
    assert (await bob.chat(SENTENCE))["analyzer"] == "claude"


@pytest.mark.proves("R-61", "R-62")
async def test_what_was_answered_is_answered_again_though_no_turn_is_left(alice: Person) -> None:
    async def ask(key: str, message: str = SENTENCE) -> int:
        answer = await alice.ask(
            "POST", "/api/chat", json={"message": message}, headers={"Idempotency-Key": key}
        )
        return answer.status_code

    assert [await ask(key) for key in ("one", "two", "two", "three")] == [200] * 4
    assert await ask("four") == 429
    assert await ask("one") == 200
    assert await ask("one", "something else") == 409
