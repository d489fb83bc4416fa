"""The key set: one fetch for many, new keys in time, old keys through outages."""

import asyncio
import json
import math
from collections.abc import AsyncIterator
from itertools import permutations

import httpx2
import pytest

from clock import Clock
from outfitter.adapters.sign_in.jwks import KeySet, LocalKeys, published_keys
from outfitter.core.errors import Refused, Unavailable
from stand_ins.auth_server import JWKS_PATH, AuthServerStandIn, Fault
from tokens import eddsa, es256, jwks, rs256
from waiting import until


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(
    server: AuthServerStandIn, client: httpx2.AsyncClient, clock: Clock
) -> AsyncIterator[KeySet]:
    made = KeySet(server.url, client, clock=clock)
    yield made
    await made.close()


async def is_known(keys: KeySet, kid: str) -> bool:
    return await keys.key(kid) is not None


async def settle(keys: KeySet, server: AuthServerStandIn, fetches: int) -> None:
    """Wait until the background fetch has come and gone."""
    await until(
        lambda: server.count(JWKS_PATH) >= fetches and not keys._fetching,  # noqa: SLF001
        every=0.005,
    )


@pytest.mark.proves("R-15")
async def test_a_thousand_first_requests_fetch_once(
    keys: KeySet, server: AuthServerStandIn
) -> None:
    before = keys.ready
    found = await asyncio.gather(*(keys.key("stand-in-1") for _ in range(1000)))
    assert all(found)
    assert (before, keys.ready) == (False, True)
    assert server.count(JWKS_PATH) == 1


@pytest.mark.proves("R-16")
async def test_a_flood_of_unknown_keys_fetches_once_per_cool_down(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    clock.now += 29
    assert not any([await is_known(keys, f"random-{i}") for i in range(5000)])
    assert server.count(JWKS_PATH) == 1
    clock.now += 2
    await asyncio.gather(*(keys.key(f"random-{i}") for i in range(500)))
    assert server.count(JWKS_PATH) == 2


@pytest.mark.proves("R-17")
async def test_a_new_key_is_found_with_one_fetch(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    before = keys.generation
    server.publish(rs256("next"), server.signer)
    clock.now += 31
    assert await is_known(keys, "next")
    assert await is_known(keys, "stand-in-1")
    assert server.count(JWKS_PATH) == 2
    assert keys.generation == before + 1


async def test_a_fresh_key_is_served_without_asking_again(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    clock.now += 299
    assert await is_known(keys, "stand-in-1")
    assert server.count(JWKS_PATH) == 1


async def test_an_ageing_key_is_served_while_the_next_set_is_fetched(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    server.publish(es256("other"))
    clock.now += 301
    assert await is_known(keys, "stand-in-1")
    await settle(keys, server, 2)
    assert not await is_known(keys, "stand-in-1")


@pytest.mark.proves("R-20")
async def test_a_revoked_key_is_refused_at_once_when_the_set_is_old(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    server.publish(es256("other"))
    clock.now += 601
    assert not await is_known(keys, "stand-in-1")


@pytest.mark.proves("R-18")
async def test_an_outage_leaves_known_keys_for_an_hour(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    server.faults[JWKS_PATH] = Fault(status=500)
    for _ in range(58):
        clock.now += 61
        assert await is_known(keys, "stand-in-1")
        await settle(keys, server, 1)
    with pytest.raises(Unavailable) as unknown:
        await keys.key("a key that came during the outage")
    assert unknown.value.code == "auth_unavailable"
    clock.now += 120
    with pytest.raises(Unavailable):
        await keys.key("stand-in-1")


@pytest.mark.proves("R-18")
async def test_a_cold_start_without_the_auth_server_is_unavailable_and_recovers(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    server.faults[JWKS_PATH] = Fault(hang_up=True)
    errors = await asyncio.gather(
        *(keys.key("stand-in-1") for _ in range(200)), return_exceptions=True
    )
    assert all(isinstance(error, Unavailable) and error.retry_after == 1 for error in errors)
    assert server.count(JWKS_PATH) == 1
    server.faults.clear()
    clock.now += 1.1
    assert await is_known(keys, "stand-in-1")


async def test_keys_are_loaded_when_they_have_come_once_whatever_comes_after(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    server.faults[JWKS_PATH] = Fault(status=503)
    with pytest.raises(Unavailable) as away:
        await keys.loaded()
    clock.now += away.value.retry_after
    server.faults.clear()
    await keys.loaded()
    server.faults[JWKS_PATH] = Fault(status=503)
    clock.now += 3601
    await keys.loaded()
    assert server.count(JWKS_PATH) == 2


@pytest.mark.proves("R-18")
async def test_pauses_between_failures_grow_to_half_a_minute(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    server.faults[JWKS_PATH] = Fault(status=503)
    pauses = []
    for _ in range(7):
        for _ in range(3):
            with pytest.raises(Unavailable) as refused:
                await keys.key("stand-in-1")
        pauses.append(refused.value.retry_after)
        clock.now += refused.value.retry_after
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert server.count(JWKS_PATH) == 7


SOUND = json.dumps(jwks(es256("another"))).encode()
BROKEN = {
    "redirect": Fault(status=302, body=SOUND, headers={"location": "/auth/v1/user"}),
    "error": Fault(status=500, body=SOUND),
    "page": Fault(body=b"<html>gateway</html>"),
    "half": Fault(body=b'{"keys": ['),
    "bomb": Fault(body=b"[" * 60_000),
    "huge": Fault(body=b" " * 70_000 + SOUND),
    "null": Fault(body=b'{"keys": null}'),
    "list": Fault(body=b"[]"),
    "empty": Fault(body=b'{"keys": []}'),
    "unusable": Fault(body=b'{"keys": [{"kty": "oct", "k": "eA", "kid": "stand-in-1"}, 7, null]}'),
}


@pytest.mark.proves("R-19")
@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
async def test_a_broken_answer_leaves_the_old_keys(
    keys: KeySet, server: AuthServerStandIn, clock: Clock, fault: Fault
) -> None:
    await keys.key("stand-in-1")
    server.faults[JWKS_PATH] = fault
    clock.now += 601
    assert await is_known(keys, "stand-in-1")
    assert [request.path for request in server.seen] == ["/auth/v1" + JWKS_PATH] * 2


@pytest.mark.proves("R-19")
async def test_an_empty_set_is_believed_the_second_time(
    keys: KeySet, server: AuthServerStandIn, clock: Clock
) -> None:
    await keys.key("stand-in-1")
    server.keys = {"keys": []}
    clock.now += 601
    assert await is_known(keys, "stand-in-1")
    clock.now += 601
    assert not await is_known(keys, "stand-in-1")


@pytest.mark.proves("R-21")
@pytest.mark.parametrize("fault", [Fault(silent=True), Fault(dripping=True)], ids=repr)
async def test_a_silent_auth_server_holds_nobody_longer_than_three_seconds(
    keys: KeySet, server: AuthServerStandIn, clock: Clock, fault: Fault
) -> None:
    await keys.key("stand-in-1")
    server.faults[JWKS_PATH] = fault
    clock.now += 601
    async with asyncio.timeout(10):
        assert await is_known(keys, "stand-in-1")
    clock.now += 2
    async with asyncio.timeout(2):
        assert await is_known(keys, "stand-in-1")


async def test_a_client_that_leaves_cancels_nobody_else(
    keys: KeySet, server: AuthServerStandIn
) -> None:
    first = asyncio.create_task(keys.key("stand-in-1"))
    await asyncio.sleep(0)
    second = asyncio.create_task(keys.key("stand-in-1"))
    await asyncio.sleep(0)
    first.cancel()
    assert await second
    assert server.count(JWKS_PATH) == 1


async def test_warming_up_waits_for_nothing(keys: KeySet, server: AuthServerStandIn) -> None:
    keys.warm()
    keys.warm()
    before = keys.ready
    await settle(keys, server, 1)
    assert (before, keys.ready) == (False, True)


@pytest.mark.proves("R-22")
@pytest.mark.parametrize(
    "url",
    [
        "http://project.supabase.co",
        "http://localhost.evil.test",
        "ftp://127.0.0.1",
        "https://user:pass@project.supabase.co",
        "https://",
        "http://[",
        "project.supabase.co",
        "",
    ],
)
def test_tokens_travel_encrypted_or_not_at_all(url: str) -> None:
    with pytest.raises(Refused, match="SUPABASE_URL"):
        KeySet(url, httpx2.AsyncClient())


async def test_keys_of_this_process_need_no_server() -> None:
    signer = es256("own")
    keys = LocalKeys(jwks(signer))
    assert await keys.key("own")
    assert await keys.key("other") is None


@pytest.mark.proves("R-3")
def test_every_kind_of_key_is_read_in_any_order() -> None:
    for order in permutations([es256(), rs256(), eddsa()]):
        assert set(published_keys(jwks(*order))) == {"ec-1", "rsa-1", "ed-1"}


def changed(**changes: object) -> dict[str, object]:
    return {**es256("bad").jwk, **changes}


HOSTILE: dict[str, object] = {
    "off the curve": changed(y=es256().jwk["y"]),
    "another curve": changed(crv="P-384"),
    "another type": changed(kty="OKP"),
    "listy type": changed(kty=["EC"]),
    "another algorithm": changed(alg="HS256"),
    "private half": changed(d="AQAB"),
    "for encryption": changed(use="enc"),
    "for signing": changed(key_ops=["sign"]),
    "no operations": changed(key_ops=None),
    "numeric id": changed(kid=7),
    "empty id": changed(kid=""),
    "no point": changed(x=None),
    "short rsa": rs256("bad", bits=1024).jwk,
    "exponent one": {**rs256("bad").jwk, "e": "AQ"},
    "shared secret": {"kty": "oct", "k": "c2VjcmV0", "kid": "bad", "alg": "HS256"},
    "short ed25519": {**eddsa("bad").jwk, "x": "AQAB"},
    "a number": math.pi,
}


@pytest.mark.parametrize("entry", HOSTILE.values(), ids=HOSTILE)
def test_an_unusable_key_is_passed_over(entry: object) -> None:
    good = es256("good")
    assert set(published_keys({"keys": [entry, good.jwk]})) == {"good"}


def test_the_first_of_two_keys_with_one_id_counts() -> None:
    first, second = es256("twin"), es256("twin")
    assert published_keys(jwks(first, second)) == published_keys(jwks(first))


def test_no_more_than_sixteen_keys_are_read() -> None:
    signers = [eddsa(f"key-{at}") for at in range(17)]
    assert set(published_keys(jwks(*signers))) == {f"key-{at}" for at in range(16)}
