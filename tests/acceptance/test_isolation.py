"""Two users and a stranger on every route: what is not yours is not there."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from api import SENTENCE, Api, Json, Person, running_api, values_for
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from outfitter.core.user import User
from programs.databases import is_refused, waiting
from stand_ins.auth_server import AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn
from waiting import until

PUBLIC = {"/", "/healthz", "/readyz", "/metrics", "/api/auth/google", "/api/auth/refresh"}
OF_NOBODY = {"/api/servers", "/api/servers/{name}"}
OWN_ONLY = {"/api/chat", "/api/chat/history", "/api/agents", "/api/credentials", "/api/account"}


@pytest.fixture
async def made(alice: Person) -> Json:
    """What Alice has: a session, credentials and an agent."""
    return await alice.make_agent()


async def _routes(api: Api) -> list[tuple[str, str]]:
    document = (await api.client.get("/openapi.json")).json()
    return [
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    ]


def _filled(path: str, made: Json) -> str:
    return path.format(
        session_id=made["session_id"], agent_id=made["agent_id"], name="notion", server="notion"
    )


@pytest.mark.proves("R-1", "R-30")
async def test_every_route_but_the_public_ones_wants_a_token(api: Api, made: Json) -> None:
    stranger = api.stranger()
    for method, path in await _routes(api):
        answer = await stranger.ask(method, _filled(path, made))
        if path in PUBLIC:
            assert answer.status_code != 401, path
        else:
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.proves("R-30")
async def test_what_belongs_to_another_user_is_answered_like_what_is_not_there(
    api: Api, made: Json, bob: Person
) -> None:
    nowhere = {"session_id": str(uuid4()), "agent_id": str(uuid4())}
    routes = [one for one in await _routes(api) if one[1] not in PUBLIC | OF_NOBODY | OWN_ONLY]
    assert len(routes) >= 7
    for method, path in routes:
        theirs = await bob.ask(method, _filled(path, made))
        absent = await bob.ask(method, _filled(path, nowhere))
        assert theirs.status_code == absent.status_code == 404, path
        for answer in (theirs, absent):
            assert answer.json() | {"request_id": ""} == absent.json() | {"request_id": ""}


@pytest.mark.proves("R-30")
async def test_the_owner_gets_what_the_other_does_not(api: Api, made: Json, alice: Person) -> None:
    for method, path in await _routes(api):
        if path not in PUBLIC and method == "GET":
            assert (await alice.ask(method, _filled(path, made))).status_code == 200, path


@pytest.mark.proves("R-32")
async def test_lists_hold_only_what_is_ones_own(made: Json, bob: Person) -> None:
    assert made["agent_created"]
    assert (await bob.get("/api/chat/history"))["total_count"] == 0
    assert (await bob.get("/api/agents"))["total_count"] == 0
    assert await bob.get("/api/credentials") == []
    await bob.get(f"/api/chat/history?session_id={made['session_id']}", 404)


@pytest.mark.proves("R-31")
async def test_nobody_can_speak_in_another_users_session(
    made: Json, alice: Person, bob: Person
) -> None:
    await bob.chat("drop Gmail", made["session_id"], status=404)

    found = await alice.get(f"/api/sessions/{made['session_id']}/messages")
    assert len(found["messages"]) == 4


@pytest.mark.proves("R-31")
async def test_no_chat_model_is_asked_about_a_message_into_another_users_session(
    urls: Urls, auth: AuthServerStandIn, made: Json, bob: Person
) -> None:
    with ClaudeStandIn() as claude:
        settings = {"anthropic_api_key": "test", "anthropic_base_url": claude.url}
        async with running_api(auth, urls, **settings) as asking:
            speaker = Person(asking.client, bob.token)
            await speaker.chat(SENTENCE, made["session_id"], status=404)
            assert claude.seen == []
            assert (await speaker.chat(SENTENCE))["analyzer"] == "claude"


@pytest.fixture
async def as_bob(urls: Urls, bob: Person) -> AsyncIterator[tuple[Database, User]]:
    """The database as it serves Bob."""
    await bob.chat("hello")
    database = Database(urls.api)
    row = (await bob.get("/api/chat/history"))["sessions"][0]["session_id"]
    detail = await bob.get(f"/api/sessions/{row}/messages")
    yield database, User(detail["session"]["user_id"], bob.email)
    await database.close()


@pytest.mark.proves("R-33")
async def test_the_database_itself_shows_a_user_nothing_of_another(
    made: Json, as_bob: tuple[Database, User]
) -> None:
    database, bob = as_bob
    for table in ("sessions", "chat_messages", "credentials", "agents", "turns"):
        query = f"SELECT count(*) FROM {table} WHERE user_id <> CAST(:bob AS uuid)"  # noqa: S608
        async with database.transaction(bob) as tx:
            assert (await tx.execute(text(query), {"bob": bob.id})).scalar_one() == 0, table
    assert made["session_id"]


@pytest.mark.proves("R-33")
async def test_the_database_refuses_a_message_in_another_users_session(
    made: Json, as_bob: tuple[Database, User]
) -> None:
    database, bob = as_bob
    insert = text(
        "INSERT INTO chat_messages (session_id, user_id, message, role)"
        " VALUES (CAST(:session AS uuid), CAST(:bob AS uuid), 'planted', 'user')"
    )
    with pytest.raises(IntegrityError):
        async with database.transaction(bob) as tx:
            await tx.execute(insert, {"session": made["session_id"], "bob": bob.id})


@pytest.fixture
async def unguarded(superuser: Database) -> None:
    """Row security is off: what keeps users apart is what each statement says."""
    async with superuser.as_owner() as tx:
        for table in ("sessions", "chat_messages", "turns", "credentials", "agents", "audit_log"):
            await tx.execute(text(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))


@pytest.mark.proves("R-30", "R-31", "R-32", "R-51")
@pytest.mark.usefixtures("unguarded")
async def test_each_statement_keeps_to_its_user_by_itself(
    api: Api, made: Json, alice: Person, bob: Person
) -> None:
    before = await _belongings(alice, made)
    key = {"Idempotency-Key": "one"}
    hers = await alice.ask("POST", "/api/chat", json={"message": SENTENCE}, headers=key)
    assert hers.json()["status"] == "success"

    first = await bob.ask("POST", "/api/chat", json={"message": SENTENCE}, headers=key)
    asked = first.json()
    assert asked["status"] == "pending_credentials"
    assert asked["session_id"] != hers.json()["session_id"]
    assert await bob.get("/api/credentials") == []
    for method, path in await _routes(api):
        if path not in PUBLIC | OF_NOBODY | OWN_ONLY:
            assert (await bob.ask(method, _filled(path, made))).status_code == 404, path
    await bob.chat("drop Gmail", made["session_id"], status=404)
    given = {name: dict.fromkeys(keys, "of-bob") for name, keys in values_for(asked).items()}
    his = await bob.chat("here", asked["session_id"], given)
    env = (await bob.ask("POST", f"/api/agents/{his['agent_id']}/env")).text
    assert "value-of" not in env
    agents, history = await bob.get("/api/agents"), await bob.get("/api/chat/history")
    assert agents["total_count"] == history["total_count"] == his["agent"]["version"] == 1
    assert [one["id"] for one in agents["agents"]] == [his["agent_id"]]
    assert [one["session_id"] for one in history["sessions"]] == [his["session_id"]]
    for path in ("/api/credentials/notion", f"/api/sessions/{his['session_id']}", "/api/account"):
        assert (await bob.ask("DELETE", path)).status_code == 204

    assert await _belongings(alice, made) == before


async def _belongings(whose: Person, made: Json) -> list[object]:
    """What somebody has, but for what they say meanwhile."""
    env = await whose.ask("POST", f"/api/agents/{made['agent_id']}/env")
    return [
        env.text,
        await whose.get("/api/credentials"),
        await whose.get(f"/api/agents/{made['agent_id']}"),
        await whose.get(f"/api/sessions/{made['session_id']}/messages"),
    ]


@pytest.mark.proves("R-50")
async def test_no_route_writes_the_catalogue(api: Api) -> None:
    routes = [one for one in await _routes(api) if "servers" in one[1]]
    assert {method for method, _ in routes} == {"GET"}


@pytest.mark.proves("R-50")
async def test_the_service_cannot_write_the_catalogue(as_bob: tuple[Database, User]) -> None:
    database, bob = as_bob
    with pytest.raises(DBAPIError, check=is_refused):
        async with database.transaction(bob) as tx:
            await tx.execute(text("UPDATE mcp_servers SET description = 'planted'"))


@pytest.mark.proves("R-64")
async def test_an_account_is_gone_from_every_table(
    superuser: Database, made: Json, alice: Person, bob: Person
) -> None:
    await bob.chat("hello")
    assert (await alice.ask("DELETE", "/api/account")).status_code == 204

    async with superuser.as_owner() as tx:
        for table in ("sessions", "chat_messages", "credentials", "agents", "turns"):
            query = f"SELECT count(DISTINCT user_id) FROM {table}"  # noqa: S608
            left = (await tx.execute(text(query))).scalar_one()
            assert left == (1 if table in {"sessions", "chat_messages", "turns"} else 0), table
    assert made["agent_id"]


@pytest.mark.proves("R-64")
async def test_values_fetched_while_their_account_is_deleted_are_noted_of_nobody(
    superuser: Database, made: Json, alice: Person
) -> None:
    async with superuser.as_owner() as tx:
        await tx.execute(text("LOCK audit_log IN EXCLUSIVE MODE"))
        fetching = asyncio.create_task(alice.ask("POST", f"/api/agents/{made['agent_id']}/env"))
        await _until_waiting(superuser, 1)
        leaving = asyncio.create_task(alice.ask("DELETE", "/api/account"))
        await _until_waiting(superuser, 2)

    assert [(await one).status_code for one in (fetching, leaving)] == [200, 204]
    async with superuser.as_owner() as tx:
        noted = "SELECT count(DISTINCT user_id) FROM audit_log WHERE action <> 'sign_in'"
        assert (await tx.execute(text(noted))).scalar_one() == 1


@pytest.mark.proves("R-64")
async def test_a_message_that_is_heard_while_its_account_is_deleted_is_not_left(
    superuser: Database, alice: Person
) -> None:
    async with superuser.as_owner() as tx:
        await tx.execute(text("LOCK turns IN EXCLUSIVE MODE"))
        speaking = asyncio.create_task(alice.ask("POST", "/api/chat", json={"message": SENTENCE}))
        await _until_waiting(superuser, 1)
        leaving = asyncio.create_task(alice.ask("DELETE", "/api/account"))
        await _until_waiting(superuser, 2)

    assert (await leaving).status_code == 204
    assert (await speaking).status_code in {200, 401, 404}
    async with superuser.as_owner() as tx:
        for table in ("sessions", "chat_messages", "turns"):
            query = f"SELECT count(*) FROM {table}"  # noqa: S608
            assert (await tx.execute(text(query))).scalar_one() == 0, table


async def _until_waiting(watcher: Database, number: int) -> None:
    async def are_waiting() -> bool:
        return await waiting(watcher) == number

    # Soon, as whoever waits for a lock gives up after three seconds.
    await until(are_waiting, every=0.01)
