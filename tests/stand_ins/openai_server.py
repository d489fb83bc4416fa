"""A stand-in for the OpenAI embeddings service, on a real loopback socket."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from stand_ins.loopback import Handler, listening

Body = dict[str, object]


@dataclass
class OpenAIServer:
    """What the stand-in was asked, and how it should answer the next requests.

    `statuses` are answered first, one a request; after them every request succeeds, with a body of
    its own where `rubbish` is not empty. Requests beyond the first `at_once` are not answered as
    long as the stand-in listens.
    """

    url: str = ""
    bodies: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    dimensions: int = 1536
    backwards: bool = False
    one_short: bool = False
    rubbish: bytes = b""
    at_once: int = sys.maxsize
    ends: threading.Event = field(default_factory=threading.Event)

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

    class Embeddings(Handler):
        def take(self) -> None:
            key = self.headers.get("authorization", "").removeprefix("Bearer ")
            status, answer = state.answer(json.loads(self.body()), key)
            if len(state.bodies) > state.at_once:
                state.ends.wait()
                return
            body = state.rubbish or json.dumps(answer).encode()
            self.answer(status, body, {"content-type": "application/json"})

    with listening(Embeddings) as url:
        state.url = f"{url}/v1"
        try:
            yield state
        finally:
            state.ends.set()
