"""Signing in."""

from fastapi import APIRouter

from outfitter.http.bodies import OnceOnly
from outfitter.http.deps import Address, Ask, Gate, RequestId
from outfitter.http.document import refusals
from outfitter.http.schemas.sign_in import GoogleSignIn, Refresh, SignedInAnswer, SignedInUser
from outfitter.service.sign_in import GoogleTokens, Origin, SignedIn

router = APIRouter(
    prefix="/api/auth", tags=["sign-in"], responses=refusals(502), route_class=OnceOnly
)


@router.post("/google")
async def sign_in_with_google(
    asked: GoogleSignIn, ask: Ask, gate: Gate, address: Address, request_id: RequestId
) -> SignedInAnswer:
    """Exchange a Google ID token for a session, whose access token opens the other routes."""
    given = GoogleTokens(asked.id_token, asked.access_token, asked.nonce)
    with gate.exchanging(address):
        return _answer(await ask.sign_in.google(given, Origin(address, request_id)))


@router.post("/refresh")
async def refresh_sign_in(asked: Refresh, ask: Ask, gate: Gate, address: Address) -> SignedInAnswer:
    """Exchange a refresh token for a fresh session, before or after its access token ends."""
    with gate.exchanging(address):
        return _answer(await ask.sign_in.refresh(asked.refresh_token))


def _answer(signed_in: SignedIn) -> SignedInAnswer:
    return SignedInAnswer(
        access_token=signed_in.access_token,
        refresh_token=signed_in.refresh_token,
        expires_in=signed_in.expires_in,
        user=SignedInUser(id=signed_in.user_id, email=signed_in.email),
    )
