"""What a package gives access to, by what it says of itself."""

import pytest

from outfitter.core.entries.wrapped import service_of


@pytest.mark.parametrize(
    ("name", "description", "service"),
    [
        ("iflow-mcp-jo-langfuse-mcp", "Langfuse MCP server for telemetry data", "langfuse"),
        ("telegram-mcp-bot", "Unified Telegram bot with MCP", "telegram"),
        ("jo-home-assistant-mcp", "MCP server for Home-Assistant.", "home-assistant"),
        ("@jo/appletv-mcp", "Local MCP server to control an Apple TV", "apple-tv"),
        ("intervals-mcp-by-jo", "A server for the Intervals.icu API", "intervals"),
        ("jo-google-ads-mcp", "Google Ads MCP server", "google-ads"),
        # A sentence gives any word a capital.
        ("expense-tracker-ai-mcp", "Expense tracker that talks", None),
        # What is made by or for somebody is not that.
        ("german-archives-mcp", "MCP server for German archives", None),
        ("google-things-mcp", "What Google has", None),
        ("claude-todo", "A list for Claude", None),
        # Its description says another name.
        ("jo-tools", "MCP server for Slack", None),
        # Written for people, not by a package index.
        ("WhatsApp Business", "Messages over WhatsApp", None),
    ],
)
def test_the_service_is_a_name_that_package_and_description_share(
    name: str, description: str, service: str | None
) -> None:
    assert service_of(name, description) == service
