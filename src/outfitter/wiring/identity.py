"""How users are known: by the auth server that is set, or by keys of this machine."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx2

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.sign_in.exchange import safe_url
from outfitter.adapters.sign_in.gotrue import AuthServer
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import KeySet, LocalKeys
from outfitter.adapters.sign_in.newcomer import ISSUER, NewcomerKey, refuse_newcomer
from outfitter.service.sign_in import SignIn
from outfitter.settings import Settings


@dataclass(frozen=True, slots=True)
class Identity:
    """How users are known here; `keys_loaded` raises Unavailable as long as there are no keys."""

    verifier: TokenVerifier
    sign_in: SignIn
    keys_loaded: Callable[[], Awaitable[None]]
    keys_age: Callable[[], float] | None = None
    jwks: Mapping[str, Any] | None = None


async def identity(settings: Settings, database: Database, ending: AsyncExitStack) -> Identity:
    """How users are known, by Supabase or on this machine."""
    if settings.supabase_url is None:
        return _newcomer(settings, database)
    client = await ending.enter_async_context(httpx2.AsyncClient(trust_env=False))
    url = safe_url(settings.supabase_url)
    keys = KeySet(url, client)
    ending.push_async_callback(keys.close)
    keys.warm()
    key = settings.supabase_key.get_secret_value() if settings.supabase_key else None
    sign_in = SignIn(AuthServer(url, key, client), database)
    verifier = verifier_of(settings, url, keys)
    return Identity(verifier, sign_in, keys.loaded, lambda: keys.age)


def issuer_of(settings: Settings, url: str) -> str:
    """Who signs the tokens of the auth server at that address."""
    return settings.supabase_issuer or f"{url}/auth/v1"


def verifier_of(settings: Settings, url: str, keys: KeySet) -> TokenVerifier:
    """What believes tokens of that auth server; it refuses a shared secret that is too short."""
    secret = settings.supabase_jwt_secret
    return TokenVerifier(
        keys,
        issuer=issuer_of(settings, url),
        hs256_secret=secret.get_secret_value() if secret else None,
        allow_anonymous=settings.allow_anonymous,
        require_aal2=settings.require_aal2,
    )


def _newcomer(settings: Settings, database: Database) -> Identity:
    refuse_newcomer(settings.host, settings.supabase_url, closed=settings.closed_network)
    jwks = NewcomerKey(settings.data_dir).jwks()
    keys = LocalKeys(jwks)
    verifier = TokenVerifier(keys, issuer=ISSUER)
    return Identity(verifier, SignIn(None, database), keys.loaded, jwks=jwks)
