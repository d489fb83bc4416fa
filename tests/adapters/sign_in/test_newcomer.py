"""Sign-in without an auth server: one key, kept private, believed on this machine only."""

import hashlib
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import LocalKeys
from outfitter.adapters.sign_in.newcomer import ISSUER, NewcomerKey, refuse_newcomer
from outfitter.core.errors import Refused, Unauthenticated
from tokens import ALICE, b64, es256, jwks

HOUR = timedelta(hours=1)


@pytest.mark.proves("R-29")
async def test_its_token_passes_the_same_verifier_as_any(tmp_path: Path) -> None:
    key = NewcomerKey(tmp_path)
    verify = TokenVerifier(LocalKeys(key.jwks()), issuer=ISSUER)
    user = await verify(key.token(ALICE, "you@example.com", lifetime=HOUR))
    assert (user.id, user.email) == (ALICE, "you@example.com")
    assert (await verify(key.token(ALICE, None, lifetime=timedelta(days=7)))).email is None


async def test_its_key_outlives_the_process(tmp_path: Path) -> None:
    token = NewcomerKey(tmp_path / "new").token(ALICE, None, lifetime=HOUR)
    again = NewcomerKey(tmp_path / "new")
    assert (await TokenVerifier(LocalKeys(again.jwks()), issuer=ISSUER)(token)).id == ALICE


@pytest.mark.proves("R-29")
async def test_a_production_service_refuses_its_tokens(tmp_path: Path) -> None:
    token = NewcomerKey(tmp_path).token(ALICE, None, lifetime=HOUR)
    production = LocalKeys(jwks(es256()))
    for issuer in (ISSUER, "https://project.supabase.test/auth/v1"):
        with pytest.raises(Unauthenticated):
            await TokenVerifier(production, issuer=issuer)(token)


async def test_an_expired_token_is_refused(tmp_path: Path) -> None:
    key = NewcomerKey(tmp_path)
    with pytest.raises(Unauthenticated):
        await TokenVerifier(LocalKeys(key.jwks()), issuer=ISSUER)(
            key.token(ALICE, None, lifetime=timedelta(minutes=-1))
        )


def test_no_token_lives_longer_than_a_week(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        NewcomerKey(tmp_path).token(ALICE, None, lifetime=timedelta(days=8))


@pytest.mark.proves("R-45")
def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    NewcomerKey(tmp_path)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "d" not in NewcomerKey(tmp_path).jwks()["keys"][0]


@pytest.mark.proves("R-45")
def test_a_key_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    NewcomerKey(tmp_path)
    (file,) = tmp_path.iterdir()
    file.chmod(0o640)
    with pytest.raises(Refused, match="chmod 600"):
        NewcomerKey(tmp_path)


def _pem(
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, password: bytes | None = None
) -> str:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock).decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not a key",
        "-----BEGIN PRIVATE KEY-----\n",
        _pem(ec.generate_private_key(ec.SECP256R1()), b"locked"),
        _pem(ec.generate_private_key(ec.SECP384R1())),
        _pem(ed25519.Ed25519PrivateKey.generate()),
    ],
    ids=["empty", "text", "cut off", "locked", "another curve", "another kind"],
)
def test_a_broken_key_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "newcomer-key.pem"
    file.touch(mode=0o600)
    file.write_text(content)
    with pytest.raises(Refused, match=r"newcomer-key\.pem"):
        NewcomerKey(tmp_path)


def test_its_key_is_named_by_its_thumbprint(tmp_path: Path) -> None:
    (public,) = NewcomerKey(tmp_path).jwks()["keys"]
    # RFC 7638: the members that make up the key, in the order of the alphabet.
    members = {name: public[name] for name in ("kty", "crv", "x", "y")}
    written = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    assert public["kid"] == b64(hashlib.sha256(written).digest())


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(NewcomerKey, [tmp_path] * 16))
    assert len({key.jwks()["keys"][0]["kid"] for key in made}) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_it_starts_where_only_this_machine_can_reach_it(host: str) -> None:
    refuse_newcomer(host, None)
    refuse_newcomer(host, "")


@pytest.mark.proves("R-29")
@pytest.mark.parametrize(
    ("host", "supabase_url"),
    [
        ("0.0.0.0", None),  # noqa: S104 - the address that must be refused
        ("::", None),
        ("", None),
        ("192.168.1.5", None),
        ("example.com", None),
        ("localhost.example.com", None),
        ("127.0.0.1", "https://project.supabase.co"),
    ],
)
def test_it_does_not_start_where_others_can_reach_it(host: str, supabase_url: str | None) -> None:
    with pytest.raises(Refused, match="SUPABASE_URL"):
        refuse_newcomer(host, supabase_url)
