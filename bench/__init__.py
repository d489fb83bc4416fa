"""How fast the service is, held against goals and against the least code that could do its work."""
