"""The reference configuration: `mcpServers` with references in place of values."""

from typing import Any

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import StdioTemplate, Template
from outfitter.core.plan import together
from outfitter.core.rendering.fitting import fitted


def render(spec: AgentSpec) -> dict[str, Any]:
    """An agent as the API answers it: its servers, their configuration, the goal and the steps."""
    servers = fitted(spec)
    return {
        "mcp_server_info": {"servers": [{"name": one.server.name} for one in servers]},
        "mcp_config": {"mcpServers": {one.key: _entry(one.template) for one in servers}},
        "user_prompt": spec.goal,
        "workflow": "\n".join(same[0].text for same in together(spec.steps)),
    }


def _entry(template: Template) -> dict[str, Any]:
    if isinstance(template, StdioTemplate):
        started: dict[str, Any] = {"command": template.command, "args": list(template.args)}
        return started | ({"env": dict(template.env)} if template.env else {})
    reached: dict[str, Any] = {"type": template.transport, "url": template.url}
    return reached | ({"headers": dict(template.headers)} if template.headers else {})
