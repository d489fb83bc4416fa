"""Small HTTP servers on loopback, for stand-ins that only take and answer whole requests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NONE: Mapping[str, str] = {}


class Server(ThreadingHTTPServer):
    """Takes a crowd that comes at the same moment; the usual five in line would be cut off."""

    daemon_threads = True
    request_queue_size = 128


class Handler(BaseHTTPRequestHandler):
    """Takes requests without a word in a test's output."""

    def take(self) -> None:
        """Answer one request, whatever its method."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Take it."""
        self.take()

    def do_POST(self) -> None:
        """Take it."""
        self.take()

    def body(self) -> bytes:
        """What came with the request."""
        return self.rfile.read(int(self.headers["content-length"]))

    def answer(self, status: int, body: bytes = b"", headers: Mapping[str, str] = NONE) -> None:
        """Answer the request."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(handler: type[Handler]) -> Iterator[str]:
    """The address of a server while it listens, whose requests the handler takes."""
    server = Server(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
