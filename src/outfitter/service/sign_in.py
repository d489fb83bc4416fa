"""Signing in with Google through Supabase's auth server."""

from outfitter.adapters.gotrue import AuthServer, SignedIn
from outfitter.core.errors import Unavailable

__all__ = ["SignIn", "SignedIn"]


class SignIn:
    """Exchanges what Google or an earlier sign-in gave for an access token."""

    def __init__(self, auth: AuthServer | None) -> None:
        self._auth = auth

    async def google(
        self, id_token: str | None, access_token: str | None, nonce: str | None
    ) -> SignedIn:
        """Sign in with a Google ID token; the spec's `access_token` field may hold it."""
        return await self._server.sign_in(id_token, access_token, nonce)

    async def refresh(self, refresh_token: str) -> SignedIn:
        """Sign in again with a refresh token."""
        return await self._server.refresh(refresh_token)

    async def is_still_valid(self, access_token: str) -> bool:
        """Whether the user of a token has not signed out, and was not banned, since it was made."""
        return self._auth is None or await self._auth.user(access_token)

    @property
    def _server(self) -> AuthServer:
        if self._auth is None:
            raise Unavailable(
                "This service signs its own tokens: `outfitter token` prints one.",
                code="auth_not_configured",
                retry_after=3600,
            )
        return self._auth
