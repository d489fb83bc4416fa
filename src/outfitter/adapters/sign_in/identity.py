"""Who sends a request: access tokens, verified here against the auth server's public keys."""

import hashlib
import json
import re
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from jose import jwk, jws

from outfitter.adapters import base64url
from outfitter.adapters.sign_in.jwks import PublicKey
from outfitter.core.errors import Forbidden, OutfitterError, Refused, Unauthenticated
from outfitter.core.user import User

LONGEST_EMAIL = 320

_LONGEST_TOKEN, _LONGEST_HEADER, _LONGEST_KID = 8192, 1024, 128
_SHORTEST_SECRET = 32
_SEGMENTS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_PUBLIC_KEY_ALGORITHMS = frozenset({"ES256", "RS256", "EdDSA"})
_REFUSED_MEMBERS = frozenset({"crit", "b64", "zip", "enc"})
# How many seconds a token may be over, or not begun: clocks differ.
_LATE, _EARLY = 10, 60
_LONGEST_LIFE = 7 * 24 * 3600
_AUDIENCE = "authenticated"
_NOBODY = str(UUID(int=0))
_REMEMBERED, _REMEMBERED_SECONDS = 4096, 60


class Keys(Protocol):
    """Where a verifier finds public keys."""

    @property
    def generation(self) -> int:
        """A number that grows with each change of the keys."""

    async def key(self, kid: str) -> PublicKey | None:
        """The key of an id, None if there is none."""


@dataclass(frozen=True, slots=True)
class _Rules:
    issuer: str
    allow_anonymous: bool
    require_aal2: bool


class TokenVerifier:
    """Tells the user of an access token, or raises Unauthenticated, Forbidden or Unavailable."""

    def __init__(
        self,
        keys: Keys,
        *,
        issuer: str,
        hs256_secret: str | None = None,
        allow_anonymous: bool = False,
        require_aal2: bool = False,
    ) -> None:
        self._keys = keys
        self._rules = _Rules(issuer, allow_anonymous, require_aal2)
        self._secret = None if hs256_secret is None else _hmac_key(hs256_secret)
        self._remembered = _Remembered()

    async def __call__(self, token: str) -> User:
        """The user that a valid token names."""
        now = _now()
        with _one_answer_to_garbage():
            header = _header(token)
        known = self._remembered.get(token, self._keys.generation, now)
        if known is not None:
            return known
        prepared = await self._prepared_key(header)
        with _one_answer_to_garbage():
            signed = jws.verify(token, prepared, [header["alg"]])
            claims = _strict_json(signed)
            user = _user(claims, self._rules, now)
        self._remembered.put(token, _Verified(user, self._keys.generation, now, claims["exp"]))
        return user

    def knows(self, token: str) -> bool:
        """Whether the token was verified here lately; it may have ended since."""
        return token in self._remembered

    async def _prepared_key(self, header: dict[str, Any]) -> Any:  # noqa: ANN401 - no types in jose
        # The shared secret and the public keys never meet: the algorithm decides for one of them.
        if header["alg"] == "HS256":
            if self._secret is None:
                raise _unauthenticated()
            return self._secret
        key = await self._keys.key(header["kid"])
        if key is None or key.algorithm != header["alg"]:
            raise _unauthenticated()
        return key.prepared


@dataclass(frozen=True, slots=True)
class _Verified:
    """The user of a token, the keys that verified it and when, and when it ends."""

    user: User
    generation: int
    since: float
    expires: int

    def counts(self, generation: int, now: float) -> bool:
        is_over = now >= self.expires or now - self.since > _REMEMBERED_SECONDS
        return not is_over and self.generation == generation


class _Remembered:
    """Tokens verified within the last minute under the same keys; the newest few thousand."""

    def __init__(self) -> None:
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()

    def __contains__(self, token: str) -> bool:
        return _digest(token) in self._verified

    def get(self, token: str, generation: int, now: float) -> User | None:
        digest = _digest(token)
        known = self._verified.get(digest)
        if known is None or not known.counts(generation, now):
            self._verified.pop(digest, None)
            return None
        self._verified.move_to_end(digest)
        return known.user

    def put(self, token: str, verified: _Verified) -> None:
        self._verified[_digest(token)] = verified
        if len(self._verified) > _REMEMBERED:
            self._verified.popitem(last=False)


class _BadToken(ValueError):
    """The token breaks a rule; never shown to anybody."""


@contextmanager
def _one_answer_to_garbage() -> Iterator[None]:
    """Raise Unauthenticated for whatever parsers raise, so that a forger learns nothing more."""
    try:
        yield
    except OutfitterError:
        raise
    except Exception:  # noqa: BLE001 - parsers raise what they like
        raise _unauthenticated() from None


def _unauthenticated() -> Unauthenticated:
    return Unauthenticated("Sign in first: the request carries no valid access token.")


def _now() -> float:
    return time.time()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _hmac_key(secret: str) -> Any:  # noqa: ANN401 - no types in jose
    if len(secret.encode()) < _SHORTEST_SECRET:
        raise Refused("SUPABASE_JWT_SECRET must have at least 32 characters.")
    return jwk.construct(secret, "HS256")


def _header(token: str) -> dict[str, Any]:
    if len(token) > _LONGEST_TOKEN or not _SEGMENTS.fullmatch(token):
        raise _BadToken("shape")
    segments = token.split(".")
    if len(segments[0]) > _LONGEST_HEADER:
        raise _BadToken("header length")
    header, _, _ = map(base64url.decoded, segments)
    return _checked(_strict_json(header))


def _checked(header: dict[str, Any]) -> dict[str, Any]:
    algorithm, kid = header.get("alg"), header.get("kid")
    if header.keys() & _REFUSED_MEMBERS or header.get("typ", "JWT") not in ("JWT", "at+jwt"):
        raise _BadToken("header members")
    if algorithm == "HS256":
        return header
    if algorithm not in _PUBLIC_KEY_ALGORITHMS:
        raise _BadToken("algorithm")
    if not isinstance(kid, str) or not 0 < len(kid) <= _LONGEST_KID:
        raise _BadToken("key id")
    return header


def _strict_json(text: bytes) -> dict[str, Any]:
    document = json.loads(
        text.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
    )
    if not isinstance(document, dict):
        raise _BadToken("not an object")
    return document


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise _BadToken("a member twice")
    return document


def _no_constant(name: str) -> None:
    raise _BadToken(name)


def _user(claims: dict[str, Any], rules: _Rules, now: float) -> User:
    _check_times(claims, now)
    audience, subject = claims.get("aud"), claims.get("sub", "")
    if claims.get("iss") != rules.issuer:
        raise _BadToken("issuer")
    if _AUDIENCE not in (audience if isinstance(audience, list) else [audience]):
        raise _BadToken("audience")
    if not _is_uuid(subject) or subject == _NOBODY:
        raise _BadToken("subject")
    _check_permission(claims, rules)
    return User(id=subject, email=_clean_email(claims.get("email")), issued_at=claims["iat"])


def _check_times(claims: dict[str, Any], now: float) -> None:
    expires, issued, starts = _moment(claims, "exp"), _moment(claims, "iat"), 0
    if "nbf" in claims:
        starts = _moment(claims, "nbf")
    if expires <= now - _LATE or max(issued, starts) > now + _EARLY:
        raise _BadToken("not now")
    if expires - issued > _LONGEST_LIFE:
        raise _BadToken("lives too long")


def _moment(claims: dict[str, Any], name: str) -> int:
    moment = claims[name]
    # A bool is an int to isinstance, and nothing but a plain whole number is a time here.
    if type(moment) is not int:
        raise _BadToken(name)
    return moment


def _check_permission(claims: dict[str, Any], rules: _Rules) -> None:
    if claims.get("role") != "authenticated":
        raise Forbidden("This token is not one of a signed-in user.", code="insufficient_role")
    # Such a token was given to another app, to act for the user there.
    if claims.get("client_id") is not None:
        raise Forbidden("Tokens of other apps are not taken here.", code="third_party_token")
    if claims.get("is_anonymous") not in (None, False) and not rules.allow_anonymous:
        raise Forbidden("Anonymous users must sign in first.", code="anonymous_user")
    if rules.require_aal2 and claims.get("aal") != "aal2":
        raise Forbidden("Sign in with a second factor first.", code="insufficient_aal")


def _is_uuid(text: object) -> bool:
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False


def _clean_email(email: object) -> str | None:
    """The address, unless it is empty or holds what a database or a page cannot show."""
    if isinstance(email, str) and 0 < len(email) <= LONGEST_EMAIL and email.isprintable():
        return email
    return None
