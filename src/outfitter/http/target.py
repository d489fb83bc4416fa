"""Requests that name their host where others name a path alone."""

import re
from urllib.parse import unquote

from starlette.types import Receive, Scope, Send

from outfitter.http.layer import Layer

_WHOLE = re.compile(rb"https?://([^/?#@]+)(/.*)?", re.IGNORECASE)


class WholeTarget(Layer):
    """Takes `GET http://host/path` for what it is, as HTTP/1.1 asks of every server.

    The host in the target counts, whatever the header says.
    """

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        if whole := _WHOLE.fullmatch(scope.get("raw_path") or b""):
            host, path = whole[1], whole[2] or b"/"
            others = [one for one in scope["headers"] if one[0] != b"host"]
            scope["headers"] = [(b"host", host), *others]
            scope["raw_path"], scope["path"] = path, unquote(path.decode("ascii"))
        await self._app(scope, receive, send)
