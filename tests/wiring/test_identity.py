"""How users are known, as the settings say."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.core.errors import Forbidden, Unauthenticated
from outfitter.settings import Settings
from outfitter.wiring import parts
from outfitter.wiring.identity import identity
from stand_ins.auth_server import AuthServerStandIn
from tokens import hs256, token

_ELSEWHERE = "https://auth.example.org"


@pytest.fixture
def auth() -> Iterator[AuthServerStandIn]:
    """The auth server."""
    with AuthServerStandIn() as server:
        yield server


@asynccontextmanager
async def verifying(auth: AuthServerStandIn, **settings: Any) -> AsyncIterator[TokenVerifier]:  # noqa: ANN401
    """What verifies tokens under these settings."""
    given = Settings(_env_file=None, **{"supabase_url": auth.url, **settings})
    # Nobody asks it.
    database = Database("postgresql://outfitter_api@127.0.0.1:1/outfitter")
    async with AsyncExitStack() as ending:
        yield (await identity(given, database, ending)).verifier


async def test_an_address_may_end_with_a_slash(auth: AuthServerStandIn) -> None:
    async with verifying(auth, supabase_url=f"{auth.url}/") as verify:
        assert await verify(token(auth.signer, iss=auth.issuer))


@pytest.mark.parametrize(
    ("settings", "claims", "error"),
    [
        ({"supabase_issuer": _ELSEWHERE}, {"iss": _ELSEWHERE}, Unauthenticated),
        ({"allow_anonymous": True}, {"is_anonymous": True}, Forbidden),
    ],
)
async def test_a_setting_lets_in_whom_its_absence_keeps_out(
    auth: AuthServerStandIn,
    settings: dict[str, Any],
    claims: dict[str, Any],
    error: type[Exception],
) -> None:
    given = token(auth.signer, **{"iss": auth.issuer, **claims})
    async with verifying(auth) as verify:
        with pytest.raises(error):
            await verify(given)
    async with verifying(auth, **settings) as verify:
        assert await verify(given)


async def test_a_second_factor_is_asked_for_where_it_is_set(auth: AuthServerStandIn) -> None:
    one, two = (token(auth.signer, iss=auth.issuer, aal=level) for level in ("aal1", "aal2"))
    async with verifying(auth) as verify:
        assert await verify(one)
    async with verifying(auth, require_aal2=True) as verify:
        assert await verify(two)
        with pytest.raises(Forbidden):
            await verify(one)


async def test_a_shared_secret_verifies_where_it_is_set(auth: AuthServerStandIn) -> None:
    secret = "a-legacy-secret-of-32-characters-"
    legacy = token(hs256(secret), iss=auth.issuer)
    async with verifying(auth, supabase_jwt_secret=secret) as verify:
        assert await verify(legacy)
    async with verifying(auth) as verify:
        with pytest.raises(Unauthenticated):
            await verify(legacy)


async def test_a_proxy_of_the_machine_is_not_asked_for_keys(
    auth: AuthServerStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with verifying(auth) as verify:
        assert await verify(token(auth.signer, iss=auth.issuer))


def test_without_keys_of_its_own_a_service_with_an_auth_server_seals_nothing(
    auth: AuthServerStandIn, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    assert parts.vault(settings) is not None
    assert parts.vault(settings.model_copy(update={"supabase_url": auth.url})) is None
