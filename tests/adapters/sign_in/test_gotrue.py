"""Sign-in through the auth server: what is sent, what comes back, and how refusals read."""

import asyncio
import json
import logging
import traceback

import httpx2
import pytest

from outfitter.adapters.sign_in import gotrue
from outfitter.adapters.sign_in.exchange import Reply
from outfitter.adapters.sign_in.gotrue import AuthServer, SignedIn, google_body
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import KeySet
from outfitter.core.errors import (
    Forbidden,
    NotSetUp,
    OutfitterError,
    Refused,
    SignInFailed,
    TooMany,
    Unavailable,
    UpstreamFailed,
)
from stand_ins.auth_server import API_KEY, AuthServerStandIn, Fault
from tokens import google_id_token, token

ALICE = "alice@example.com"


@pytest.fixture
def auth(server: AuthServerStandIn, client: httpx2.AsyncClient) -> AuthServer:
    return AuthServer(server.url, API_KEY, client)


async def sign_in(
    auth: AuthServer,
    id_token: str | None = None,
    access_token: str | None = None,
    nonce: str | None = None,
) -> SignedIn:
    """Sign in with what Google gave."""
    return await auth.sign_in(google_body(id_token, access_token, nonce))


def refusing(status: int, code: str, **headers: str) -> Fault:
    body = {"code": code, "message": "upstream words"}
    return Fault(status=status, body=json.dumps(body).encode(), headers=headers)


@pytest.mark.proves("R-23")
async def test_a_google_id_token_signs_in(auth: AuthServer, server: AuthServerStandIn) -> None:
    signed_in = await sign_in(auth, google_id_token(ALICE))
    assert signed_in.email == ALICE
    assert signed_in.expires_in == 3600
    (request,) = server.seen
    assert request.body == {"provider": "google", "id_token": google_id_token(ALICE)}
    assert request.query == {"grant_type": ["id_token"]}
    assert request.headers["apikey"] == API_KEY
    assert "authorization" not in request.headers
    # Without the first it names its errors in another way, and unpacking has no bounds.
    assert request.headers["x-supabase-api-version"] == "2024-01-01"
    assert request.headers["accept-encoding"] == "identity"


async def test_the_access_token_it_gives_passes_our_verifier(
    auth: AuthServer, server: AuthServerStandIn, client: httpx2.AsyncClient
) -> None:
    signed_in = await sign_in(auth, google_id_token(ALICE))
    user = await TokenVerifier(KeySet(server.url, client), issuer=server.issuer)(
        signed_in.access_token
    )
    assert (user.id, user.email) == (signed_in.user_id, ALICE)


@pytest.mark.proves("R-24")
async def test_an_id_token_sent_as_access_token_signs_in(
    auth: AuthServer, server: AuthServerStandIn
) -> None:
    await sign_in(auth, access_token=google_id_token(ALICE))
    assert server.seen[0].body == {"provider": "google", "id_token": google_id_token(ALICE)}


async def test_the_access_token_beside_an_id_token_is_passed_on(
    auth: AuthServer, server: AuthServerStandIn
) -> None:
    await sign_in(auth, google_id_token(ALICE, nonce="once"), "ya29.opaque", "once")
    body = server.seen[0].body
    assert (body["access_token"], body["nonce"]) == ("ya29.opaque", "once")


async def test_what_is_empty_beside_an_id_token_is_as_if_it_were_not_there(
    auth: AuthServer, server: AuthServerStandIn
) -> None:
    await sign_in(auth, google_id_token(ALICE), "", "")
    assert server.seen[0].body == {"provider": "google", "id_token": google_id_token(ALICE)}


@pytest.mark.proves("R-25")
@pytest.mark.parametrize(
    ("id_token", "access_token"),
    [(None, "ya29.a0AfB_opaque"), (None, None), ("", ""), ("opaque", google_id_token(ALICE))],
)
async def test_an_opaque_google_token_is_refused_without_asking(
    auth: AuthServer, server: AuthServerStandIn, id_token: str | None, access_token: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        await sign_in(auth, id_token, access_token)
    assert refused.value.code == "google_id_token_required"
    assert server.seen == []


async def test_the_longest_token_is_taken(auth: AuthServer, server: AuthServerStandIn) -> None:
    with pytest.raises(SignInFailed):
        await auth.refresh("r" * 8192)
    assert len(server.seen) == 1


@pytest.mark.parametrize("nonce", ["\ud800", "\x00", "ü", "n" * 8193, "two\nlines"])
async def test_what_no_token_can_hold_is_refused_without_asking(
    auth: AuthServer, server: AuthServerStandIn, nonce: str
) -> None:
    with pytest.raises(Refused):
        await sign_in(auth, google_id_token(ALICE), nonce=nonce)
    with pytest.raises(SignInFailed):
        await auth.refresh(nonce)
    assert not await auth.user(nonce)
    assert server.seen == []


@pytest.mark.proves("R-26")
@pytest.mark.parametrize(
    "bad",
    [
        "not.a.token",
        google_id_token(ALICE, audience="another app"),
        google_id_token(ALICE, nonce="never sent"),
    ],
)
async def test_a_google_token_that_is_not_ours_fails_with_our_words(
    auth: AuthServer, bad: str
) -> None:
    with pytest.raises(SignInFailed) as failed:
        await sign_in(auth, bad)
    assert failed.value.code == "invalid_google_token"
    assert "another app" not in failed.value.detail
    assert failed.value.__cause__ is None


REFUSALS: list[tuple[Fault, type[OutfitterError], str]] = [
    (refusing(400, "provider_disabled"), NotSetUp, "google_not_enabled"),
    (refusing(422, "signup_disabled"), Forbidden, "signup_disabled"),
    (refusing(403, "user_banned"), Forbidden, "user_banned"),
    (refusing(400, "user_banned"), Forbidden, "user_banned"),
    (refusing(400, "captcha_failed"), SignInFailed, "invalid_google_token"),
    (refusing(422, "validation_failed"), SignInFailed, "invalid_google_token"),
    (refusing(429, "over_request_rate_limit"), TooMany, "sign_in_rate"),
    (refusing(500, "unexpected_failure"), UpstreamFailed, "upstream_failed"),
    (refusing(503, ""), UpstreamFailed, "upstream_failed"),
    (Fault(status=401, body=b'{"message": "bad key"}'), UpstreamFailed, "upstream_failed"),
    (Fault(status=302, headers={"location": "/"}), UpstreamFailed, "upstream_failed"),
    (Fault(status=404, body=b"<html>"), UpstreamFailed, "upstream_failed"),
    (Fault(body=b"<html>"), UpstreamFailed, "upstream_failed"),
    (Fault(body=b"[" * 60_000), UpstreamFailed, "upstream_failed"),
    (Fault(body=b"{}" + b" " * 100_000), UpstreamFailed, "upstream_failed"),
    (Fault(body=b'{"access_token": "a"}'), UpstreamFailed, "upstream_failed"),
    (Fault(body=b"null"), UpstreamFailed, "upstream_failed"),
    (Fault(hang_up=True), UpstreamFailed, "upstream_failed"),
    (
        Fault(status=400, headers={"x-sb-error-code": "provider_disabled"}),
        NotSetUp,
        "google_not_enabled",
    ),
    (
        Fault(status=400, body=b'{"code": 400, "error_code": "provider_disabled", "msg": "m"}'),
        NotSetUp,
        "google_not_enabled",
    ),
]


@pytest.mark.proves("R-26")
@pytest.mark.parametrize(("fault", "error", "code"), REFUSALS)
async def test_each_refusal_of_the_auth_server_has_its_own_answer(
    auth: AuthServer,
    server: AuthServerStandIn,
    fault: Fault,
    error: type[OutfitterError],
    code: str,
) -> None:
    server.faults["/token"] = fault
    with pytest.raises(error) as raised:
        await sign_in(auth, google_id_token(ALICE))
    assert raised.value.code == code
    assert "upstream words" not in str(raised.value)
    assert google_id_token(ALICE) not in repr(raised.value)
    assert len(server.seen) == 1


@pytest.mark.proves("R-26")
@pytest.mark.parametrize(
    ("said", "told"),
    [("7", 7), ("0", 1), ("99999999", 3600), ("soon", 60), ("²", 60), ("-5", 60)],
)
async def test_the_pause_the_auth_server_asks_for_is_passed_on(
    auth: AuthServer, server: AuthServerStandIn, said: str, told: int
) -> None:
    server.faults["/token"] = refusing(429, "over_request_rate_limit", **{"retry-after": said})
    with pytest.raises(TooMany) as raised:
        await auth.refresh("r")
    assert raised.value.retry_after == told


@pytest.mark.parametrize(
    "broken",
    [
        {"user": {"id": "admin"}},
        {"user": {"id": 7}},
        {"user": None},
        {"user": "alice"},
        {"expires_in": "soon"},
        {"expires_in": float("inf")},
        {"access_token": None},
        {"refresh_token": "\ud800"},
        {"user": {"id": "0193f5a4-7c1e-7d3b-9a52-3f6f0c1d2e01", "email": "a\nb"}},
    ],
    ids=[
        "an id that is no UUID",
        "an id that is a number",
        "no user",
        "a user that is a name",
        "a word for seconds",
        "endless seconds",
        "no access token",
        "half a character",
        "an email of two lines",
    ],
)
async def test_a_sign_in_answer_of_another_shape_is_not_passed_on(
    auth: AuthServer, server: AuthServerStandIn, broken: dict[str, object]
) -> None:
    user = {"id": "0193f5a4-7c1e-7d3b-9a52-3f6f0c1d2e01", "email": ALICE}
    sound = {"access_token": "a", "refresh_token": "r", "expires_in": 1, "user": user}
    server.faults["/token"] = Fault(body=json.dumps(sound).encode())
    assert (await sign_in(auth, google_id_token(ALICE))).refresh_token == "r"
    server.faults["/token"] = Fault(body=json.dumps({**sound, **broken}).encode())
    with pytest.raises(UpstreamFailed):
        await sign_in(auth, google_id_token(ALICE))


@pytest.mark.parametrize("user", [{}, {"email": None}, {"email": ""}])
async def test_a_user_may_have_no_email_address(
    auth: AuthServer, server: AuthServerStandIn, user: dict[str, object]
) -> None:
    user = {"id": "0193f5a4-7c1e-7d3b-9a52-3f6f0c1d2e01", **user}
    given = {"access_token": "a", "refresh_token": "r", "expires_in": 1, "user": user}
    server.faults["/token"] = Fault(body=json.dumps(given).encode())
    assert (await sign_in(auth, google_id_token(ALICE))).email is None


async def test_a_refresh_gives_new_tokens_once(auth: AuthServer, server: AuthServerStandIn) -> None:
    first = await sign_in(auth, google_id_token(ALICE))
    second = await auth.refresh(first.refresh_token)
    assert second.user_id == first.user_id
    assert second.refresh_token != first.refresh_token
    with pytest.raises(SignInFailed) as failed:
        await auth.refresh(first.refresh_token)
    assert failed.value.code == "sign_in_ended"
    assert server.count("/token") == 3


@pytest.mark.parametrize("fault", [Fault(status=502), Fault(hang_up=True)])
async def test_a_refresh_is_never_sent_twice(
    auth: AuthServer, server: AuthServerStandIn, fault: Fault
) -> None:
    server.faults["/token"] = fault
    with pytest.raises(UpstreamFailed):
        await auth.refresh("r")
    assert len(server.seen) == 1


async def test_a_banned_user_gets_no_new_tokens(
    auth: AuthServer, server: AuthServerStandIn
) -> None:
    first = await sign_in(auth, google_id_token(ALICE))
    server.banned.add(ALICE)
    with pytest.raises(Forbidden):
        await auth.refresh(first.refresh_token)


@pytest.mark.parametrize("status", [400, 403, 422])
async def test_a_ban_is_told_as_one_with_whatever_status_it_comes(
    auth: AuthServer, server: AuthServerStandIn, status: int
) -> None:
    server.faults["/token"] = refusing(status, "user_banned")
    with pytest.raises(Forbidden) as refused:
        await auth.refresh("r")
    assert refused.value.code == "user_banned"


@pytest.mark.parametrize("status", [400, 422])
async def test_a_refresh_token_that_is_not_taken_ends_the_sign_in(
    auth: AuthServer, server: AuthServerStandIn, status: int
) -> None:
    server.faults["/token"] = refusing(status, "refresh_token_not_found")
    with pytest.raises(SignInFailed):
        await auth.refresh("r")


@pytest.mark.proves("R-34")
async def test_a_fresh_check_sees_sign_out_and_ban(
    auth: AuthServer, server: AuthServerStandIn
) -> None:
    alice = await sign_in(auth, google_id_token(ALICE))
    bob = await sign_in(auth, google_id_token("bob@example.com"))
    assert await auth.user(alice.access_token)
    server.signed_in = {key: email for key, email in server.signed_in.items() if email != ALICE}
    server.banned.add("bob@example.com")
    assert not await auth.user(alice.access_token)
    assert not await auth.user(bob.access_token)
    assert not await auth.user(token(server.signer))
    assert not await auth.user("garbage")


@pytest.mark.proves("R-34")
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"id": ""}', b'{"id": 7}'])
async def test_a_fresh_check_believes_no_answer_without_a_user(
    auth: AuthServer, server: AuthServerStandIn, body: bytes
) -> None:
    signed_in = await sign_in(auth, google_id_token(ALICE))
    server.faults["/user"] = Fault(body=body)
    assert not await auth.user(signed_in.access_token)


@pytest.mark.proves("R-34")
@pytest.mark.parametrize("status", [401, 403])
async def test_a_fresh_check_takes_the_auth_servers_own_no_for_one(
    auth: AuthServer, server: AuthServerStandIn, status: int
) -> None:
    signed_in = await sign_in(auth, google_id_token(ALICE))
    server.faults["/user"] = refusing(status, "session_expired")
    assert not await auth.user(signed_in.access_token)


async def test_a_fresh_check_that_is_not_answered_is_no_answer(
    server: AuthServerStandIn, client: httpx2.AsyncClient, auth: AuthServer
) -> None:
    signed_in = await sign_in(auth, google_id_token(ALICE))
    with pytest.raises(UpstreamFailed):
        await AuthServer(server.url, None, client).user(signed_in.access_token)
    server.faults["/user"] = refusing(429, "over_request_rate_limit")
    with pytest.raises(TooMany):
        await auth.user(signed_in.access_token)


async def test_a_silent_auth_server_is_given_up(
    auth: AuthServer, server: AuthServerStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gotrue, "_SECONDS", 0.1)
    server.faults["/token"] = Fault(silent=True)
    async with asyncio.timeout(2):
        with pytest.raises(UpstreamFailed) as failed:
            await sign_in(auth, google_id_token(ALICE))
    assert failed.value.code == "auth_timeout"


async def test_an_answer_that_is_too_long_leaves_its_connection_to_the_next(
    server: AuthServerStandIn,
) -> None:
    server.faults["/token"] = Fault(body=b" " * 70_000)
    async with httpx2.AsyncClient(limits=httpx2.Limits(max_connections=1)) as client:
        auth = AuthServer(server.url, API_KEY, client)
        for _ in range(2):
            with pytest.raises(UpstreamFailed, match="did not answer as it should"):
                await sign_in(auth, google_id_token(ALICE))


async def test_an_auth_server_that_is_away_is_unavailable(client: httpx2.AsyncClient) -> None:
    with AuthServerStandIn() as server:
        url = server.url
    with pytest.raises(Unavailable) as failed:
        await sign_in(AuthServer(url, API_KEY, client), google_id_token(ALICE))
    assert failed.value.code == "auth_unavailable"


@pytest.mark.proves("R-28")
async def test_no_token_reaches_a_log(
    auth: AuthServer, server: AuthServerStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    opaque = "ya29" + ".opaque"  # in two parts, since a traceback quotes the line
    signed_in = await sign_in(auth, google_id_token(ALICE), opaque)
    await auth.user(signed_in.access_token)
    await auth.refresh(signed_in.refresh_token)
    server.faults["/token"] = Fault(status=500, body=f"refused {opaque}".encode())
    with pytest.raises(UpstreamFailed) as failed:
        await sign_in(auth, google_id_token(ALICE), opaque)
    said = caplog.text + "".join(traceback.format_exception(failed.value))
    assert caplog.records
    tokens = (google_id_token(ALICE), signed_in.access_token, signed_in.refresh_token)
    assert not any(secret in said for secret in (*tokens, opaque, API_KEY, ALICE))


@pytest.mark.proves("R-28")
def test_tokens_stay_out_of_the_representation() -> None:
    text = repr(SignedIn("secret-a", "secret-r", 3600, "id", ALICE))
    assert "secret" not in text
    assert "secret" not in repr(Reply(200, httpx2.Headers(), {"access_token": "secret-a"}))


@pytest.mark.proves("R-22")
def test_an_auth_server_is_reached_encrypted_only(client: httpx2.AsyncClient) -> None:
    with pytest.raises(Refused, match="SUPABASE_URL"):
        AuthServer("http://project.supabase.co", API_KEY, client)
