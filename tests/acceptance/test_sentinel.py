"""One run of everything with unmistakable secrets, then a search for them everywhere."""

import base64
import json
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from api import Api, Json, Person, running_api
from catalogues import CATALOGUE
from outfitter.adapters import logs
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.vault import Keyring
from outfitter.cli.database import Urls
from programs.databases import all_rows, as_api, run, stock
from stand_ins.auth_server import AuthServerStandIn, Fault
from stand_ins.claude_server import ClaudeStandIn
from stand_ins.openai_server import OpenAIServer, openai_server
from tokens import google_id_token, token

HANDS_OUT_TOKENS = ("/api/auth/google", "/api/auth/refresh")
UNSAVEABLE = "ALTER TABLE chat_messages ADD CHECK (message NOT LIKE '%unsaveable%')"


@dataclass
class Planted:
    """What must not be found, by what it is."""

    values: dict[str, str] = field(default_factory=dict)

    def new(self, what: str, prefix: str = "") -> str:
        """A fresh secret that nothing else contains."""
        # Letters and digits by turns, as keys have them, so that it is known for one.
        self.values[what] = prefix + "".join(f"{one}7k" for one in secrets.token_hex(12))
        return self.values[what]

    def found_in(self, haystack: str) -> list[str]:
        """The names of the secrets that a text holds, written plainly or in a usual code."""
        return [
            what
            for what, value in self.values.items()
            if any(form in haystack for form in _written(value))
        ]


def _written(value: str) -> Iterator[str]:
    """A secret as it is, as JSON and addresses write it, in hex, and in base64 at any offset."""
    raw = value.encode()
    yield from {value, json.dumps(value)[1:-1], quote(value, safe=""), raw.hex(), raw.hex().upper()}
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + raw).decode()
        # The ends depend on what stands around.
        middle = encoded[4:-4]
        yield from {middle, middle.replace("+", "-").replace("/", "_")}


@dataclass
class Stage:
    """The parts around a service whose secrets are all planted."""

    planted: Planted
    urls: Urls
    auth: AuthServerStandIn
    claude: ClaudeStandIn
    openai: OpenAIServer
    answers: list[tuple[str, str]] = field(default_factory=list)

    def settings(self, keys: str) -> dict[str, Any]:
        """The operator's settings."""
        return {
            "anthropic_api_key": self.planted.values["Anthropic key"],
            "anthropic_base_url": self.claude.url,
            "openai_api_key": self.planted.values["OpenAI key"],
            "openai_base_url": self.openai.url,
            "supabase_jwt_secret": self.planted.values["JWT secret"],
            "credential_keys": keys,
            "log_level": "debug",
        }

    async def keep(self, answer: httpx2.Response) -> None:
        """Remember everything an answer says."""
        await answer.aread()
        said = f"{answer.status_code} {dict(answer.headers)} {answer.text}"
        self.answers.append((answer.request.url.path, said))


@pytest.fixture
async def stage(database_url: str, auth: AuthServerStandIn) -> AsyncIterator[Stage]:
    """The stand-ins, and a small catalogue with vectors of the OpenAI stand-in."""
    planted = Planted()
    for what in ("Anthropic key", "OpenAI key"):
        planted.new(what, "sk-")
    planted.new("JWT secret")
    with ClaudeStandIn() as claude, openai_server() as openai:
        urls = Urls(as_api(database_url), database_url)
        one = Stage(planted, urls, auth, claude, openai)
        await stock(urls.owner, list(CATALOGUE.values()), **one.settings(Keyring.new("k1")))
        yield one


async def _signed_in(stage: Stage, api: Api) -> Person:
    """Alice, whose three tokens are secrets too."""
    google = google_id_token("alice@example.com")
    answer = await api.client.post("/api/auth/google", json={"id_token": google})
    given = answer.json()
    again = await api.client.post(
        "/api/auth/refresh", json={"refresh_token": given["refresh_token"]}
    )
    stage.planted.values |= {
        "Google token": google,
        "access token": given["access_token"],
        "refresh token": given["refresh_token"],
        "second access token": again.json()["access_token"],
    }
    return Person(api.client, given["access_token"], "alice@example.com")


async def _everything_works(stage: Stage, alice: Person) -> Json:
    """From a sentence with pasted secrets to an agent and its values."""
    planted = stage.planted
    first = await alice.chat(
        "Save my GMail invoices to Notion,"
        f" my token is {planted.new('pasted Notion token', 'ntn_')}"
        f" and the password is {planted.new('pasted password')}"
    )
    session = first["session_id"]
    given: dict[str, dict[str, str]] = {}
    for one in first["required_credentials"]:
        server, key = one["mcp_server"], one["credential_key"]
        given.setdefault(server, {})[key] = planted.new(f"{server} {key}")
    made = await alice.chat("here you are", session, given)
    await alice.chat("also tell me on Slack", session)
    await _asks_again(planted, alice)
    for path in (
        "/api/chat/history",
        f"/api/sessions/{session}/messages",
        "/api/credentials",
        "/api/agents",
        f"/api/agents/{made['agent_id']}",
        f"/api/servers?q=notes with my token {planted.new('searched token', 'ntn_')}",
        "/healthz",
        "/readyz",
    ):
        await alice.get(path)
    agent = f"/api/agents/{made['agent_id']}"
    for path in (f"{agent}/bundle", f"{agent}/config", "/metrics", "/openapi.json"):
        assert (await alice.ask("GET", path)).is_success
    env = (await alice.ask("POST", f"/api/agents/{made['agent_id']}/env")).text
    assert all(value in env for keys in given.values() for value in keys.values())
    return made


async def _asks_again(planted: Planted, alice: Person) -> None:
    """A request under an idempotency key, replayed, refused with other values, and streamed."""
    pasted = f"save it to Airtable, my token is {planted.new('repeated paste', 'ntn_')}"
    for value, status in (
        (first := planted.new("repeated credential"), 200),
        (first, 200),
        (planted.new("conflicting credential"), 409),
    ):
        given = {"airtable": {"AIRTABLE_API_KEY": value}}
        headers = {"Idempotency-Key": "one"}
        body = {"message": pasted, "credentials": given}
        answer = await alice.ask("POST", "/api/chat", json=body, headers=headers)
        assert answer.status_code == status, answer.text
    streamed = {"message": f"and my password is {planted.new('streamed password')}"}
    events = {"Accept": "text/event-stream"}
    assert (await alice.ask("POST", "/api/chat", json=streamed, headers=events)).is_success


async def _everything_breaks(stage: Stage, api: Api, alice: Person) -> None:
    """Bad tokens, refused credentials, models that fail, and a database that refuses."""
    planted = stage.planted
    forged = token(stage.auth.signer, iss=planted.new("forged issuer"))
    planted.values["forged token"] = forged
    await Person(api.client, forged).get("/api/agents", 401)
    await Person(api.client, planted.new("no token")).get("/api/agents", 401)
    for what, server, key, form in (
        ("undeclared key", "notion", "NODE_OPTIONS", "{}"),
        ("unknown server", "nowhere", "TOKEN", "{}"),
        ("reference", "notion", "NOTION_TOKEN", "${{{}}}"),
        ("line break", "notion", "NOTION_TOKEN", "{}\nX=1"),
    ):
        value = form.format(planted.new(what))
        await alice.chat("here", credentials={server: {key: value}}, status=422)
    refused = google_id_token("alice@example.com", audience=planted.new("audience"))
    await api.client.post("/api/auth/google", json={"id_token": refused})
    stage.auth.faults["/token"] = Fault(status=500, body=planted.new("upstream words").encode())
    await api.client.post("/api/auth/refresh", json={"refresh_token": planted.new("old refresh")})
    stage.claude.next("unauthorized")
    stage.openai.statuses = [401]
    await alice.chat("post my notes to Slack")
    await run(stage.urls.owner, UNSAVEABLE)
    lost = {"airtable": {"AIRTABLE_API_KEY": planted.new("lost credential")}}
    await alice.chat("unsaveable", credentials=lost, status=500)


def _told(stage: Stage, rows: dict[str, str], allowed: tuple[str, ...]) -> dict[str, str]:
    """Everything that was asked, answered or kept, but the answers that may hold a secret."""
    return {
        "Claude's prompts": str(stage.claude.seen),
        "the embedder's texts": str(stage.openai.bodies),
        **{f"table {table}": content for table, content in rows.items()},
        **{
            f"answer {place} of {path}": said
            for place, (path, said) in enumerate(stage.answers)
            if path not in allowed or not said.startswith("200")
        },
    }


@pytest.mark.proves("R-28", "R-35", "R-37", "R-44", "R-46", "R-54", "R-55", "R-60")
@pytest.mark.usefixtures("logging_as_before")
async def test_no_secret_is_found_where_it_does_not_belong(
    stage: Stage, owner: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure("debug")
    keys = [Keyring.new("k1"), Keyring.new("k2")]
    stage.planted.values |= {"sealing key": keys[0].removeprefix("k1:")}
    async with AsyncExitStack() as ending:
        api = await ending.enter_async_context(
            running_api(stage.auth, stage.urls, **stage.settings(keys[0]))
        )
        api.client.event_hooks["response"].append(stage.keep)
        alice = await _signed_in(stage, api)
        made = await _everything_works(stage, alice)
        await _everything_breaks(stage, api, alice)
    async with running_api(stage.auth, stage.urls, **stage.settings(keys[1])) as api:
        api.client.event_hooks["response"].append(stage.keep)
        late = Person(api.client, alice.token)
        unreadable = await late.ask("POST", f"/api/agents/{made['agent_id']}/env")
        assert unreadable.json()["code"] == "credential_unreadable"
    logged = "".join(capfd.readouterr())
    rows = await all_rows(owner)

    allowed = (*HANDS_OUT_TOKENS, f"/api/agents/{made['agent_id']}/env")
    searched = {"the log": logged, **_told(stage, rows, allowed)}
    assert {
        place: hits for place, text in searched.items() if (hits := stage.planted.found_in(text))
    } == {}
    # The search has something to search, and finds what is there.
    handed_out = stage.planted.found_in("".join(said for _, said in stage.answers))
    assert {"access token", "refresh token", "notion NOTION_TOKEN"} <= set(handed_out)
    assert "unsaveable" not in logged
    assert all(word in logged for word in ("broke", "model_failed", "/api/chat"))
    assert stage.claude.seen
    kept = ("chat_messages", "credentials", "audit_log", "turns", "sessions", "agents")
    assert all(rows[table] for table in kept)
    assert "auth.users" in rows
    assert len(stage.planted.values) > 20
