"""Tokens as they arrive over HTTP: keys that change, keys that are away, and mutations."""

import random
import string
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import httpx2
import pytest

from api import Api, running_api
from outfitter.adapters.sign_in import jwks
from outfitter.cli.database import Urls
from stand_ins.auth_server import JWKS_PATH, AuthServerStandIn, Fault
from tokens import eddsa, es256, rs256, token

ES, RS, ED = es256(), rs256(), eddsa()
MUTATIONS, ADDRESSES = 300, 6


@pytest.fixture
def auth(monkeypatch: pytest.MonkeyPatch) -> Iterator[AuthServerStandIn]:
    """The auth server; a new key may be asked for at once instead of half a minute later."""
    monkeypatch.setattr(jwks, "COOL_DOWN", 0)
    with AuthServerStandIn() as server:
        server.publish(ES)
        yield server


@pytest.fixture
async def api(api_url: str, database_url: str, auth: AuthServerStandIn) -> AsyncIterator[Api]:
    """The service with an empty catalogue."""
    async with running_api(auth, Urls(api_url, database_url)) as running:
        yield running


async def _asks(api: Api, given: str) -> httpx2.Response:
    return await api.client.get("/api/agents", headers={"Authorization": f"Bearer {given}"})


@pytest.mark.proves("R-3", "R-17", "R-20")
async def test_keys_of_other_types_come_and_go_while_it_runs(
    api: Api, auth: AuthServerStandIn
) -> None:
    first, second, third = (token(signer, iss=auth.issuer) for signer in (ES, RS, ED))
    found = []
    for published in ([ES], [RS, ES], [ED, RS]):
        auth.publish(*published)
        newest_first = (third, second, first)
        found.append([(await _asks(api, one)).status_code for one in newest_first])

    assert found == [[401, 401, 200], [401, 200, 200], [200, 200, 401]]


@pytest.mark.proves("R-18")
async def test_a_sound_token_is_never_called_wrong_while_keys_are_away(
    api_url: str, database_url: str, auth: AuthServerStandIn
) -> None:
    known, other = token(ES, iss=auth.issuer), token(RS, iss=auth.issuer)
    auth.faults[JWKS_PATH] = Fault(status=503)
    async with running_api(auth, Urls(api_url, database_url)) as api:
        cold = [await _asks(api, one) for one in (known, other, known)]
        alive = (await api.client.get("/healthz")).status_code
        ready = (await api.client.get("/readyz")).status_code
    del auth.faults[JWKS_PATH]
    async with running_api(auth, Urls(api_url, database_url)) as api:
        before = (await _asks(api, known)).status_code
        auth.faults[JWKS_PATH] = Fault(hang_up=True)
        warm = await _asks(api, other)
        still = (await _asks(api, known)).status_code

    for answer in (*cold, warm):
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.json()["code"] == "auth_unavailable"
        assert "www-authenticate" not in answer.headers
    assert (alive, ready) == (200, 503)
    assert before == still == 200


@pytest.mark.proves("R-11")
async def test_mutations_that_travel_over_http_are_refused_in_the_same_words(
    api: Api, auth: AuthServerStandIn
) -> None:
    dice = random.Random(20261124)  # noqa: S311 - seeded, so that a failure comes again
    good = token(ES, iss=auth.issuer)
    said = set()
    async with AsyncExitStack() as ending:
        # So many refused tokens are heard from several addresses only.
        clients = [await ending.enter_async_context(_from(n, api)) for n in range(2, 2 + ADDRESSES)]
        for n in range(MUTATIONS):
            said |= await _said_to(clients[n % ADDRESSES], _mutated(good, dice), good)

    assert {(status, code) for status, code, _ in said} == {(401, "unauthenticated")}
    assert len(said) == 1
    assert (await _asks(api, good)).status_code == 200


def _from(host: int, api: Api) -> httpx2.AsyncClient:
    """A client with an address of its own on this machine."""
    transport = httpx2.AsyncHTTPTransport(local_address=f"127.0.0.{host}")
    return httpx2.AsyncClient(base_url=api.url, transport=transport, trust_env=False)


def _mutated(good: str, dice: random.Random) -> str:
    letters = list(good)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(letters))
        letters[at] = dice.choice([*string.printable[:94], letters[at] * 2, "", "\xe9"])
    return "".join(letters)


async def _said_to(client: httpx2.AsyncClient, attack: str, good: str) -> set[tuple[int, str, str]]:
    """How the attack was refused; nothing if it is the good token again."""
    if attack == good:
        return set()
    header = b"Bearer " + attack.encode("latin-1")
    answer = await client.get("/api/agents", headers=[(b"Authorization", header)])
    return {(answer.status_code, answer.json()["code"], answer.json()["detail"])}
