"""From a sentence to an agent, over HTTP."""

import io
import zipfile
from uuid import uuid4

import pytest

from api import SENTENCE, Api, Person, values_for
from outfitter.cli.database import Urls
from outfitter.core.rendering.clients import Client
from programs.databases import run

Asked = set[tuple[str, str]]


def _asked(answer: dict[str, object]) -> Asked:
    required = answer["required_credentials"]
    assert isinstance(required, list)
    return {(one["mcp_server"], one["credential_key"]) for one in required}


async def test_the_sentence_picks_one_server_for_gmail_and_one_for_notion(alice: Person) -> None:
    answer = await alice.chat(SENTENCE)

    servers = [one["name"] for one in answer["plan"]["servers"]]
    services = [(await alice.get(f"/api/servers/{name}"))["service"] for name in servers]
    assert sorted(services) == ["gmail", "notion"]


async def test_exactly_their_credentials_are_asked_for_with_every_step(alice: Person) -> None:
    answer = await alice.chat(SENTENCE)

    servers = {one["name"] for one in answer["plan"]["servers"]}
    wanted = set()
    for name in servers:
        server = await alice.get(f"/api/servers/{name}")
        wanted |= {(name, key) for key in server["required_tokens"]}
        steps = [one["instructions"] for one in answer["required_credentials"]]
        assert server["steps"] in steps
    assert answer["status"] == "pending_credentials"
    assert answer["agent_created"] is False
    assert answer["agent_id"] is None
    assert _asked(answer) == wanted
    assert len(answer["required_credentials"]) == len(wanted)
    assert answer["analyzer"] == "offline"


async def test_the_agent_is_made_when_the_credentials_come(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    second = await alice.chat("here they are", first["session_id"], values_for(first))

    assert second["status"] == "success"
    assert second["agent_created"] is True
    assert second["required_credentials"] is None
    agent = await alice.get(f"/api/agents/{second['agent_id']}")
    assert agent["version"] == 1
    assert set(agent["mcp_config"]["mcpServers"]) == {
        one["name"] for one in first["plan"]["servers"]
    }
    assert agent["user_prompt"]
    assert agent["workflow"].count("\n") >= 1


async def test_credentials_may_come_one_in_a_turn_and_the_plan_stays(alice: Person) -> None:
    answer = await alice.chat(SENTENCE)
    session, plan = answer["session_id"], answer["plan"]
    missing = _asked(answer)

    for server, key in sorted(missing):
        assert answer["status"] == "pending_credentials"
        answer = await alice.chat("this is one of them", session, {server: {key: "a value"}})
        missing.discard((server, key))
        assert answer["plan"] == plan
        assert _asked(answer) == missing if missing else answer["status"] == "success"


async def test_credentials_may_come_with_the_request_itself(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    fresh = await alice.chat(SENTENCE, credentials=values_for(first))

    assert fresh["status"] == "success"


async def test_a_later_session_uses_what_was_given_and_says_so(alice: Person) -> None:
    await alice.make_agent()

    later = await alice.chat("when something changes in Notion, tell me")

    assert later["status"] == "success"
    assert "earlier" in later["reply"] or "already" in later["reply"]


async def test_the_same_plan_keeps_its_agent_and_a_changed_one_makes_the_next_version(
    alice: Person,
) -> None:
    made = await alice.make_agent()
    session = made["session_id"]

    again = await alice.chat("thanks", session)
    assert again["agent_id"] == made["agent_id"]

    changed = await alice.chat("drop Gmail", session)
    assert [one["name"] for one in changed["plan"]["servers"]] == ["notion"]
    assert changed["agent"]["version"] == 2
    assert changed["agent_id"] != made["agent_id"]
    assert (await alice.get(f"/api/agents/{made['agent_id']}"))["version"] == 1


async def test_a_server_can_be_replaced_and_another_added(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    session = first["session_id"]

    replaced = await alice.chat("use Airtable instead of Notion", session)
    names = {one["name"] for one in replaced["plan"]["servers"]}
    assert "airtable" in names
    assert "notion" not in names

    added = await alice.chat("also post it to Slack", session)
    assert {one["name"] for one in added["plan"]["servers"]} == names | {"slack"}


async def test_the_last_change_can_be_taken_back(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    changed = await alice.chat("drop Notion", first["session_id"])
    back = await alice.chat("undo that", first["session_id"])
    again = await alice.chat("undo", first["session_id"])
    brought = await alice.chat("bring it back", first["session_id"])

    assert changed["plan"]["steps"] != first["plan"]["steps"]
    assert back["plan"] == first["plan"]
    assert back["reply"].startswith("I took that back.")
    assert again["plan"]["steps"] == []
    assert brought["plan"] == first["plan"]


async def test_small_talk_makes_no_plan(alice: Person) -> None:
    answer = await alice.chat("hello, how are you?")

    assert answer["status"] == "analyzing"
    assert answer["plan"]["servers"] == []
    assert answer["reply"]


@pytest.mark.proves("R-55")
async def test_the_bundle_holds_references_and_only_env_holds_values(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    given = values_for(first)
    made = await alice.chat("here", first["session_id"], given)
    values = [value for keys in given.values() for value in keys.values()]

    bundle = await alice.ask("GET", f"/api/agents/{made['agent_id']}/bundle")
    config = await alice.ask("GET", f"/api/agents/{made['agent_id']}/config?client=fast-agent")
    env = await alice.ask("POST", f"/api/agents/{made['agent_id']}/env")

    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        inside = "\n".join(archive.read(name).decode() for name in archive.namelist())
    assert bundle.headers["content-type"] == "application/zip"
    assert not [value for value in values if value in inside + config.text]
    assert "${MCP_NOTION_" in config.text
    assert env.headers["cache-control"] == "no-store"
    assert env.headers["content-type"].startswith("text/plain")
    assert all(f"='{value}'" in env.text for value in values)


@pytest.mark.proves("R-55")
@pytest.mark.parametrize("client", Client)
async def test_every_client_gets_its_own_file_with_no_value_in_it(
    alice: Person, client: Client
) -> None:
    first = await alice.chat(SENTENCE)
    given = values_for(first)
    made = await alice.chat("here", first["session_id"], given)

    config = await alice.ask("GET", f"/api/agents/{made['agent_id']}/config?client={client}")

    kind = "text/plain" if client is Client.FAST_AGENT else "application/json"
    assert config.headers["content-type"].startswith(kind)
    assert "filename=" in config.headers["content-disposition"]
    assert "MCP_NOTION_" in config.text
    assert not [one for keys in given.values() for one in keys.values() if one in config.text]


async def test_an_unknown_client_is_told_which_there_are(alice: Person) -> None:
    refused = await alice.get(f"/api/agents/{uuid4()}/config?client=emacs", 422)
    assert "claude-desktop" in str(refused)


async def test_credentials_do_not_hide_what_else_a_message_asks_for(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    wish = "use Basecamp instead of Notion"
    second = await alice.chat(wish, first["session_id"], values_for(first))

    assert "I know no server for Basecamp" in second["reply"]
    assert second["agent_created"] is True
    assert f"/api/agents/{second['agent_id']}/env" in second["reply"]


async def test_an_app_that_no_server_works_with_is_uncovered_as_long_as_it_is_wanted(
    alice: Person,
) -> None:
    first = await alice.chat("put my Instagram posts into Notion")
    assert [one["name"] for one in first["plan"]["servers"]] == ["notion"]
    kept = await alice.chat("thanks", first["session_id"])
    more = await alice.chat("also water my plants", first["session_id"])
    gone = await alice.chat("drop Notion", first["session_id"])

    assert first["plan"]["uncovered"] == kept["plan"]["uncovered"] == ["Instagram"]
    assert more["plan"]["uncovered"] == ["water my plants", "Instagram"]
    assert "Instagram" not in gone["plan"]["uncovered"]


async def test_a_session_shows_its_plan_as_the_answers_do(alice: Person) -> None:
    first = await alice.chat("put my Instagram posts into Notion")
    more = await alice.chat("also water my plants", first["session_id"])
    read = await alice.get(f"/api/sessions/{first['session_id']}/messages")
    assert read["session"]["context"]["plan"] == more["plan"]
    next_one = await alice.chat("thanks", first["session_id"])
    assert next_one["plan"] == more["plan"]


@pytest.mark.proves("R-55", "R-61")
async def test_values_can_be_fetched_five_times_an_hour(alice: Person, urls: Urls) -> None:
    made = await alice.make_agent()
    path = f"/api/agents/{made['agent_id']}/env"

    answers = [await alice.ask("POST", path) for _ in range(5)]
    await run(urls.owner, "UPDATE audit_log SET created_at = created_at - interval '1000 s'")
    last = await alice.ask("POST", path)

    assert [one.status_code for one in (*answers, last)] == [200] * 5 + [429]
    refused = last.headers
    assert 2500 < int(refused["retry-after"]) <= 2600
    assert refused["ratelimit-policy"] == '"exports";q=5;w=3600'
    assert refused["ratelimit"] == f'"exports";r=0;t={refused["retry-after"]}'
    assert "all agents together" in last.json()["detail"]


async def test_a_list_of_servers_tells_which_are_no_longer_in_order(alice: Person) -> None:
    listed = [await alice.get(f"/api/servers?limit=100&offset={at}") for at in (0, 100)]
    status = {one["name"]: one["status"] for page in listed for one in page["servers"]}

    assert (status["puppeteer"], status["playwright"]) == ("archived", "active")


async def test_a_value_that_is_gone_is_named_where_it_is_fetched(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    made = await alice.chat("here", first["session_id"], values_for(first))
    gone = first["required_credentials"][-1]
    await alice.ask("DELETE", f"/api/credentials/{gone['mcp_server']}")

    refused = await alice.ask("POST", f"/api/agents/{made['agent_id']}/env")

    assert (refused.status_code, refused.json()["code"]) == (409, "credential_missing")
    named = f"The {gone['credential_key']} of {gone['mcp_server']} is no longer stored"
    assert refused.json()["detail"].startswith(named)


@pytest.mark.proves("R-34")
async def test_values_stay_closed_to_somebody_who_signed_out(api: Api, alice: Person) -> None:
    made = await alice.make_agent()
    api.auth.banned.add(alice.email)

    refused = await alice.ask("POST", f"/api/agents/{made['agent_id']}/env")

    assert refused.status_code == 403


@pytest.mark.proves("R-47")
async def test_an_unknown_credential_is_refused_and_nothing_is_stored(alice: Person) -> None:
    for credentials in ({"notion": {"PATH": "x"}}, {"nosuch": {"KEY": "x"}}):
        problem = await alice.chat(SENTENCE, credentials=credentials, status=422)
        assert problem["code"] == "unknown_credential"

    assert await alice.get("/api/credentials") == []
    assert (await alice.get("/api/chat/history"))["total_count"] == 0


@pytest.mark.proves("R-43")
async def test_what_is_stored_is_shown_by_name_and_can_be_deleted(alice: Person) -> None:
    made = await alice.make_agent()

    stored = await alice.get("/api/credentials")
    assert {one["server"] for one in stored} == {"gmail", "notion"}
    assert "value-of" not in str(stored)

    assert (await alice.ask("DELETE", "/api/credentials/notion")).status_code == 204
    assert [one["server"] for one in await alice.get("/api/credentials")] == ["gmail"]
    asked = await alice.chat("go on", made["session_id"])
    assert asked["status"] == "pending_credentials"
