"""The Dynamic MCP Agent API: from a sentence to a configured agent that runs."""

__version__ = "0.1.0"
