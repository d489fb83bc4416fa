"""Requests of one user at the same time, at two services: nothing is half made, nothing breaks."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest
from sqlalchemy import text

from api import SENTENCE, Json, Person, running_api, values_for
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn

_CHANCE = random.Random(1)  # noqa: S311 - no secret
_OF_USERS = ("sessions", "chat_messages", "turns", "credentials", "agents", "audit_log")
_OF_SESSIONS = ("chat_messages", "turns", "agents")
_MORE = "also post it to Slack"

Meet = Callable[[str], Awaitable[tuple[Person, Person]]]


@pytest.fixture
async def meet(urls: Urls, auth: AuthServerStandIn) -> AsyncIterator[Meet]:
    """Somebody at each of two services on one database."""
    async with running_api(auth, urls) as one, running_api(auth, urls) as other:

        async def meet(email: str) -> tuple[Person, Person]:
            here = await one.person(email)
            return here, Person(other.client, here.token, email)

        yield meet


async def at_once(
    *asked: tuple[Person, str, str, Json | None], within: float
) -> list[httpx2.Response]:
    """The answers to requests that begin at any moments of a span."""

    async def ask(person: Person, method: str, path: str, body: Json | None) -> httpx2.Response:
        await asyncio.sleep(_CHANCE.uniform(0, within))
        return await person.ask(method, path, json=body)

    return await asyncio.gather(*(ask(*one) for one in asked))


async def there(superuser: Database, tables: tuple[str, ...], column: str, wanted: str) -> set[str]:
    """The tables that have a row of that."""
    found = "SELECT EXISTS (SELECT FROM {} WHERE {} = CAST(:wanted AS uuid))"
    async with superuser.as_owner() as tx:
        return {
            one
            for one in tables
            if await tx.scalar(text(found.format(one, column)), {"wanted": wanted})
        }


@pytest.mark.proves("R-64")
async def test_an_account_that_is_deleted_amid_anything_is_gone_whole(
    meet: Meet, superuser: Database
) -> None:
    known = text("SELECT CAST(id AS text) FROM auth.users WHERE email = :email")
    for n in range(8):
        here, beside = await meet(f"leaver-{n}@example.com")
        first = await here.chat(SENTENCE)
        async with superuser.as_owner() as tx:
            user = await tx.scalar(known, {"email": here.email})
        session, given = first["session_id"], values_for(first)
        *others, one, other = await at_once(
            (here, "POST", "/api/chat", {"message": _MORE, "session_id": session}),
            (beside, "POST", "/api/chat", {"message": SENTENCE, "credentials": given}),
            (here, "DELETE", "/api/credentials/notion", None),
            (beside, "DELETE", f"/api/sessions/{session}", None),
            (here, "DELETE", "/api/account", None),
            (beside, "DELETE", "/api/account", None),
            within=0.12,
        )

        assert sorted((one.status_code, other.status_code)) == [204, 401]
        assert {one.status_code for one in others} <= {200, 204, 401, 404}
        assert await there(superuser, _OF_USERS, "user_id", user) == set()
        assert await there(superuser, ("auth.users",), "id", user) == set()


async def test_a_session_that_is_deleted_amid_messages_is_gone_whole(
    meet: Meet, superuser: Database
) -> None:
    here, beside = await meet("alice@example.com")
    for _ in range(12):
        session = (await here.chat(SENTENCE))["session_id"]
        more = {"message": _MORE, "session_id": session}
        one, other, *said = await at_once(
            (here, "DELETE", f"/api/sessions/{session}", None),
            (beside, "DELETE", f"/api/sessions/{session}", None),
            (here, "POST", "/api/chat", more),
            (beside, "POST", "/api/chat", more),
            within=0.08,
        )

        assert sorted((one.status_code, other.status_code)) == [204, 404]
        assert {one.status_code for one in said} <= {200, 404}
        assert await there(superuser, _OF_SESSIONS, "session_id", session) == set()


@pytest.mark.proves("R-55")
async def test_values_that_are_fetched_at_two_services_are_counted_together(meet: Meet) -> None:
    here, beside = await meet("alice@example.com")
    made = await here.make_agent()
    env = (f"/api/agents/{made['agent_id']}/env", None)
    answers = await at_once(*((one, "POST", *env) for one in (here, beside) * 5), within=0)

    assert sorted(one.status_code for one in answers) == [200] * 5 + [429] * 5


async def test_values_that_are_deleted_meanwhile_are_fetched_whole_or_not_at_all(
    meet: Meet,
) -> None:
    for n in range(4):
        here, beside = await meet(f"fetcher-{n}@example.com")
        first = await here.chat(SENTENCE)
        given = values_for(first)
        made = await here.chat("here", first["session_id"], given)
        env = (f"/api/agents/{made['agent_id']}/env", None)
        gone, *fetched = await at_once(
            (here, "DELETE", "/api/credentials/notion", None),
            *((one, "POST", *env) for one in (here, beside) * 2),
            within=0.08,
        )

        assert gone.status_code == 204
        for one in fetched:
            if one.status_code == 200:
                assert one.text.count("value-of") == sum(map(len, given.values()))
            else:
                assert one.json()["code"] == "credential_missing"


async def test_credentials_that_come_and_go_at_once_leave_what_the_next_answer_says(
    meet: Meet,
) -> None:
    for n in range(5):
        here, beside = await meet(f"giver-{n}@example.com")
        first = await here.chat(SENTENCE)
        session, given = first["session_id"], values_for(first)
        answers = await at_once(
            *(
                (
                    one,
                    "POST",
                    "/api/chat",
                    {"message": "here", "session_id": session, "credentials": {name: given[name]}},
                )
                for one, name in ((here, "gmail"), (beside, "notion"))
            ),
            (beside, "DELETE", "/api/credentials/gmail", None),
            within=0.06,
        )
        listed = {one["server"] for one in await here.get("/api/credentials")}
        status = (await here.chat("thanks", session))["status"]

        assert {one.status_code for one in answers} <= {200, 204, 404}
        assert (status == "success") == (listed == set(given))
