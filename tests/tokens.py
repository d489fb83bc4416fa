"""Mints tokens with real keys, sound ones and broken ones, without the library under test."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALICE = "0193f5a4-7c1e-7d3b-9a52-3f6f0c1d2e01"
BOB = "0193f5a4-7c1e-7d3b-9a52-3f6f0c1d2e02"
ISSUER = "https://project.supabase.test/auth/v1"


class _Gone:
    """Stands for a claim or member that is left out."""

    def __repr__(self) -> str:
        return "gone"


GONE: object = _Gone()


@dataclass(frozen=True)
class Signer:
    """A key pair: `jwk` is its public half, `sign` gives a raw JWS signature."""

    kid: str
    algorithm: str
    jwk: dict[str, Any]
    sign: Callable[[bytes], bytes]
    public: Any = None


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def es256(kid: str = "ec-1") -> Signer:
    """A fresh P-256 key."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(data: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    jwk = {"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}
    return _signer(kid, "ES256", jwk, sign, public)


def rs256(kid: str = "rsa-1", bits: int = 2048) -> Signer:
    """A fresh RSA key."""
    private = rsa.generate_private_key(65537, bits)
    numbers = private.public_key().public_numbers()

    def sign(data: bytes) -> bytes:
        return private.sign(data, padding.PKCS1v15(), SHA256())

    jwk = {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    return _signer(kid, "RS256", jwk, sign, private.public_key())


def eddsa(kid: str = "ed-1") -> Signer:
    """A fresh Ed25519 key."""
    private = ed25519.Ed25519PrivateKey.generate()
    public = private.public_key()
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": b64(public.public_bytes_raw())}
    return _signer(kid, "EdDSA", jwk, private.sign, public)


def hs256(secret: str | bytes, kid: str = "") -> Signer:
    """A shared secret, as legacy projects use it."""
    raw = secret.encode() if isinstance(secret, str) else secret

    def sign(data: bytes) -> bytes:
        return hmac.new(raw, data, hashlib.sha256).digest()

    return Signer(kid, "HS256", {}, sign)


def _signer(
    kid: str, algorithm: str, jwk: dict[str, Any], sign: Callable[[bytes], bytes], public: object
) -> Signer:
    listed = {"kid": kid, "alg": algorithm, "use": "sig", "key_ops": ["verify"]}
    return Signer(kid, algorithm, {**jwk, **listed}, sign, public)


def jwks(*signers: Signer) -> dict[str, Any]:
    """The key set that lists some signers."""
    return {"keys": [signer.jwk for signer in signers]}


def claims(**changes: object) -> dict[str, Any]:
    """Alice's claims as Supabase writes them; a change to GONE leaves the claim out."""
    now = int(time.time())
    whole = {
        "iss": ISSUER,
        "aud": "authenticated",
        "sub": ALICE,
        "iat": now,
        "exp": now + 3600,
        "email": "alice@example.com",
        "phone": "",
        "role": "authenticated",
        "aal": "aal1",
        "session_id": "5d1d9b0e-62f1-4a1c-9f5e-0d8c0c9f7a11",
        "is_anonymous": False,
        "app_metadata": {"provider": "google"},
        "user_metadata": {"role": "service_role"},
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not GONE}


def header(signer: Signer, **changes: object) -> dict[str, Any]:
    """The header a signer writes; a change to GONE leaves the member out."""
    whole = {"alg": signer.algorithm, "typ": "JWT", "kid": signer.kid or GONE, **changes}
    return {name: value for name, value in whole.items() if value is not GONE}


def raw(signer: Signer, head: bytes, payload: bytes) -> str:
    """A token with a true signature over any bytes."""
    signing_input = f"{b64(head)}.{b64(payload)}"
    return f"{signing_input}.{b64(signer.sign(signing_input.encode()))}"


def token(signer: Signer, head: Mapping[str, object] | None = None, /, **changes: object) -> str:
    """A token of Alice's, with the changes to its header and claims."""
    first = json.dumps(header(signer, **(head or {}))).encode()
    return raw(signer, first, json.dumps(claims(**changes)).encode())


def google_id_token(email: str, *, audience: str = "client-1", nonce: str | None = None) -> str:
    """What the stand-in of the auth server takes for an ID token of Google."""
    payload = {"iss": "https://accounts.google.com", "aud": audience, "email": email}
    if nonce is not None:
        payload["nonce"] = hashlib.sha256(nonce.encode()).hexdigest()
    return ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "RS256"}, payload, "x"))
