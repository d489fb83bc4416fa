"""Sign-ins are noted, and who brings bad tokens again and again is not listened to."""

import asyncio

import pytest
from sqlalchemy import text

from api import Api, Person, running_api
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from tokens import google_id_token

NOTED = """
    SELECT outcome, object, CAST(user_id AS text), host(ip), request_id
    FROM audit_log WHERE action = 'sign_in' ORDER BY created_at, id
"""


async def noted(superuser: Database) -> list[tuple[str | None, ...]]:
    """What the audit log says of sign-ins."""
    async with superuser.as_owner() as tx:
        return [tuple(row) for row in await tx.execute(text(NOTED))]


async def sign_in(api: Api, **body: str) -> tuple[int, str | None]:
    """The status of a sign-in, and the user."""
    headers = {"X-Request-ID": "r1", "X-Forwarded-For": "192.0.2.7"}
    answer = await api.client.post("/api/auth/google", json=body, headers=headers)
    return answer.status_code, answer.json().get("user", {}).get("id")


async def bad_token(api: Api, address: str = "192.0.2.66", token: str = "e.e.e") -> int:  # noqa: S107
    """The status of a request with a token that is none."""
    headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": address}
    answer = await api.client.get("/api/agents", headers=headers)
    return answer.status_code


@pytest.mark.proves("R-65")
async def test_sign_ins_are_noted_whether_they_succeed_or_not(
    api: Api, superuser: Database
) -> None:
    status, user = await sign_in(api, id_token=google_id_token("carol@example.com"))
    wrong = google_id_token("carol@example.com", audience="somebody-else")
    refused = [await sign_in(api, id_token=wrong), await sign_in(api, access_token="ya29.opaque")]

    assert (status, refused) == (200, [(401, None), (422, None)])
    assert await noted(superuser) == [
        ("ok", "google", user, "192.0.2.7", "r1"),
        ("refused", "google", None, "192.0.2.7", "r1"),
        ("refused", "google", None, "192.0.2.7", "r1"),
    ]


@pytest.mark.proves("R-64", "R-65")
async def test_who_leaves_takes_the_addresses_along(
    alice: Person, bob: Person, superuser: Database
) -> None:
    before = await noted(superuser)
    await alice.chat("hello", credentials={"notion": {"NOTION_TOKEN": "ntn_1"}})
    assert (await alice.ask("DELETE", "/api/account")).status_code == 204
    hers, his = await noted(superuser)
    assert hers[2] != before[0][2]
    assert hers[3] is None
    assert his == before[1]
    async with superuser.as_owner() as tx:
        left = await tx.execute(text("SELECT CAST(user_id AS text), action, ip FROM audit_log"))
        kept = [(row.action, row.ip) for row in left if row.user_id == hers[2]]
    assert sorted(kept) == [("account.deleted", None), ("credential.set", None), ("sign_in", None)]
    assert (await bob.chat("hello"))["status"] == "analyzing"


@pytest.mark.proves("R-61")
async def test_sixty_bad_tokens_close_the_ear_for_one_address(api: Api, alice: Person) -> None:
    fresh = await api.person("new@example.com")
    assert (await alice.ask("GET", "/api/agents")).status_code == 200
    assert [await bad_token(api) for _ in range(60)] == [401] * 60

    flooded = {"X-Forwarded-For": "192.0.2.66"}
    answer = await fresh.ask("GET", "/api/agents", headers=flooded)
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_refused_tokens"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["ratelimit-policy"] == '"refused-tokens";q=60;w=60'
    asked = {"id_token": google_id_token("carol@example.com")}
    late = await api.client.post("/api/auth/google", json=asked, headers=flooded)
    assert late.status_code == 429
    assert await bad_token(api, "192.0.2.67") == 401

    assert (await alice.ask("GET", "/api/agents", headers=flooded)).status_code == 200
    assert (await fresh.ask("GET", "/api/agents")).status_code == 200


@pytest.mark.proves("R-61")
async def test_a_flood_of_sign_ins_at_once_counts_as_it_comes(api: Api) -> None:
    wrong = google_id_token("carol@example.com", audience="somebody-else")

    answers = await asyncio.gather(*(sign_in(api, id_token=wrong) for _ in range(150)))

    assert sorted(status for status, _ in answers) == [401] * 60 + [429] * 90
    assert api.auth.count("/token") == 60


@pytest.mark.proves("R-61")
async def test_a_flood_of_refresh_tokens_counts_as_it_comes(api: Api) -> None:
    async def refresh(number: int) -> int:
        body = {"refresh_token": f"made-up-{number}"}
        answer = await api.client.post("/api/auth/refresh", json=body)
        return answer.status_code

    answers = await asyncio.gather(*map(refresh, range(90)))

    assert sorted(answers) == [401] * 60 + [429] * 30
    assert api.auth.count("/token") == 60


@pytest.mark.proves("R-61")
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/agents/00000000-0000-4000-8000-000000000000/env"), ("DELETE", "/api/account")],
)
async def test_no_user_has_the_auth_server_asked_without_end(
    api: Api, alice: Person, bob: Person, method: str, path: str
) -> None:
    api.auth.signed_in.clear()
    answers = await asyncio.gather(*(alice.ask(method, path) for _ in range(40)))

    assert sorted(one.status_code for one in answers) == [403] * 20 + [429] * 20
    assert api.auth.count("/user") == 20
    last = next(one for one in answers if one.status_code == 429)
    assert last.json()["code"] == "too_many_checks"
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.headers["ratelimit-policy"] == '"sign-in-checks";q=20;w=60'
    assert (await bob.ask(method, path)).status_code == 403
    assert (await alice.ask("GET", "/api/agents")).status_code == 200


async def test_a_house_that_signs_in_at_once_is_let_in(api: Api) -> None:
    for _ in range(2):
        good = (google_id_token(f"guest-{n}@example.com") for n in range(50))
        answers = await asyncio.gather(*(sign_in(api, id_token=one) for one in good))
        assert [status for status, _ in answers] == [200] * 50


@pytest.mark.proves("R-58", "R-61")
async def test_a_stranger_does_not_choose_the_address_they_are_counted_by(
    urls: Urls, auth: AuthServerStandIn
) -> None:
    async with running_api(auth, urls, forwarded_allow_ips="198.51.100.1") as api:
        answers = [await bad_token(api, f"192.0.2.{n}") for n in range(61)]
    assert answers == [401] * 60 + [429]
