"""Tokens and the servers that issue them."""
