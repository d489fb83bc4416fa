"""The reference configuration: `mcpServers` with references in place of values."""

from collections.abc import Callable
from typing import Any

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import RemoteTemplate, StdioTemplate, Template
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


def started(template: StdioTemplate, write: Callable[[str], str] = str) -> dict[str, Any]:
    """How a server is started, each text as `write` puts it."""
    entry: dict[str, Any] = {"command": template.command, "args": list(map(write, template.args))}
    env = {name: write(text) for name, text in template.env.items()}
    return entry | ({"env": env} if env else {})


def reached(template: RemoteTemplate, write: Callable[[str], str] = str) -> dict[str, Any]:
    """How a server is reached, each text as `write` puts it."""
    headers = {name: write(text) for name, text in template.headers.items()}
    return {"url": write(template.url)} | ({"headers": headers} if headers else {})


def _entry(template: Template) -> dict[str, Any]:
    if isinstance(template, StdioTemplate):
        return started(template)
    return {"type": template.transport} | reached(template)
