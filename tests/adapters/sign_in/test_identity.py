"""The token verifier: who gets in, and that nothing else does."""

import asyncio
import time
from itertools import permutations

import pytest

from outfitter.adapters.sign_in import identity
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import LocalKeys, PublicKey
from outfitter.core.errors import Forbidden, Refused, Unauthenticated, Unavailable
from outfitter.core.user import User
from tokens import ALICE, GONE, ISSUER, Signer, eddsa, es256, hs256, jwks, rs256, token

EC, RSA, ED = es256(), rs256(), eddsa()
SECRET = "super-secret-jwt-token-with-at-least-32-characters"


def verifier(*, allow_anonymous: bool = False, require_aal2: bool = False) -> TokenVerifier:
    return TokenVerifier(
        LocalKeys(jwks(EC, RSA, ED)),
        issuer=ISSUER,
        allow_anonymous=allow_anonymous,
        require_aal2=require_aal2,
    )


class CountingKeys:
    """Keys that count how often they are asked for, and can be away."""

    def __init__(self) -> None:
        self.asked = 0
        self.generation = 0
        self.away = False
        self.kept = LocalKeys(jwks(EC))

    async def key(self, kid: str) -> PublicKey | None:
        """The key of an id, unless the keys are away."""
        self.asked += 1
        if self.away:
            raise Unavailable("away", retry_after=4)
        return await self.kept.key(kid)


@pytest.mark.proves("R-2")
@pytest.mark.parametrize("signer", [EC, RSA, ED], ids=["ES256", "RS256", "EdDSA"])
async def test_a_sound_token_names_its_user(signer: Signer) -> None:
    now = int(time.time())
    user = await verifier()(token(signer, iat=now))
    assert user == User(ALICE, "alice@example.com", now)


@pytest.mark.proves("R-3")
async def test_mixed_key_types_verify_in_every_order() -> None:
    for order in permutations([EC, RSA, ED]):
        verify = TokenVerifier(LocalKeys(jwks(*order)), issuer=ISSUER)
        for signer in order:
            assert (await verify(token(signer))).id == ALICE


@pytest.mark.proves("R-2")
@pytest.mark.parametrize(
    "changes",
    [
        {"aud": ["authenticated"]},
        {"aud": ["other", "authenticated"]},
        {"is_anonymous": GONE},
        {"session_id": GONE},
        {"client_id": None},
    ],
    ids=[
        "an audience in a list",
        "one of several audiences",
        "no word on anonymity",
        "no session",
        "no client",
    ],
)
async def test_what_supabase_may_write_is_accepted(changes: dict[str, object]) -> None:
    assert (await verifier()(token(EC, **changes))).id == ALICE


@pytest.mark.proves("R-7")
@pytest.mark.parametrize(("claim", "seconds"), [("nbf", 55), ("iat", 55), ("exp", -7)])
async def test_clocks_may_differ_a_little(claim: str, seconds: int) -> None:
    verify = TokenVerifier(LocalKeys(jwks(EC)), issuer=ISSUER)
    changes: dict[str, object] = {claim: int(time.time()) + seconds}

    assert (await verify(token(EC, **changes))).id == ALICE


@pytest.mark.proves("R-7")
@pytest.mark.parametrize(("claim", "seconds"), [("nbf", 65), ("iat", 65), ("exp", -12)])
async def test_clocks_may_not_differ_more(claim: str, seconds: int) -> None:
    changes: dict[str, object] = {claim: int(time.time()) + seconds}

    with pytest.raises(Unauthenticated):
        await verifier()(token(EC, **changes))


@pytest.mark.proves("R-7")
async def test_a_token_lives_seven_days_at_most() -> None:
    now, week = int(time.time()), 7 * 24 * 3600
    assert await verifier()(token(EC, iat=now, exp=now + week))
    with pytest.raises(Unauthenticated):
        await verifier()(token(EC, iat=now, exp=now + week + 1))


async def test_the_type_of_an_oauth_access_token_is_accepted() -> None:
    assert await verifier()(token(EC, {"typ": "at+jwt"}))
    assert await verifier()(token(EC, {"typ": GONE}))


@pytest.mark.proves("R-14")
@pytest.mark.parametrize(
    "email", ["\ud800@x", "a\x00b", "a" * 400, "", None, 7, ["a@b"], "a\nb@c.d"]
)
async def test_an_email_that_cannot_be_shown_is_none(email: object) -> None:
    assert (await verifier()(token(EC, email=email))).email is None


@pytest.mark.proves("R-14")
@pytest.mark.parametrize("odd", ["not a uuid", 7, {}, "\ud800"])
async def test_an_odd_sign_in_session_locks_nobody_out(odd: object) -> None:
    assert (await verifier()(token(EC, session_id=odd))).id == ALICE


@pytest.mark.proves("R-8")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "anon"}, "insufficient_role"),
        ({"role": "service_role"}, "insufficient_role"),
        ({"role": GONE}, "insufficient_role"),
        ({"role": ["authenticated"]}, "insufficient_role"),
        ({"is_anonymous": True}, "anonymous_user"),
        ({"is_anonymous": "true"}, "anonymous_user"),
        ({"client_id": "another app"}, "third_party_token"),
        ({"client_id": ""}, "third_party_token"),
    ],
)
async def test_a_sound_token_without_the_right_is_forbidden(
    changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Forbidden) as refused:
        await verifier()(token(EC, **changes))
    assert refused.value.code == code


@pytest.mark.proves("R-8")
async def test_anonymous_users_come_in_when_the_operator_says_so() -> None:
    assert await verifier(allow_anonymous=True)(token(EC, is_anonymous=True))


@pytest.mark.proves("R-8")
@pytest.mark.parametrize("level", ["aal1", None, ["aal2"], "AAL2"])
async def test_a_second_factor_is_asked_for_when_the_operator_says_so(level: object) -> None:
    with pytest.raises(Forbidden) as refused:
        await verifier(require_aal2=True)(token(EC, aal=level))
    assert refused.value.code == "insufficient_aal"
    assert await verifier(require_aal2=True)(token(EC, aal="aal2"))


@pytest.mark.proves("R-4")
async def test_the_legacy_secret_works_only_where_it_is_set() -> None:
    legacy = token(hs256(SECRET))
    with pytest.raises(Unauthenticated):
        await verifier()(legacy)
    both = TokenVerifier(LocalKeys(jwks(EC)), issuer=ISSUER, hs256_secret=SECRET)
    assert (await both(legacy)).id == ALICE
    assert (await both(token(EC))).id == ALICE
    with pytest.raises(Unauthenticated):
        await both(token(hs256(SECRET + "!")))


async def test_the_legacy_secret_never_asks_the_key_set() -> None:
    keys = CountingKeys()
    keys.away = True
    verify = TokenVerifier(keys, issuer=ISSUER, hs256_secret=SECRET)
    assert await verify(token(hs256(SECRET, kid="ec-1")))
    assert keys.asked == 0


@pytest.mark.parametrize("secret", ["", "changeme", "x" * 31])
def test_a_short_legacy_secret_stops_the_start(secret: str) -> None:
    with pytest.raises(Refused, match="SUPABASE_JWT_SECRET") as refused:
        TokenVerifier(LocalKeys(jwks(EC)), issuer=ISSUER, hs256_secret=secret)
    assert "changeme" not in refused.value.detail


@pytest.mark.proves("R-18")
async def test_keys_that_are_away_are_no_reason_to_sign_out() -> None:
    keys = CountingKeys()
    keys.away = True
    with pytest.raises(Unavailable) as away:
        await TokenVerifier(keys, issuer=ISSUER)(token(EC))
    assert away.value.retry_after == 4


@pytest.mark.proves("R-9")
async def test_garbage_never_asks_the_key_set() -> None:
    keys = CountingKeys()
    verify = TokenVerifier(keys, issuer=ISSUER)
    headers: list[dict[str, object]] = [{"crit": ["x"]}, {"kid": GONE}, {"kid": "k" * 129}]
    for garbage in ("", "a.b.c", *(token(EC, head) for head in headers)):
        with pytest.raises(Unauthenticated):
            await verify(garbage)
    assert keys.asked == 0


@pytest.mark.proves("R-12")
async def test_a_token_is_verified_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, known = CountingKeys(), token(EC)
    verify = TokenVerifier(keys, issuer=ISSUER)
    assert not verify.knows(known)
    assert await verify(known) == await verify(known)
    assert keys.asked == 1
    assert verify.knows(known)
    monkeypatch.setattr(identity, "_now", lambda: time.time() + 61)
    await verify(known)
    assert keys.asked == 2


@pytest.mark.proves("R-12", "R-20")
async def test_a_remembered_token_ends_with_its_life_or_its_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys, now = CountingKeys(), int(time.time())
    verify = TokenVerifier(keys, issuer=ISSUER)
    short, long = token(EC, exp=now + 30), token(EC)
    assert await verify(short)
    assert await verify(long)
    monkeypatch.setattr(identity, "_now", lambda: now + 41.0)
    with pytest.raises(Unauthenticated):
        await verify(short)
    assert await verify(long)
    keys.kept, keys.generation = LocalKeys(jwks(RSA)), 1
    with pytest.raises(Unauthenticated):
        await verify(long)


@pytest.mark.proves("R-12")
async def test_remembered_tokens_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert identity._REMEMBERED <= 4096  # noqa: SLF001 - so many are still a few megabytes
    monkeypatch.setattr(identity, "_REMEMBERED", 10)
    keys = CountingKeys()
    verify = TokenVerifier(keys, issuer=ISSUER)
    known = [token(EC, jti=str(i)) for i in range(30)]
    for each in known:
        await verify(each)
    assert len(verify._remembered._verified) == 10  # noqa: SLF001 - the bound is what matters
    await verify(known[-1])
    assert keys.asked == 30
    await verify(known[0])
    assert keys.asked == 31


@pytest.mark.proves("R-12")
async def test_a_token_that_goes_on_being_used_is_not_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identity, "_REMEMBERED", 2)
    verify = TokenVerifier(CountingKeys(), issuer=ISSUER)
    busy, idle, new = (token(EC, jti=str(i)) for i in range(3))
    for each in (busy, idle, busy, new):
        await verify(each)
    assert [verify.knows(each) for each in (busy, idle, new)] == [True, False, True]


@pytest.mark.proves("R-12")
async def test_a_revocation_during_verification_is_not_remembered() -> None:
    class ChangingKeys(CountingKeys):
        async def key(self, kid: str) -> PublicKey | None:
            """The key of an id, in a set that has just changed."""
            self.generation += 1
            return await super().key(kid)

    keys, known = ChangingKeys(), token(EC)
    verify = TokenVerifier(keys, issuer=ISSUER)
    await asyncio.gather(*(verify(known) for _ in range(5)))
    keys.generation += 1
    asked = keys.asked
    await verify(known)
    assert keys.asked == asked + 1
