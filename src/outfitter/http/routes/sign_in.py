"""Signing in."""

from fastapi import APIRouter

from outfitter.http.deps import Ask
from outfitter.http.schemas import GoogleSignIn, Refresh, SignedInAnswer, SignedInUser
from outfitter.service.sign_in import SignedIn

router = APIRouter(prefix="/api/auth", tags=["sign-in"])


@router.post("/google")
async def google(asked: GoogleSignIn, ask: Ask) -> SignedInAnswer:
    """Exchange a Google ID token for a session."""
    return _answer(await ask.sign_in.google(asked.id_token, asked.access_token, asked.nonce))


@router.post("/refresh")
async def refresh(asked: Refresh, ask: Ask) -> SignedInAnswer:
    """Exchange a refresh token for a fresh session."""
    return _answer(await ask.sign_in.refresh(asked.refresh_token))


def _answer(signed_in: SignedIn) -> SignedInAnswer:
    return SignedInAnswer(
        access_token=signed_in.access_token,
        refresh_token=signed_in.refresh_token,
        expires_in=signed_in.expires_in,
        user=SignedInUser(id=signed_in.user_id, email=signed_in.email),
    )
