"""Signing in over HTTP, through the auth server and without one."""

from pathlib import Path

import pytest

from api import Api, running_api
from outfitter.cli.database import Urls
from stand_ins.auth_server import JWKS_PATH, AuthServerStandIn, Fault
from tokens import google_id_token


@pytest.mark.proves("R-23")
async def test_a_google_sign_in_gives_a_session_that_can_be_refreshed(api: Api) -> None:
    first = await api.client.post(
        "/api/auth/google", json={"id_token": google_id_token("carol@example.com")}
    )
    again = await api.client.post(
        "/api/auth/refresh", json={"refresh_token": first.json()["refresh_token"]}
    )

    for answer in (first, again):
        body = answer.json()
        assert answer.status_code == 200, answer.text
        assert set(body) == {"access_token", "refresh_token", "expires_in", "user"}
        assert body["user"]["email"] == "carol@example.com"
        headers = {"Authorization": f"Bearer {body['access_token']}"}
        assert (await api.client.get("/api/agents", headers=headers)).status_code == 200


@pytest.mark.proves("R-24")
async def test_the_specs_access_token_may_hold_the_id_token(api: Api) -> None:
    answer = await api.client.post(
        "/api/auth/google", json={"access_token": google_id_token("carol@example.com")}
    )

    assert answer.status_code == 200


@pytest.mark.proves("R-25")
async def test_an_opaque_google_token_is_refused_without_asking_anybody(api: Api) -> None:
    answer = await api.client.post("/api/auth/google", json={"access_token": "ya29.opaque"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "google_id_token_required"
    assert api.auth.count("/token") == 0


@pytest.mark.proves("R-26")
async def test_a_bad_sign_in_is_a_problem_without_the_auth_servers_words(api: Api) -> None:
    wrong = google_id_token("carol@example.com", audience="somebody-else")
    refused = await api.client.post("/api/auth/google", json={"id_token": wrong})
    api.auth.faults["/token"] = Fault(status=500, body=b"secret upstream words")
    broken = await api.client.post("/api/auth/refresh", json={"refresh_token": "gone"})

    assert refused.status_code == 401
    assert refused.json()["code"] == "invalid_google_token"
    assert broken.status_code == 502
    for answer in (refused, broken):
        assert answer.headers["content-type"] == "application/problem+json"
        assert "upstream words" not in answer.text
        assert "somebody-else" not in answer.text


@pytest.mark.proves("R-18")
async def test_an_auth_server_that_is_away_signs_nobody_out(api: Api) -> None:
    person = await api.person("carol@example.com")
    await person.get("/api/agents")
    api.auth.faults[JWKS_PATH] = Fault(hang_up=True)

    await person.get("/api/agents")
    assert (await api.client.get("/readyz")).status_code == 200


@pytest.mark.proves("R-27")
async def test_without_an_auth_server_the_sign_in_names_the_newcomers_way(
    urls: Urls, auth: AuthServerStandIn, tmp_path: Path
) -> None:
    async with running_api(auth, urls, supabase_url=None, data_dir=tmp_path) as laptop:
        answer = await laptop.client.post(
            "/api/auth/google", json={"id_token": google_id_token("carol@example.com")}
        )
        opaque = await laptop.client.post("/api/auth/google", json={"access_token": "ya29.opaque"})

    assert opaque.status_code == 422
    assert opaque.json()["code"] == "google_id_token_required"
    assert answer.status_code == 503
    assert answer.json()["code"] == "auth_not_configured"
    assert "outfitter token" in answer.json()["detail"]
    # However long one waits, there will be none.
    assert "retry-after" not in answer.headers
    assert auth.count("/token") == 0
