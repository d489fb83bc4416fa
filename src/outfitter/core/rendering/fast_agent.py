"""The configuration file of fast-agent, which starts and reaches the servers."""

from typing import Any
from urllib.parse import urlsplit

from outfitter.core.catalogue import Access, Place, RemoteTemplate, StdioTemplate
from outfitter.core.rendering.fitting import Fitted
from outfitter.core.rendering.mcp_config import reached, started
from outfitter.core.rendering.yaml_text import written

FILE = "fast-agent.yaml"
PACKAGE = "fast-agent-mcp==0.10.46"
PYTHON = ">=3.12,<3.16"
MODEL = "sonnet"

_HEAD = """\
# Names of variables stand where values belong; the values are in .env and nowhere else.
# `--model` takes another model; `--model passthrough` needs no key and calls tools by hand.
"""


def config(servers: tuple[Fitted, ...]) -> str:
    """The text of fast-agent.yaml."""
    return _HEAD + written(
        {
            "default_model": MODEL,
            # A session's history would keep every tool's answer on disk.
            "session_history": False,
            "logger": {"type": "file", "level": "warning", "progress_display": False},
            "mcp": {"servers": {one.key: _entry(one) for one in servers}},
        }
    )


def may_sign_in(one: Fitted) -> bool:
    """Whether a hosted server may ask for a sign-in in the browser when it is first called.

    A refused key must be an error, not the start of a sign-in that nobody asked for; a part of the
    address, such as a region, is no key.
    """
    if isinstance(one.template, StdioTemplate):
        return False
    keyed = any(given.secret or given.place is not Place.URL for given in one.asked.values())
    return not keyed and (one.server.access is Access.SIGN_IN or bool(one.asked))


def _entry(one: Fitted) -> dict[str, Any]:
    if isinstance(one.template, StdioTemplate):
        return {"transport": "stdio"} | started(one.template)
    return _reached(one, one.template)


def _reached(one: Fitted, template: RemoteTemplate) -> dict[str, Any]:
    entry = {"transport": template.transport} | reached(template) | {"url": _exact(template)}
    if not may_sign_in(one):
        entry["auth"] = {"oauth": False}
    return entry


def _exact(template: RemoteTemplate) -> str:
    """The address in a form that fast-agent takes as it is.

    It would add /mcp to one that ends in anything else and has no query.
    """
    parts = urlsplit(template.url)
    if template.transport == "sse" or parts.query or parts.path.rstrip("/").endswith("/mcp"):
        return template.url
    return parts._replace(path=parts.path or "/", query="client=fast-agent").geturl()
