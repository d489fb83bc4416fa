"""The root, and whether the service is well."""

from typing import Literal

from outfitter.core.described import Described


class Welcome(Described):
    """What answers at the root."""

    message: str = "Dynamic MCP Agent API"
    """The name of this API."""

    version: str
    """The version of the service that answers."""

    docs: str | None
    """The path of the page that describes this API; null where it is switched off."""


class HealthAnswer(Described):
    """That the service is well."""

    status: Literal["alive", "ready"]
    """`alive` from `/healthz`, `ready` from `/readyz`; what is not is told by a problem."""
