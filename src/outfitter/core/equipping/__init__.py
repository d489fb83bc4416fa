"""What an agent gets: credentials, settings and tools, and whether it can be made."""
