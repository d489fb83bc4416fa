"""HTTP as the server reads it, before there is a request that the application could answer."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from outfitter.http.errors import problem
from outfitter.http.frame import decorate

MOST_AROUND_A_BODY = 64 * 1024


class Wire(H11Protocol):
    """A connection that refuses in the one shape.

    h11 bounds what stands around a body, as the server is told to; it takes no trailer for a
    header, nor the body of a request that would rather speak another protocol for the next one.
    """

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - how uvicorn calls
        """Say that what came is no request, and hang up."""
        detail = "This is no HTTP request, or what stands around its body is too long."
        answer = problem({}, 400, "bad_request", detail, headers={"Connection": "close"})
        decorate(answer.headers, "")
        for part in (
            h11.Response(status_code=400, headers=answer.raw_headers, reason=b"Bad Request"),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(part) or b"")
        self.transport.close()
