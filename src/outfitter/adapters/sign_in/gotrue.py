"""Supabase's auth server (GoTrue) over HTTP: sign in with Google, refresh, and ask about a user."""

from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

import httpx2

from outfitter.adapters.sign_in.exchange import Reply, exchange, safe_url
from outfitter.core.errors import (
    Forbidden,
    NotSetUp,
    OutfitterError,
    Refused,
    SignInFailed,
    TooMany,
    Unavailable,
    UpstreamFailed,
)

_SECONDS = 8.0
_LONGEST_TOKEN = 8192
_BAD_REQUEST = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_NO_LONGER_SIGNED_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in or refresh gives the client; its tokens stay out of `repr`."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    user_id: str
    email: str | None


class AuthServer:
    """The auth server of one Supabase project; no token passes through it into a log or error."""

    def __init__(self, url: str, key: str | None, client: httpx2.AsyncClient) -> None:
        self._url = safe_url(url) + "/auth/v1"
        self._client = client
        # The dated version makes the server name its errors by stable codes.
        self._headers = {"X-Supabase-Api-Version": "2024-01-01", "Accept-Encoding": "identity"}
        if key is not None:
            self._headers["apikey"] = key

    async def sign_in(self, body: dict[str, str]) -> SignedIn:
        """The tokens for what came from Google, as `google_body` gives it."""
        reply = await self._send("POST", "/token?grant_type=id_token", json=body)
        if reply.status == HTTPStatus.OK:
            return _signed_in(reply)
        raise _sign_in_refusal(reply)

    async def refresh(self, refresh_token: str) -> SignedIn:
        """Fresh tokens; asked once only, since a repeat would end the user's sign-in."""
        if not _is_plain(refresh_token):
            raise _ended()
        body = {"refresh_token": refresh_token}
        reply = await self._send("POST", "/token?grant_type=refresh_token", json=body)
        if reply.status == HTTPStatus.OK:
            return _signed_in(reply)
        if reply.status in _BAD_REQUEST and _code(reply) != "user_banned":
            raise _ended()
        raise _trouble(reply)

    async def user(self, access_token: str) -> bool:
        """Whether the user of a token is still signed in, neither banned nor deleted."""
        if not _is_plain(access_token):
            return False
        headers = {"Authorization": f"Bearer {access_token}"}
        reply = await self._send("GET", "/user", headers=headers)
        if reply.status == HTTPStatus.OK:
            return _text(reply, "id") is not None
        # A gateway that misses its API key answers 401 too, but without GoTrue's error code.
        if reply.status in _NO_LONGER_SIGNED_IN and _code(reply) is not None:
            return False
        raise _trouble(reply)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        request = self._client.build_request(
            method,
            self._url + path,
            json=json,
            headers={**self._headers, **(headers or {})},
            timeout=_SECONDS,
        )
        try:
            return await exchange(self._client, request, _SECONDS)
        except (TimeoutError, httpx2.TimeoutException):
            raise UpstreamFailed("The auth server took too long.", code="auth_timeout") from None
        except httpx2.NetworkError:
            raise Unavailable(
                "The auth server cannot be reached.", code="auth_unavailable", retry_after=5
            ) from None
        except httpx2.HTTPError:
            raise _unexpected() from None


def google_body(
    id_token: str | None, access_token: str | None, nonce: str | None
) -> dict[str, str]:
    """What an auth server is sent for a Google ID token; older clients have it as `access_token`.

    Raises Refused for what no auth server takes.
    """
    given = {"id_token": id_token, "access_token": access_token, "nonce": nonce}
    body = {name: value for name, value in given.items() if value}
    if "id_token" not in body and "access_token" in body:
        body["id_token"] = body.pop("access_token")
    # An opaque access token names no audience: one made for any other app would sign in.
    if body.get("id_token", "").count(".") != 2:  # noqa: PLR2004 - header.claims.signature
        raise Refused(
            "Send the ID token (a JWT) that Google gave this app as id_token; "
            "a Google access token does not say whom it was made for.",
            code="google_id_token_required",
        )
    if not all(_is_plain(value) for value in body.values()):
        raise Refused("The tokens and the nonce must be plain text of at most 8192 characters.")
    return {"provider": "google", **body}


def _is_plain(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_TOKEN and text.isascii() and text.isprintable()


def _signed_in(reply: Reply) -> SignedIn:
    try:
        document = reply.document
        user = document["user"]
        signed_in = SignedIn(
            access_token=document["access_token"],
            refresh_token=document["refresh_token"],
            expires_in=int(document["expires_in"]),
            user_id=str(UUID(user["id"])),
            email=user.get("email") or None,
        )
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
        raise _unexpected() from None
    if not _is_sound(signed_in):
        raise _unexpected()
    return signed_in


def _is_sound(signed_in: SignedIn) -> bool:
    texts = (signed_in.access_token, signed_in.refresh_token, signed_in.email or "-")
    return all(isinstance(text, str) and text.isprintable() for text in texts)


def _sign_in_refusal(reply: Reply) -> OutfitterError:
    code = _code(reply)
    if code == "provider_disabled":
        return NotSetUp(
            "Sign-in with Google is not switched on for this service.", code="google_not_enabled"
        )
    if code == "signup_disabled":
        return Forbidden("This service takes no new users.", code="signup_disabled")
    if reply.status in _BAD_REQUEST and code != "user_banned":
        return SignInFailed(
            "Google's ID token was not accepted: it must be fresh, made for this app, "
            "and come with the nonce it was asked for with, if any.",
            code="invalid_google_token",
        )
    return _trouble(reply)


def _trouble(reply: Reply) -> OutfitterError:
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TooMany(
            "Too many sign-ins just now.",
            reached="sign-ins",
            code="sign_in_rate",
            retry_after=_retry_after(reply),
        )
    if _code(reply) == "user_banned":
        return Forbidden("This user may not sign in.", code="user_banned")
    return _unexpected()


def _ended() -> SignInFailed:
    return SignInFailed("This sign-in has ended; sign in again.", code="sign_in_ended")


def _unexpected() -> UpstreamFailed:
    return UpstreamFailed("The auth server did not answer as it should.")


def _code(reply: Reply) -> str | None:
    """The stable error code, in the header, the new shape or the old one."""
    return (
        reply.headers.get("x-sb-error-code") or _text(reply, "error_code") or _text(reply, "code")
    )


def _text(reply: Reply, member: str) -> str | None:
    value = reply.document.get(member) if isinstance(reply.document, dict) else None
    return value if isinstance(value, str) and value else None


def _retry_after(reply: Reply) -> int:
    said = reply.headers.get("retry-after", "")
    seconds = int(said[:6]) if said.isdecimal() else 60
    return min(max(seconds, 1), 3600)
