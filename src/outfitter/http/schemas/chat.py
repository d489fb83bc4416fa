"""The main job."""

from typing import Annotated
from uuid import UUID

from fastapi.openapi.models import Example
from pydantic import AfterValidator, Field, StringConstraints

from outfitter.core.analysis import LONGEST_MESSAGE
from outfitter.core.printable import visible
from outfitter.http.schemas.shapes import STORABLE, Body, Name


def _seen(text: str) -> str:
    if not visible(text).strip():
        raise ValueError("must hold something that can be seen")
    return text


Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_MESSAGE),
    STORABLE,
    AfterValidator(_seen),
]

CREDENTIALS = {
    "gmail": {
        "GMAIL_ADDRESS": "you@example.com",
        "GMAIL_APP_PASSWORD": "<the app password Google made>",
    },
    "notion": {"NOTION_TOKEN": "<the secret of your integration>"},
}
EXAMPLES: dict[str, Example] = {
    "first": {
        "summary": "Say what should happen",
        "value": {"message": "monitor Gmail for invoices and save them to Notion"},
    },
    "credentials": {
        "summary": "Bring what the answer asked for",
        "value": {
            "message": "Here they are.",
            "session_id": "01a2052e-2d56-70b4-a069-2bfbb5207bb7",
            "credentials": CREDENTIALS,
        },
    },
    "change": {
        "summary": "Change the plan",
        "value": {
            "message": "Post them to Slack too.",
            "session_id": "01a2052e-2d56-70b4-a069-2bfbb5207bb7",
        },
    },
}


class ChatRequest(Body):
    """One message, and the credentials that came with it."""

    message: Message
    """What the user says; spaces around it do not count. What looks like a secret, and characters
    that nobody sees, are cut out before the message is stored or read by a model.
    """

    session_id: UUID | None = None
    """The conversation this goes on with, from an earlier answer; without it a new one begins."""

    credentials: dict[Name, dict[Name, str]] | None = Field(
        None, max_length=50, examples=[CREDENTIALS]
    )
    """The values that `required_credentials` asked for, by server and by key. They are stored
    sealed, for later sessions too, and never shown again.
    """
