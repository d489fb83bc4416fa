"""Signing in with Google through Supabase's auth server."""

from dataclasses import dataclass

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.sign_in.gotrue import AuthServer, SignedIn, google_body
from outfitter.adapters.store import AuditOutcome, sign_ins
from outfitter.core.errors import Forbidden, NotSetUp, Refused, SignInFailed

__all__ = ["GoogleTokens", "Origin", "SignIn", "SignedIn"]


@dataclass(frozen=True, slots=True, repr=False)
class GoogleTokens:
    """What Google gave; the spec's `access_token` field may hold the ID token."""

    id_token: str | None
    access_token: str | None
    nonce: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, for the log."""

    address: str | None
    request_id: str


class SignIn:
    """Exchanges what Google or an earlier sign-in gave for an access token."""

    def __init__(self, auth: AuthServer | None, database: Database) -> None:
        self._auth = auth
        self._database = database

    async def google(self, given: GoogleTokens, origin: Origin) -> SignedIn:
        """Sign in with a Google ID token; that it was tried is noted, or nobody signs in."""
        try:
            # What no auth server takes is a mistake of the caller's also where there is none.
            body = google_body(given.id_token, given.access_token, given.nonce)
            signed_in = await self._server.sign_in(body)
        except (SignInFailed, Forbidden, Refused):
            await self._note("refused", None, origin)
            raise
        await self._note("ok", signed_in.user_id, origin)
        return signed_in

    async def refresh(self, refresh_token: str) -> SignedIn:
        """Sign in again with a refresh token."""
        return await self._server.refresh(refresh_token)

    async def is_still_valid(self, access_token: str) -> bool:
        """Whether the user of a token has not signed out, and was not banned, since it was made."""
        return self._auth is None or await self._auth.user(access_token)

    async def _note(self, outcome: AuditOutcome, user_id: str | None, origin: Origin) -> None:
        # Nobody's rights but the service's own are enough for this, and for nothing else.
        async with self._database.as_owner() as tx:
            await sign_ins.note(tx, outcome, user_id, origin.address, origin.request_id)

    @property
    def _server(self) -> AuthServer:
        if self._auth is None:
            raise NotSetUp(
                "This service signs its own tokens: `outfitter token` prints one.",
                code="auth_not_configured",
            )
        return self._auth
