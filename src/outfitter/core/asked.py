"""What may be told of a request: its method and route, never what the client sent in their place.

A request is what the server has of it, by the names of ASGI.
"""

from collections.abc import Mapping
from http import HTTPMethod
from typing import Any

_METHODS = frozenset(HTTPMethod)


def method_of(request: Mapping[str, Any]) -> str:
    """Its method; "other" where there is no such method."""
    method: str = request["method"]
    return method if method in _METHODS else "other"


def route_of(request: Mapping[str, Any]) -> str:
    """The template of the route it came to; "unmatched" where it came to none."""
    return str(getattr(request.get("route"), "path", "unmatched"))
