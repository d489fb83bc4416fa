"""Credentials sealed so that only their own user's own row opens them."""

import base64
import binascii
import contextlib
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from outfitter.adapters import base64url
from outfitter.adapters.files.own_secrets import kept
from outfitter.adapters.store.credentials import Sealed
from outfitter.core.errors import Refused
from outfitter.core.user import User

LOCAL_KEYS = "credential-keys"

_FORM = "v1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 4
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_FEWEST_DIFFERENT = 12


class Unreadable(Exception):
    """A sealed value that cannot be opened: moved, changed, or sealed with a key that is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The keys that seal credentials by their id; the first one seals, all of them open."""

    keys: Mapping[str, bytes]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The keys of `k2:<base64 of 32 bytes>,k1:…`, newest first."""
        keys: dict[str, bytes] = {}
        for place, part in enumerate(text.split(","), start=1):
            key_id, colon, encoded = part.strip().partition(":")
            if not colon or not _ID.fullmatch(key_id):
                raise Refused(
                    f"Credential key {place} is not written as id:base64, "
                    "as `outfitter keys new` prints one."
                )
            if key_id in keys:
                raise Refused(f"The credential key id {key_id} is there twice.")
            keys[key_id] = _decoded(key_id, encoded.strip())
        return cls(keys)

    @classmethod
    def new(cls, key_id: str | None = None) -> str:
        """A fresh key of that id, or of one that no other key has, in the form `parse` reads."""
        if key_id is None:
            key_id = f"k-{secrets.token_hex(_ID_BYTES)}"
        if not _ID.fullmatch(key_id):
            raise Refused("The id of a key is 1 to 32 letters, digits, - and _.")
        return f"{key_id}:{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}"

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return next(iter(self.keys))

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self.keys)})"


def local_keyring(path: Path) -> Keyring:
    """The keys in a file of the user's own, made with a fresh key on first use.

    No two files have a key of one id: what a lost one sealed counts as missing, not as changed.
    """
    text = kept(path, lambda: Keyring.new(f"local-{secrets.token_hex(_ID_BYTES)}") + "\n")
    try:
        return Keyring.parse(text)
    except Refused as error:
        raise Refused(f"{path}: {error.detail}") from None


class Vault:
    """Seals and opens credential values with the keys of a keyring."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of the keys it can open with, newest first."""
        return tuple(self._keyring.keys)

    def seal(
        self, user: User, server: str, key: str, value: str, account: str = "default"
    ) -> Sealed:
        """The value as it may be stored."""
        key_id = self._keyring.newest
        nonce = secrets.token_bytes(_NONCE_BYTES)
        bound = _bound(key_id, user.id, server, account, key)
        box = nonce + self._cipher(key_id, user).encrypt(
            nonce, value.encode("utf-8", "surrogatepass"), bound
        )
        return Sealed(server, key, f"{_FORM}.{key_id}.{base64url.encoded(box)}", key_id, account)

    def open(self, user: User, sealed: Sealed) -> str:
        """The value; raises `Unreadable` unless it was sealed for exactly this place."""
        try:
            form, key_id, encoded = sealed.sealed.split(".")
            if form != _FORM or key_id != sealed.key_id:
                raise Unreadable("The sealed value is of another form.")
            box = base64url.decoded(encoded)
            bound = _bound(key_id, user.id, sealed.server, sealed.account, sealed.key)
            cipher = self._cipher(key_id, user)
            return cipher.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], bound).decode(
                "utf-8", "surrogatepass"
            )
        except (InvalidTag, KeyError, ValueError):
            raise Unreadable("The sealed value does not open.") from None

    def opened(self, user: User, values: Iterable[Sealed]) -> dict[Sealed, str]:
        """Those of a user's values that open where they are, with what they say."""
        found: dict[Sealed, str] = {}
        for one in values:
            with contextlib.suppress(Unreadable):
                found[one] = self.open(user, one)
        return found

    def tampered(self, values: Iterable[Sealed]) -> list[Sealed]:
        """Those of unreadable values that were moved or changed; not those whose key is gone."""
        return [one for one in values if one.key_id in self._keyring.keys]

    def fingerprint(self, user: User, text: str) -> str:
        """A mark that shows whether two texts of a user are the same and tells nothing else.

        It is made with the newest key, so marks from before a key change match nothing after it.
        """
        key = self._derived(self._keyring.newest, "fingerprint", user)
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _cipher(self, key_id: str, user: User) -> AESGCM:
        return AESGCM(self._derived(key_id, "credential", user))

    def _derived(self, key_id: str, purpose: str, user: User) -> bytes:
        """A key for one purpose and one user."""
        info = _joined("outfitter", _FORM, purpose, user.id)
        derive = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info)
        return derive.derive(self._keyring.keys[key_id])


def _decoded(key_id: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(f"The credential key {key_id} is not base64.") from None
    if len(key) != _KEY_BYTES:
        raise Refused(f"The credential key {key_id} must be {_KEY_BYTES} bytes, in base64.")
    if len(set(key)) < _FEWEST_DIFFERENT:
        raise Refused(f"The credential key {key_id} is not random.")
    return key


def _bound(key_id: str, user_id: str, server: str, account: str, key: str) -> bytes:
    """What a sealed value belongs to."""
    return _joined(_FORM, key_id, user_id, server, account, key)


def _joined(*parts: str) -> bytes:
    """The parts with their lengths, so that no two lists of parts give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
