"""The auth server of a deployment examined, in one line or with what mends it."""

import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from outfitter.adapters.sign_in.exchange import Reply, exchange, safe_url
from outfitter.adapters.sign_in.jwks import KeySet
from outfitter.cli import clocks
from outfitter.core.errors import Refused, Unavailable
from outfitter.settings import Settings
from outfitter.wiring.identity import issuer_of, verifier_of

_SAYS_WITHIN = 5.0
_LONGEST_ISSUER = 200


async def auth_server(settings: Settings, given: str) -> str:
    """Whether users can sign in there, and their tokens are believed here."""
    if settings.supabase_key is None:
        raise Refused("Set SUPABASE_KEY: without it the auth server lets nobody sign in here.")
    url = safe_url(given)
    async with httpx2.AsyncClient(trust_env=False) as client:
        keys = KeySet(url, client)
        verifier_of(settings, url, keys)
        try:
            await keys.loaded()
        except Unavailable:
            raise Unavailable(
                f"{url} gives no key set: correct SUPABASE_URL, or let this machine reach it."
            ) from None
        await _require_known(client, url, settings.supabase_key.get_secret_value())
        await _require_issuer(client, url, issuer_of(settings, url))
    if not keys.kids and settings.supabase_jwt_secret is None:
        raise Refused(
            f"{url} publishes no keys: move it to signing keys, or set SUPABASE_JWT_SECRET."
        )
    return f"{url} publishes its keys ({len(keys.kids)})."


async def _require_known(client: httpx2.AsyncClient, url: str, key: str) -> None:
    """Refuse a key that the auth server refuses, and a clock that is not its own."""
    asked = time.time()
    reply = await _asked(client, f"{url}/auth/v1/settings", key)
    if reply and reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise Refused(
            f"{url} refuses SUPABASE_KEY: take the publishable (anon) key of this project."
        )
    if reply and (said := _moment(reply)) is not None:
        clocks.require_same(url, asked, said, time.time())


async def _require_issuer(client: httpx2.AsyncClient, url: str, issuer: str) -> None:
    """Refuse an issuer that is not the auth server's, where it tells its own."""
    reply = await _asked(client, f"{url}/auth/v1/.well-known/openid-configuration")
    document = reply.document if reply and reply.status == HTTPStatus.OK else None
    said = document.get("issuer") if isinstance(document, dict) else None
    if isinstance(said, str) and said != issuer and _can_be_shown(said):
        raise Refused(
            f"{url} signs as {said}, and tokens are believed as {issuer}'s: set SUPABASE_ISSUER "
            "to the first, or correct SUPABASE_URL."
        )


async def _asked(client: httpx2.AsyncClient, url: str, key: str | None = None) -> Reply | None:
    """What is said there; None if nothing is, as nobody's sign-in depends on it."""
    headers = {"apikey": key} if key else {}
    try:
        return await exchange(
            client, client.build_request("GET", url, headers=headers), _SAYS_WITHIN
        )
    except (httpx2.HTTPError, TimeoutError):
        return None


def _moment(reply: Reply) -> float | None:
    """When the answer was made, unless somebody on the way kept it or the date is none."""
    if "age" in reply.headers:
        return None
    try:
        return parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
    except ValueError:
        return None


def _can_be_shown(issuer: str) -> bool:
    return issuer.isprintable() and len(issuer) <= _LONGEST_ISSUER
