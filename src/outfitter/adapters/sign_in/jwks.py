"""The public keys that sign access tokens: read from a JWKS, and kept through outages."""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx2
import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jose import jwk
from jose.backends.base import Key
from jose.backends.cryptography_backend import CryptographyECKey
from jose.utils import base64url_decode

from outfitter.adapters.sign_in.exchange import exchange, safe_url
from outfitter.core.errors import Unavailable

_log = structlog.get_logger(__name__)

# Supabase's edge adds 10 minutes, and it promises keys 20 minutes before their first use.
FRESH, OLD, DEAD = 300.0, 600.0, 3600.0
COOL_DOWN = 30.0
_FETCH_SECONDS = 3.0
_LONGEST_PAUSE = 30.0
_MOST_KEYS = 16
_SMALLEST_RSA = 2048
_PATH = "/auth/v1/.well-known/jwks.json"

_MEMBERS = {"ES256": ("kty", "crv", "x", "y"), "RS256": ("kty", "n", "e"), "EdDSA": ("x",)}
_KINDS: dict[tuple[object, object], str] = {
    ("EC", "P-256"): "ES256",
    ("RSA", None): "RS256",
    ("OKP", "Ed25519"): "EdDSA",
}

if jwk.get_key("ES256") is not CryptographyECKey:
    raise ImportError("python-jose must verify signatures with the cryptography package.")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key that can verify: equal to another when its id, algorithm and material are."""

    kid: str
    algorithm: str
    material: tuple[str, ...]
    prepared: Any = field(compare=False, repr=False)


class _Ed25519Key(Key):  # type: ignore[misc]  # python-jose has no types
    """The one kind of key that Supabase may sign with and python-jose does not know."""

    def __init__(self, x: str) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(base64url_decode(x.encode()))

    def verify(self, msg: bytes, sig: bytes) -> bool:
        try:
            self._key.verify(sig, msg)
        except InvalidSignature:
            return False
        return True


def published_keys(document: object) -> dict[str, PublicKey]:
    """The usable keys of a JWKS document by id; anything else in it is passed over."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise TypeError("A key set is an object with a list of keys.")
    keys: dict[str, PublicKey] = {}
    for entry in listed[:_MOST_KEYS]:
        key = _usable(entry)
        if key is not None:
            keys.setdefault(key.kid, key)
    return keys


def _usable(entry: object) -> PublicKey | None:
    if not isinstance(entry, dict) or not _is_for_verifying(entry):
        return None
    try:
        algorithm = _KINDS[entry.get("kty"), entry.get("crv")]
        material = {member: str(entry[member]) for member in _MEMBERS[algorithm]}
        prepared = _prepared(algorithm, material)
    except Exception:  # noqa: BLE001 - one broken key must not take the others with it
        return None
    if entry.get("alg", algorithm) != algorithm:
        return None
    return PublicKey(entry["kid"], algorithm, tuple(material.values()), prepared)


def _is_for_verifying(entry: dict[str, Any]) -> bool:
    kid, operations = entry.get("kid"), entry.get("key_ops", ["verify"])
    return (
        isinstance(kid, str)
        and kid != ""
        and "d" not in entry
        and entry.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
    )


def _prepared(algorithm: str, material: dict[str, str]) -> Any:  # noqa: ANN401 - no types in jose
    if algorithm == "EdDSA":
        return _Ed25519Key(material["x"])
    key = jwk.construct(material, algorithm)
    if algorithm == "RS256" and key.prepared_key.key_size < _SMALLEST_RSA:
        raise ValueError("An RSA key this short can be broken.")
    return key


class LocalKeys:
    """A key set that this process itself published."""

    generation = 0

    def __init__(self, document: dict[str, Any]) -> None:
        self._keys = published_keys(document)

    async def key(self, kid: str) -> PublicKey | None:
        """The key of an id, if it is one of ours."""
        return self._keys.get(kid)

    async def loaded(self) -> None:
        """Return at once: they are always there."""


class KeySet:
    """The keys of a Supabase project: one request at a time fetches, old keys serve when it cannot.

    `generation` grows with each change of the set; `ready` says that keys have come once.
    """

    def __init__(
        self,
        url: str,
        client: httpx2.AsyncClient,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.generation = 0
        self._url = safe_url(url) + _PATH
        self._client = client
        self._clock = clock
        self._keys: dict[str, PublicKey] = {}
        self._fetched_at = -math.inf
        self._retry_at = -math.inf
        self._failures = 0
        self._was_empty = False
        self._fetching: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether the auth server has answered at least once."""
        return self._fetched_at > -math.inf

    @property
    def age(self) -> float:
        """Seconds since the auth server last answered; infinite before it did."""
        return self._clock() - self._fetched_at

    @property
    def kids(self) -> tuple[str, ...]:
        """The ids of the keys that are known now."""
        return tuple(sorted(self._keys))

    async def key(self, kid: str) -> PublicKey | None:
        """The key of an id, None if there is none; Unavailable when that cannot be told."""
        age = self.age
        if age > FRESH:
            self.warm()
        if self._must_wait(kid, age):
            await self._fetched()
        if self.age > DEAD or (kid not in self._keys and self._failures):
            raise self._away()
        return self._keys.get(kid)

    async def loaded(self) -> None:
        """Return once keys have come, at the latest after one try; Unavailable if none have."""
        if not self.ready:
            await self._fetched()
        if not self.ready:
            raise self._away()

    def warm(self) -> None:
        """Start fetching in the background, unless it is under way or was just tried in vain."""
        if self._fetching is None and self._clock() >= self._retry_at:
            self._fetching = asyncio.create_task(self._fetch())

    async def close(self) -> None:
        """Stop what is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _must_wait(self, kid: str, age: float) -> bool:
        if kid not in self._keys:
            return age > COOL_DOWN
        # During an outage only the first request waits; the next ones take the old key at once.
        return age > DEAD or (age > OLD and not self._failures)

    def _away(self) -> Unavailable:
        return Unavailable(
            "The auth server cannot be reached, so no sign-in can be checked.",
            code="auth_unavailable",
            retry_after=max(1, math.ceil(self._retry_at - self._clock())),
        )

    async def _fetched(self) -> None:
        self.warm()
        if self._fetching is not None:
            # A client that goes away must not cancel what others wait for.
            await asyncio.shield(self._fetching)

    async def _fetch(self) -> None:
        try:
            self._learn(await self._download())
        except Exception as error:  # noqa: BLE001 - whatever went wrong, old keys keep serving
            self._failures += 1
            pause = min(2.0 ** (self._failures - 1), _LONGEST_PAUSE)
            self._retry_at = self._clock() + pause
            _log.warning("jwks_fetch_failed", error=type(error).__name__, retry_in=pause)
        finally:
            self._fetching = None

    async def _download(self) -> dict[str, PublicKey]:
        request = self._client.build_request(
            "GET", self._url, headers={"Accept-Encoding": "identity"}, timeout=_FETCH_SECONDS
        )
        reply = await exchange(self._client, request, _FETCH_SECONDS)
        if reply.status != HTTPStatus.OK:
            raise ValueError("A key set comes with status 200.")
        return published_keys(reply.document)

    def _learn(self, keys: dict[str, PublicKey]) -> None:
        self._failures, self._fetched_at = 0, self._clock()
        # One empty answer may be a slip of the server; the second one in a row is believed.
        if self._keys and not keys and not self._was_empty:
            self._was_empty = True
            _log.error("jwks_came_empty")
            return
        self._was_empty = not keys
        if keys != self._keys or self.generation == 0:
            self._keys = keys
            self.generation += 1
            _log.info("jwks_changed", kids=self.kids)
