"""Sign-in without an auth server: this process signs tokens for the one person at its machine."""

import hashlib
import ipaddress
import json
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jose import jwk, jwt

from outfitter.adapters import base64url
from outfitter.adapters.files.own_secrets import kept
from outfitter.core.errors import Refused

ISSUER = "urn:outfitter:newcomer"
SIGNING_KEY = "newcomer-key.pem"
_LONGEST_LIFE = timedelta(days=7)


def refuse_newcomer(host: str, supabase_url: str | None, *, closed: bool = False) -> None:
    """Raise Refused unless nobody but this machine can reach a service without sign-in.

    `closed` says that a proxy alone reaches the host.
    """
    if supabase_url:
        raise Refused("SUPABASE_URL is set, so its auth server signs the tokens, not this service.")
    if not closed and not _is_loopback(host):
        raise Refused(
            "Without SUPABASE_URL everybody who reaches the service could be anybody: "
            "set SUPABASE_URL, or HOST=127.0.0.1."
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class NewcomerKey:
    """The signing key of one data directory: made at the first use, readable by its owner only."""

    def __init__(self, data_dir: Path) -> None:
        self._key = _private_key(data_dir / SIGNING_KEY)
        self._public = _public_jwk(self._key)

    def jwks(self) -> dict[str, Any]:
        """The key set that verifies this key's tokens."""
        return {"keys": [self._public]}

    def token(self, user_id: str, email: str | None, *, lifetime: timedelta) -> str:
        """An access token like the auth server's, for a while."""
        if lifetime > _LONGEST_LIFE:
            raise Refused("A token lives seven days at most.")
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": "authenticated",
            "sub": user_id,
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
            "email": email or "",
            "role": "authenticated",
            "aal": "aal1",
            "session_id": str(uuid4()),
            "is_anonymous": False,
        }
        headers = {"kid": self._public["kid"]}
        return str(jwt.encode(claims, self._key, algorithm="ES256", headers=headers))


def _private_key(path: Path) -> Any:  # noqa: ANN401 - no types in jose
    text = kept(path, _fresh_key)
    with suppress(TypeError, ValueError, UnsupportedAlgorithm):
        key = load_pem_private_key(text.encode(), password=None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
            return jwk.construct(key, "ES256")
    raise Refused(f"{path} holds no signing key; delete it, and a new one is made.")


def _fresh_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public_jwk(key: Any) -> dict[str, str]:  # noqa: ANN401 - no types in jose
    material = key.public_key().to_dict()
    # The id is the key's thumbprint (RFC 7638), so a new key can never be taken for the old one.
    canonical = {member: material[member] for member in ("crv", "kty", "x", "y")}
    digest = hashlib.sha256(json.dumps(canonical, separators=(",", ":")).encode()).digest()
    return {**canonical, "kid": base64url.encoded(digest), "alg": "ES256", "use": "sig"}
