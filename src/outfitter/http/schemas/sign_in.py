"""Signing in."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from outfitter.http.schemas.shapes import STORABLE, Body

Token = Annotated[str, StringConstraints(min_length=1, max_length=16_384), STORABLE]


class GoogleSignIn(Body):
    """A Google ID token; the spec's clients send it as `access_token`."""

    access_token: Token | None = None
    id_token: Token | None = None
    nonce: Token | None = None

    @model_validator(mode="after")
    def _one_is_there(self) -> "GoogleSignIn":
        if self.access_token is None and self.id_token is None:
            raise ValueError("must have id_token or access_token")
        return self


class Refresh(Body):
    """A refresh token of an earlier sign-in."""

    refresh_token: Token


class SignedInUser(BaseModel):
    """Who signed in."""

    id: str
    email: str | None


class SignedInAnswer(BaseModel):
    """A session of the auth server."""

    access_token: str = Field(repr=False)
    refresh_token: str = Field(repr=False)
    expires_in: int
    user: SignedInUser
