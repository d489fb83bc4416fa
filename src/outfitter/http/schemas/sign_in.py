"""Signing in."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from outfitter.core.answering.answer import Id
from outfitter.core.described import Described
from outfitter.http.schemas.shapes import STORABLE, Body

Token = Annotated[str, StringConstraints(min_length=1, max_length=16_384), STORABLE]


class GoogleSignIn(Body):
    """A Google ID token; older clients send it as `access_token`."""

    access_token: Token | None = None
    """The ID token, as older clients send it; beside `id_token` the access token that Google gave
    along with it.
    """

    id_token: Token | None = None
    """The JWT that Google's sign-in gave the app; one of the two tokens must be there."""

    nonce: Token | None = None
    """The nonce of the sign-in before it was hashed; needed if the ID token holds one."""

    @model_validator(mode="after")
    def _one_is_there(self) -> "GoogleSignIn":
        if self.access_token is None and self.id_token is None:
            raise ValueError("must have id_token or access_token")
        return self


class Refresh(Body):
    """A refresh token of an earlier sign-in."""

    refresh_token: Token
    """The latest one: each answer brings another in its place."""


class SignedInUser(Described):
    """Who signed in."""

    id: Id
    """The user's UUID, the same at every sign-in."""

    email: str | None
    """The address the account has; null if it has none."""


class SignedInAnswer(Described):
    """A session of the auth server."""

    access_token: str = Field(repr=False)
    """What to send as `Authorization: Bearer …` with every other request."""

    refresh_token: str = Field(repr=False)
    """What to exchange for a fresh session at `/api/auth/refresh`; keep it as safe as a password.
    """

    expires_in: int
    """For how many seconds the access token counts."""

    user: SignedInUser
    """Whose session it is."""
