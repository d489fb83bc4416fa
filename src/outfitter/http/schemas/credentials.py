"""What is stored, by name."""

from datetime import datetime

from outfitter.core.described import Described


class KeyOut(Described):
    """That a credential is stored, never what it is."""

    key: str
    """The name of the value, such as `NOTION_TOKEN`."""

    updated_at: datetime
    """When the value was last given, in UTC."""


class StoredCredentials(Described):
    """What is stored for one server."""

    server: str
    """The server, as the catalogue calls it."""

    account: str
    """Always `default`: one account of each service can be stored."""

    keys: list[KeyOut]
    """The values that are stored, by name."""
