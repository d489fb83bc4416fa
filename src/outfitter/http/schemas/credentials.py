"""What is stored, by name."""

from datetime import datetime

from pydantic import BaseModel


class KeyOut(BaseModel):
    """That a credential is stored, never what it is."""

    key: str
    updated_at: datetime


class StoredCredentials(BaseModel):
    """What is stored for one server."""

    server: str
    account: str
    keys: list[KeyOut]
