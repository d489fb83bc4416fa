"""The root, and whether the service is well."""

from pydantic import BaseModel


class Welcome(BaseModel):
    """What answers at the root."""

    message: str = "Dynamic MCP Agent API"
    version: str
    docs: str | None


class HealthAnswer(BaseModel):
    """That the service is well."""

    status: str
