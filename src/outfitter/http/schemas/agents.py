"""The agents a user has made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from outfitter.core.described import Described
from outfitter.core.plan import Step


class AgentNamed(Described):
    """What tells one agent from another."""

    id: UUID
    """The UUID of this version; another version has another."""

    session_id: UUID
    """The conversation that it came from."""

    version: int
    """1 for the first agent of its session, one more each time the plan had changed."""

    name: str
    """The goal as a title, of at most 60 characters."""

    created_at: datetime
    """When it was made, in UTC."""


class AgentSummary(AgentNamed):
    """An agent in a list."""

    servers: list[str]
    """The servers it uses, as the catalogue calls them."""


class AgentsAnswer(Described):
    """A page of agents."""

    agents: list[AgentSummary]
    """The newest first."""

    total_count: int
    """How many agents there are on all pages together."""


class AgentAnswer(AgentNamed):
    """One agent with its whole reference config."""

    tools: dict[str, list[str]]
    """For each server the tools that the agent's model is shown; empty where the catalogue does not
    know them, and all are shown.
    """

    steps: list[Step]
    """What it does, in that order."""

    mcp_server_info: dict[str, Any]
    """Its servers by name: `{"servers": [{"name": …}]}`."""

    mcp_config: dict[str, Any]
    """How each server is started or reached, as MCP clients write it: `{"mcpServers": {…}}`.
    `${VARIABLE}` stands where a value belongs.
    """

    user_prompt: str
    """The goal, as the agent is told it."""

    workflow: str
    """The texts of the steps, one a line."""
