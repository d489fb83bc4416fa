"""Claude reads the requests; whatever it does, the user gets a good answer."""

import time
from collections.abc import AsyncIterator
from typing import Any

import anthropic  # noqa: F401 - whoever asks first would wait for it longer than DEADLINE
import pytest

from api import SENTENCE, Api, Person, running_api, values_for
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn, Mode, data_of, obedient

GOOD: tuple[Mode, ...] = ("ok", "thinking", "fenced", "prose", "unknown", "no_effort")
BAD: tuple[Mode, ...] = (
    "refusal",
    "truncated",
    "invalid",
    "list",
    "null",
    "empty",
    "html",
    "bad_request",
    "unauthorized",
    "rate_limited",
    "error",
    "overloaded",
    "hang",
    "reset",
)
DEADLINE = 2.0


@pytest.fixture
async def api(urls: Urls, auth: AuthServerStandIn, claude: ClaudeStandIn) -> AsyncIterator[Api]:
    """The service with Claude."""
    async with running_api(auth, urls, **_with(claude)) as running:
        yield running


@pytest.fixture
async def hasty(
    urls: Urls, auth: AuthServerStandIn, claude: ClaudeStandIn
) -> AsyncIterator[Person]:
    """Somebody at a service that has little patience with Claude."""
    patience = {"model_timeout": 1.0, "model_deadline": DEADLINE}
    async with running_api(auth, urls, **_with(claude), **patience) as running:
        yield await running.person("alice@example.com")


def _with(claude: ClaudeStandIn) -> dict[str, Any]:
    return {"anthropic_api_key": "sk-ant-host-key", "anthropic_base_url": claude.url}


@pytest.mark.parametrize("mode", GOOD)
async def test_claude_answers(mode: Mode, claude: ClaudeStandIn, alice: Person) -> None:
    claude.usual = mode

    answer = await alice.chat(SENTENCE)

    assert answer["analyzer"] == "claude"
    assert answer["status"] == "pending_credentials"
    services = {one["name"].split("-")[0] for one in answer["plan"]["servers"]}
    assert services == {"gmail", "notion"}


async def test_an_app_that_claude_passes_over_is_uncovered(
    claude: ClaudeStandIn, alice: Person
) -> None:
    wish = "Put my Instagram posts into Notion"
    claude.reply = lambda body: {
        **obedient(body),
        "steps": [{"text": wish, "server": "notion", "why": ""}],
    }

    answer = await alice.chat(wish)

    assert answer["analyzer"] == "claude"
    assert answer["plan"]["uncovered"] == ["Instagram"]
    assert "No server of the plan is made for Instagram" in answer["reply"]


@pytest.mark.proves("R-63")
@pytest.mark.parametrize("mode", BAD)
async def test_the_offline_analyzer_answers_when_claude_does_not(
    mode: Mode, claude: ClaudeStandIn, hasty: Person
) -> None:
    await hasty.chat(SENTENCE)
    claude.seen.clear()
    claude.usual = mode

    started = time.perf_counter()
    first = await hasty.chat(SENTENCE)
    took = time.perf_counter() - started
    made = await hasty.chat("here they are", first["session_id"], values_for(first))

    assert len(claude.seen) <= 3
    # To wait for the model without end would take a minute, and its tries one after the other more.
    assert took <= DEADLINE + 10
    assert first["analyzer"] == made["analyzer"] == "offline"
    assert made["status"] == "success"
    assert "switched on" not in first["reply"]
    kept = await hasty.get(f"/api/sessions/{first['session_id']}/messages")
    assert [one["role"] for one in kept["messages"]] == ["user", "assistant"] * 2


@pytest.mark.proves("R-53")
async def test_a_name_outside_the_shortlist_never_reaches_a_plan(
    claude: ClaudeStandIn, alice: Person
) -> None:
    claude.usual = "unknown"

    answer = await alice.chat(SENTENCE)

    assert "fax-machine" not in [one["name"] for one in answer["plan"]["servers"]]
    assert "fax-machine" not in [one["server"] for one in answer["plan"]["steps"]]


@pytest.mark.proves("R-44", "R-54")
async def test_claude_sees_at_most_twenty_servers_and_never_a_secret(
    claude: ClaudeStandIn, alice: Person
) -> None:
    first = await alice.chat(SENTENCE)
    token = "ntn_" + "483920" * 7 + "abcd"
    credentials = {name: dict.fromkeys(keys, token) for name, keys in values_for(first).items()}
    made = await alice.chat(f"my token is {token}", first["session_id"], credentials)
    await alice.chat("also tell me on Slack", first["session_id"])

    assert claude.seen
    assert all(len(data_of(body)["shortlist"]) <= 20 for body in claude.seen)
    everything = str(claude.seen)
    assert token not in everything
    assert "alice@example.com" not in everything
    assert first["session_id"] not in everything
    assert made["agent_id"]
    assert made["agent_id"] not in everything
