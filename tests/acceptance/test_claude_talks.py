"""Conversations with Claude: what it answers, as a model would, is what the plan becomes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from api import Api, Person, running_api, values_for
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn, data_of

Json = dict[str, Any]
NOTHING: Json = {
    "goal": "",
    "steps": [],
    "uncovered": [],
    "declined": [],
    "reply": "",
}


def plan(*steps: str, declined: tuple[str, ...] = ()) -> Json:
    """An answer that plans; a step is its text, with the server behind a bar."""
    told = [one.partition(" | ") for one in steps]
    made = [{"text": text, "server": server or None, "why": "it fits"} for text, _, server in told]
    goal = "; ".join(text for text, _, _ in told)
    return NOTHING | {"intent": "plan", "goal": goal, "steps": made, "declined": list(declined)}


def ask(reply: str) -> Json:
    """An answer to a question."""
    return NOTHING | {"intent": "ask", "reply": reply}


def plain(intent: str) -> Json:
    """An answer that says what kind of message it was and no more."""
    return NOTHING | {"intent": intent, "reply": "What should happen?"}


WATCH, SAVE = "watch Gmail for invoices | gmail", "save them in Notion | notion"
BASE = ("watch Gmail for invoices and save them to Notion", plan(WATCH, SAVE), ["gmail", "notion"])

# What is said, what Claude answers, and the servers of the plan after it.
TALKS: dict[str, list[tuple[str, Json, list[str]]]] = {
    "add": [
        BASE,
        (
            "slack should hear about it too",
            plan(WATCH, SAVE, "tell Slack | slack"),
            ["gmail", "notion", "slack"],
        ),
        ("thanks!", plain("keep"), ["gmail", "notion", "slack"]),
    ],
    "drop": [BASE, ("no notion after all", plan(WATCH, declined=("notion",)), ["gmail"])],
    "replace": [
        BASE,
        (
            "airtable rather than notion",
            plan(WATCH, "save them in Airtable | airtable", declined=("notion",)),
            ["gmail", "airtable"],
        ),
        ("hm, undo that", plain("undo"), ["gmail", "notion"]),
    ],
    "decline": [
        BASE,
        (
            "I won't give you a Notion token",
            plan(WATCH, "save them in Notion | notion-remote", declined=("notion",)),
            ["gmail", "notion-remote"],
        ),
    ],
    "restrict": [
        BASE,
        (
            "it must only read my mail, never send",
            plan(WATCH, "only read, never send or delete | gmail", SAVE),
            ["gmail", "notion"],
        ),
    ],
    "ask": [
        ("what can you do for Shopify?", ask("Shopify orders can be read."), []),
        (
            "then post new Shopify orders in Discord",
            plan("read orders | shopify", "post them | discord"),
            ["shopify", "discord"],
        ),
        ("what does Discord want from me?", ask("A bot token."), ["shopify", "discord"]),
    ],
    "pointing": [
        (
            "save Zoom recordings to Dropbox",
            plan("get recordings | zoom", "save them | dropbox"),
            ["zoom", "dropbox"],
        ),
        ("do you know Box?", ask("Box keeps files as well."), ["zoom", "dropbox"]),
        (
            "use that instead",
            plan("get recordings | zoom", "save them | box", declined=("dropbox",)),
            ["zoom", "box"],
        ),
    ],
    "misspelt": [
        (
            "put my Stripe payments in airtabel",
            plan("read payments | stripe", "save them | airtable"),
            ["stripe", "airtable"],
        ),
        (
            "and ping me on telegramm",
            plan("read payments | stripe", "save them | airtable", "ping me | telegram"),
            ["stripe", "airtable", "telegram"],
        ),
    ],
    "several edits": [
        BASE,
        (
            "drop Notion, use Outlook instead of Gmail and tell Teams",
            plan("watch Outlook | microsoft-365", "tell Teams | teams", declined=("notion",)),
            ["microsoft-365", "teams"],
        ),
    ],
    "made up": [
        BASE,
        (
            "also fax them",
            plan(WATCH, SAVE, "fax them | fax-machine"),
            ["gmail", "notion"],
        ),
        ("ok", plain("keep"), ["gmail", "notion"]),
    ],
    "small talk": [
        ("good morning", plain("nothing"), []),
        BASE,
        ("my cat is grey", plain("nothing"), ["gmail", "notion"]),
    ],
    "other language": [
        (
            "Neue Zendesk-Tickets sollen nach Slack",
            plan("Zendesk-Tickets lesen | zendesk", "in Slack melden | slack"),
            ["zendesk", "slack"],
        ),
        (
            "nimm das andere: Teams",
            plan("Zendesk-Tickets lesen | zendesk", "in Teams melden | teams"),
            ["zendesk", "teams"],
        ),
    ],
}


@pytest.fixture
async def api(urls: Urls, auth: AuthServerStandIn, claude: ClaudeStandIn) -> AsyncIterator[Api]:
    """The service with Claude."""
    settings: Json = {"anthropic_api_key": "sk-ant-host", "anthropic_base_url": claude.url}
    async with running_api(auth, urls, **settings) as running:
        yield running


@pytest.mark.parametrize("about", TALKS)
async def test_the_plan_follows_what_claude_makes_of_a_conversation(
    about: str, claude: ClaudeStandIn, alice: Person
) -> None:
    answer: Json = {}
    for said, reading, names in TALKS[about]:
        claude.reply = lambda _body, reading=reading: reading  # type: ignore[misc]
        before = answer
        answer = await alice.chat(said, before.get("session_id"))

        assert answer["analyzer"] == "claude"
        assert sorted(one["name"] for one in answer["plan"]["servers"]) == sorted(names)
        shown = data_of(claude.seen[-1])
        assert shown["message"] == said
        assert len(shown["shortlist"]) <= 20
        _knows_what_was_said(shown, before)
        _was_offered(shown, reading, "fax-machine")


async def test_whatever_claude_says_to_it_a_new_agent_is_told_of_in_full(
    claude: ClaudeStandIn, alice: Person
) -> None:
    claude.reply = lambda _body: BASE[1]
    first = await alice.chat(BASE[0])
    claude.reply = lambda _body: plain("keep")
    values = values_for(first)
    made = await alice.chat("watch those invoices as I said", first["session_id"], values)

    assert (made["analyzer"], made["agent_created"]) == ("claude", True)
    assert f"/api/agents/{made['agent_id']}/env" in made["reply"]


def _knows_what_was_said(shown: Json, before: Json) -> None:
    """Claude is shown the plan as it stands and what was answered last."""
    servers = [one["name"] for one in before["plan"]["servers"]] if before else []
    assert shown["plan"]["servers"] == servers
    assert bool(shown["earlier"]) is bool(before)
    if before:
        assert shown["earlier"][-1]["role"] == "assistant"


def _was_offered(shown: Json, reading: Json, *made_up: str) -> None:
    """What a sensible model wants is on the shortlist."""
    wanted = {one["server"] for one in reading["steps"]} - {None, *made_up}
    assert wanted <= {one["name"] for one in shown["shortlist"]}


async def test_a_limit_that_claude_keeps_takes_the_tools_away(
    claude: ClaudeStandIn, alice: Person
) -> None:
    answer: Json = {}
    for said, reading, _ in TALKS["restrict"]:
        claude.reply = lambda _body, reading=reading: reading  # type: ignore[misc]
        answer = await alice.chat(said, answer.get("session_id"))
    values: dict[str, dict[str, str]] = {}
    for one in answer["required_credentials"]:
        values.setdefault(one["mcp_server"], {})[one["credential_key"]] = "a-made-up-value"
    made = await alice.chat("here", answer["session_id"], values)
    agent = await alice.get(f"/api/agents/{made['agent_id']}")
    tools = str(agent)
    assert "get_emails_content" in tools
    assert "send_email" not in tools
    assert "delete_emails" not in tools
