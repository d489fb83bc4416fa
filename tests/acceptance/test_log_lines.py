"""What a running service writes down of a turn, and what it does not."""

import io
import json
import sys
from typing import Any

import pytest

from api import SENTENCE, Api, Person, running_api, values_for
from outfitter.adapters import logs
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn

Line = dict[str, Any]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, logging_as_before: None) -> io.StringIO:  # noqa: ARG001 - it undoes what this sets up
    """What goes to standard error, logs among it."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure("debug")
    return stream


async def _asked(api: Api, alice: Person, accept: str, body: Line) -> str:
    headers = {"Accept": accept, "X-Request-ID": "the-request", **alice.headers}
    answer = await api.client.post("/api/chat", json=body, headers=headers)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_every_line_of_a_turn_names_its_request_and_its_turn_and_no_value(
    auth: AuthServerStandIn, urls: Urls, written: io.StringIO, accept: str
) -> None:
    with ClaudeStandIn() as claude:
        settings = {"anthropic_api_key": "sk-test", "anthropic_base_url": claude.url}
        async with running_api(auth, urls, **settings) as api:
            alice = await api.person("alice@example.com")
            values = values_for(await alice.chat(SENTENCE))
            before = len(written.getvalue())
            claude.next("refusal")
            body = {"message": f"xylophone: {SENTENCE}", "credentials": values}
            said = await _asked(api, alice, accept, body)
    text = written.getvalue()[before:]

    # The stand-ins write lines of their own between ours.
    lines = [json.loads(one) for one in text.splitlines() if one.startswith("{")]
    ours = [one for one in lines if one.get("request_id") == "the-request"]
    assert [one["event"] for one in ours] == ["model_failed", "request"]
    (turn,) = {one["turn_id"] for one in ours}
    assert accept == "application/json" or turn in said
    assert all(one in ours for one in lines if "turn_id" in one)
    secrets = [alice.token, *(value for keys in values.values() for value in keys.values())]
    assert not any(str(one) in text for one in [*secrets, "xylophone", alice.email])
