"""HTTP as the server reads it, before there is a request that the application could answer."""

import asyncio
from uuid import uuid4

import h11
import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

from outfitter.http.client_address import canonical
from outfitter.http.errors import problem, title_of
from outfitter.http.frame import decorate

MOST_AROUND_A_BODY = 64 * 1024

_PIECE = 8 * 1024

_log = structlog.get_logger("outfitter.http")


class Wire(H11Protocol):
    """A connection that refuses in the one shape, and waits for nobody for ever.

    h11 bounds what stands around a body. It takes no trailer for a header, and where a request asks
    for another protocol it does not take its body for the next request.
    A head has to be there within `patience` seconds of the start or the last answer, and a body
    within as many of its head.
    """

    patience = 30.0
    _part: object = None
    _rest = b""
    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Begin to wait for a head."""
        super().connection_made(transport)
        if self.client:
            # A socket for both kinds of address calls 127.0.0.1 ::ffff:127.0.0.1, and a proxy that
            # comes from there would not be believed.
            host, port = self.client
            self.client = canonical(host) or host, port
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came, a piece at a time: as many tiny chunks as come at once take a second."""
        waits = bool(self._rest)
        self._rest += data
        if not waits:
            self._take()

    def _take(self) -> None:
        """Take the next piece, and read no more before the last."""
        piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
        if self.transport.is_closing():
            self._rest = b""
            return
        super().data_received(piece)
        if self._rest:
            self.transport.pause_reading()
            self.loop.call_soon(self._take)
        elif not (self.flow.read_paused or self.transport.is_closing()):
            self.transport.resume_reading()

    def handle_events(self) -> None:
        """Take what came, and wait for what is still to come."""
        super().handle_events()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        super().connection_lost(exc)
        self._unset_alarm()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - how uvicorn calls
        """Say that what came is no request, and hang up."""
        detail = "This is no HTTP request, or what stands around its body is too long."
        self._refuse(400, "bad_request", detail)

    def _wait(self) -> None:
        """Let the clock run from where a part of a request begins, and no other part's on."""
        if (part := self.conn.their_state) is self._part:
            return
        self._part = part
        self._unset_alarm()
        if part in {h11.IDLE, h11.SEND_BODY}:
            self._alarm = self.loop.call_later(self.patience, self._give_up)

    def _unset_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()

    def _give_up(self) -> None:
        detail = f"The request did not come whole: each part has {self.patience:g} seconds."
        self._refuse(408, "request_timeout", detail)

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Answer, unless an answer has begun, and hang up."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self._answer(status, code, detail)
        self.transport.close()

    def _answer(self, status: int, code: str, detail: str) -> None:
        request_id = str(uuid4())
        headers = {"Connection": "close", "X-Request-ID": request_id}
        state = {"state": {"request_id": request_id}}
        answer = problem(state, status, code, detail, headers=headers)
        decorate(answer.headers, "")
        for part in (
            h11.Response(
                status_code=status, headers=answer.raw_headers, reason=title_of(status).encode()
            ),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(part) or b"")
        _log.info("refused", status=status, request_id=request_id)
