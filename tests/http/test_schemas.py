"""What goes over the wire."""

import pytest
from pydantic import BaseModel

from outfitter.http.schemas.chat import ChatRequest
from outfitter.http.schemas.sign_in import GoogleSignIn, Refresh, SignedInAnswer, SignedInUser

PLANTED = "planted-secret"
BODIES = [
    ChatRequest(message=PLANTED, credentials={"notion": {"NOTION_TOKEN": PLANTED}}),
    GoogleSignIn(id_token=PLANTED, nonce=PLANTED),
    GoogleSignIn(access_token=PLANTED),
    Refresh(refresh_token=PLANTED),
    SignedInAnswer(
        access_token=PLANTED,
        refresh_token=PLANTED,
        expires_in=1,
        user=SignedInUser(id="1", email=None),
    ),
]


@pytest.mark.proves("R-35")
@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_a_body_does_not_show_its_secrets(body: BaseModel) -> None:
    assert PLANTED in body.model_dump_json()
    for shown in (repr(body), str(body), f"{[body]}"):
        assert PLANTED not in shown
