"""What a user agrees to: exactly what each server runs or calls, and with which tools."""

from typing import Any

from outfitter.core.agent import AgentSpec
from outfitter.core.catalogue import StdioTemplate
from outfitter.core.rendering.fitting import Fitted, fitted


def render(spec: AgentSpec) -> tuple[dict[str, Any], ...]:
    """For each server its command or address, the names of what it is given, and its tools."""
    return tuple(_shown(one) for one in fitted(spec))


def _shown(one: Fitted) -> dict[str, Any]:
    template = one.template
    if isinstance(template, StdioTemplate):
        how: dict[str, Any] = {"command": template.command, "args": list(template.args)}
        given = list(template.env)
    else:
        how = {"url": template.url, "args": [], "headers": list(template.headers)}
        given = []
    return {"name": one.server.name, **how, "env": given, "tools": list(one.tools)}
