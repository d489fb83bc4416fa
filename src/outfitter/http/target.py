"""Requests that name their host where others name a path alone."""

import re
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_WHOLE = re.compile(rb"https?://([^/?#@]+)(/.*)?", re.IGNORECASE)


class WholeTarget:
    """Takes `GET http://host/path` for what it is, as HTTP/1.1 asks of every server.

    The host in the target counts, whatever the header says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app as if host and path stood where they usually do."""
        if scope["type"] == "http" and (whole := _WHOLE.fullmatch(scope.get("raw_path") or b"")):
            host, path = whole[1], whole[2] or b"/"
            others = [one for one in scope["headers"] if one[0] != b"host"]
            scope["headers"] = [(b"host", host), *others]
            scope["raw_path"], scope["path"] = path, unquote(path.decode("ascii"))
        await self._app(scope, receive, send)
