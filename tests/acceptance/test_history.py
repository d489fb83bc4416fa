"""Conversations read back, over HTTP."""

import pytest

from api import SENTENCE, Person


async def _three_sessions(person: Person) -> list[str]:
    return [(await person.chat(f"{SENTENCE}, please {n}"))["session_id"] for n in range(3)]


async def test_sessions_come_newest_first_and_messages_in_order_of_time(alice: Person) -> None:
    sessions = await _three_sessions(alice)
    await alice.chat("drop Gmail", sessions[0])

    history = await alice.get("/api/chat/history")

    assert history["total_count"] == 3
    assert [one["session_id"] for one in history["sessions"]] == sessions[::-1]
    oldest = history["sessions"][-1]
    assert [one["role"] for one in oldest["messages"]] == ["user", "assistant"] * 2
    assert oldest["messages"][2]["message"] == "drop Gmail"
    assert set(oldest["messages"][1]["metadata"]) >= {"status", "agent_created", "agent_id"}
    assert oldest["truncated"] is False


async def test_a_page_never_tears_a_session(alice: Person) -> None:
    sessions = await _three_sessions(alice)

    pages = [await alice.get(f"/api/chat/history?limit=1&offset={at}") for at in range(4)]

    found = [one["session_id"] for page in pages for one in page["sessions"]]
    assert found == sessions[::-1]
    assert {page["total_count"] for page in pages} == {3}
    assert all(len(one["messages"]) == 2 for page in pages for one in page["sessions"])


async def test_history_narrows_to_one_session(alice: Person) -> None:
    sessions = await _three_sessions(alice)

    history = await alice.get(f"/api/chat/history?session_id={sessions[1]}")

    assert [one["session_id"] for one in history["sessions"]] == [sessions[1]]
    assert history["total_count"] == 1


async def test_a_long_session_shows_its_last_hundred_messages_and_says_so(alice: Person) -> None:
    session = (await alice.chat("hello"))["session_id"]
    for n in range(50):
        await alice.chat(f"hello again {n}", session)

    shown = (await alice.get("/api/chat/history"))["sessions"][0]
    whole = await alice.get(f"/api/sessions/{session}/messages")

    assert len(shown["messages"]) == 100
    assert shown["truncated"] is True
    assert shown["messages"][-2]["message"] == "hello again 49"
    assert len(whole["messages"]) == 102
    assert [one["id"] for one in whole["messages"]][2:] == [one["id"] for one in shown["messages"]]


async def test_the_messages_of_a_session_have_every_column_of_the_specs_table(
    alice: Person,
) -> None:
    said = await alice.chat("hello")
    found = await alice.get(f"/api/sessions/{said['session_id']}/messages")

    columns = {"id", "session_id", "user_id", "message", "role", "metadata", "created_at"}
    assert {frozenset(one) for one in found["messages"]} == {frozenset(columns)}
    assert {one["user_id"] for one in found["messages"]} == {found["session"]["user_id"]}


@pytest.mark.proves("R-38")
async def test_a_session_names_its_credentials_and_never_shows_them(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    credentials = {"notion": {"NOTION_TOKEN": "ntn_not_to_be_seen"}}
    key = next(
        one["credential_key"]
        for one in first["required_credentials"]
        if one["mcp_server"] == "notion"
    )
    credentials = {"notion": {key: "not-to-be-seen"}}
    await alice.chat("here is one", first["session_id"], credentials)

    found = await alice.get(f"/api/sessions/{first['session_id']}/messages")

    shown = found["session"]["collected_credentials"]["notion"]
    assert [(one["key"], one["configured"]) for one in shown] == [(key, True)]
    assert set(shown[0]) == {"key", "configured", "updated_at"}
    for path in ("/api/chat/history", "/api/credentials"):
        found |= {path: await alice.get(path)}
    assert "not-to-be-seen" not in str(found)


async def test_a_deleted_session_is_gone_with_its_agents(alice: Person) -> None:
    answer = await alice.chat("remember things for me in a knowledge graph")
    session = answer["session_id"]

    deleted = await alice.ask("DELETE", f"/api/sessions/{session}")

    assert deleted.status_code == 204
    assert "content-type" not in deleted.headers
    await alice.get(f"/api/sessions/{session}/messages", 404)
    await alice.chat("hello", session, status=404)
    assert (await alice.get("/api/chat/history"))["total_count"] == 0
    assert (await alice.get("/api/agents"))["total_count"] == 0


async def test_what_is_no_session_id_is_called_by_its_parameter(alice: Person) -> None:
    refused = await alice.get("/api/chat/history?session_id=abc", status=422)
    assert refused["errors"] == [{"field": "query.session_id", "message": "Input should be a UUID"}]
