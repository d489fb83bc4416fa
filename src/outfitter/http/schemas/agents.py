"""The agents a user has made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from outfitter.core.plan import Step


class AgentSummary(BaseModel):
    """An agent in a list."""

    id: UUID
    session_id: UUID
    version: int
    name: str
    servers: list[str]
    created_at: datetime


class AgentsAnswer(BaseModel):
    """A page of agents."""

    agents: list[AgentSummary]
    total_count: int


class AgentAnswer(BaseModel):
    """One agent with its whole reference config."""

    id: UUID
    session_id: UUID
    version: int
    name: str
    created_at: datetime
    tools: dict[str, list[str]]
    steps: list[Step]
    mcp_server_info: dict[str, Any]
    mcp_config: dict[str, Any]
    user_prompt: str
    workflow: str
