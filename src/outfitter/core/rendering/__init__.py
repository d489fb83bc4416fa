"""Agents written out as files, configurations and lists; pure functions of the agent."""
