"""A stand-in for the OpenAI embeddings service, on a real loopback socket."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Body = dict[str, object]


@dataclass
class OpenAIServer:
    """What the stand-in was asked, and how it should answer the next requests.

    `statuses` are answered first, one a request; after them every request succeeds, with a body of
    its own where `rubbish` is not empty.
    """

    url: str = ""
    bodies: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    dimensions: int = 1536
    backwards: bool = False
    one_short: bool = False
    rubbish: bytes = b""

    @property
    def inputs(self) -> list[list[str]]:
        """The texts of each request."""
        return [[str(text) for text in texts] for body in self.bodies if (texts := _list(body))]

    def answer(self, body: Body, key: str) -> tuple[int, Body]:
        """The status and body for a request."""
        self.bodies.append(body)
        self.keys.append(key)
        if self.statuses:
            status = self.statuses.pop(0)
            return status, {"error": {"message": f"no, {key}", "type": "planted"}}
        texts = [str(text) for text in _list(body)]
        rows: list[Body] = [
            {"object": "embedding", "index": at, "embedding": self._vector(text)}
            for at, text in enumerate(texts)
        ]
        rows = rows[: -1 if self.one_short else None]
        return 200, {
            "object": "list",
            "model": body["model"],
            "data": rows[::-1] if self.backwards else rows,
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }

    def _vector(self, text: str) -> list[float]:
        """Twice a unit vector whose place is the length of the text."""
        vector = [0.0] * self.dimensions
        vector[len(text) % self.dimensions] = 2.0
        return vector


def _list(body: Body) -> list[object]:
    found = body.get("input")
    return found if isinstance(found, list) else []


@contextmanager
def openai_server() -> Iterator[OpenAIServer]:
    """The stand-in while it listens."""
    state = OpenAIServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = json.loads(self.rfile.read(length))
            key = self.headers.get("authorization", "").removeprefix("Bearer ")
            status, answer = state.answer(body, key)
            content = state.rubbish or json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
