"""A stand-in of Claude's Messages API on a loopback port, with faults to switch on.

with ClaudeStandIn() as claude:
    claude.next("overloaded", "ok")      # one fault a call, then `claude.usual` again
    ClaudeAnalyzer(api_key="sk-test", model="claude-haiku-5-5", base_url=claude.url)
"""

import gzip
import json
import re
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Literal, Self

from stand_ins.loopback import NONE, Server

Mode = Literal[
    "ok",
    "thinking",
    "refusal",
    "truncated",
    "fenced",
    "prose",
    "uncounted",
    "invalid",
    "list",
    "null",
    "empty",
    "unknown",
    "html",
    "bad_request",
    "no_effort",
    "unauthorized",
    "rate_limited",
    "error",
    "overloaded",
    "hang",
    "reset",
    "broken_off",
    "long",
    "long_refusal",
    "packed",
    "moved",
]
Reply = Callable[[dict[str, Any]], dict[str, Any]]

_STATUS: dict[str, tuple[int, str]] = {
    "bad_request": (400, "invalid_request_error"),
    "unauthorized": (401, "authentication_error"),
    "rate_limited": (429, "rate_limit_error"),
    "error": (500, "api_error"),
    "overloaded": (529, "overloaded_error"),
}
_DATA = re.compile(r'<data name="(\w+)">\n(.*)\n</data>')


def data_of(body: dict[str, Any]) -> dict[str, Any]:
    """What the request's prompt says, taken out of its fences."""
    text = body["messages"][0]["content"]
    return {name: json.loads(content) for name, content in _DATA.findall(text)}


def obedient(body: dict[str, Any]) -> dict[str, Any]:
    """A sensible analysis: one step for each offered server that the message names."""
    data = data_of(body)
    message = data["message"].casefold()
    named = [one for one in data["shortlist"] if one["title"].casefold() in message]
    steps = [{"text": f"Use {one['title']}", "server": one["name"], "why": ""} for one in named]
    return {
        "intent": "plan" if steps else "nothing",
        "goal": data["message"],
        "steps": steps,
        "uncovered": [],
        "declined": [],
        "reply": "" if steps else "What should I automate?",
    }


def tells_the_time(_body: dict[str, Any]) -> dict[str, Any]:
    """An analysis that tells the time, which no credential is needed for."""
    return {
        "intent": "plan",
        "goal": "Know the time",
        "steps": [{"text": "Tell the time", "server": "time", "why": "It knows it"}],
        "uncovered": [],
        "declined": [],
        "reply": "",
    }


class ClaudeStandIn:
    """The server; `seen` holds the bodies of the requests, `reply` makes its analyses."""

    def __init__(self, usual: Mode = "ok", reply: Reply = obedient) -> None:
        self.usual: Mode = usual
        self.reply = reply
        self.delay = 0.0
        self.retry_after: str | None = None
        self.elsewhere = ""
        self.padding = 0
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self._queue: deque[Mode] = deque()
        stand_in = self

        class Handler(_Handler):
            claude = stand_in

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def next(self, *modes: Mode) -> None:
        """What the next calls meet, one each."""
        self._queue.extend(modes)

    def take(self) -> Mode:
        """What this call meets."""
        return self._queue.popleft() if self._queue else self.usual

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    claude: ClaudeStandIn
    protocol_version = "HTTP/1.1"
    # An answer goes out in two parts, and the second would wait 40 ms for the first.
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.claude.seen.append(body)
        self.claude.headers.append({name.lower(): one for name, one in self.headers.items()})
        mode = self.claude.take()
        if self.claude.delay:
            self.claude.released.wait(self.claude.delay)
        with suppress(OSError):
            self._answer(mode, body)

    def _answer(self, mode: Mode, body: dict[str, Any]) -> None:
        if mode == "hang":
            self.claude.released.wait(60)
            self.close_connection = True
        elif mode == "reset":
            self._hang_up()
        elif mode == "broken_off":
            self._send(200, b'{"type": "mess', length=1000)
            self._hang_up()
        elif mode == "html":
            self._send(200, b"<html>a proxy speaks</html>", "text/html")
        elif mode in {"long", "long_refusal", "packed", "moved"}:
            self._odd(mode, json.dumps(message(mode, self.claude.reply(body))).encode())
        elif mode in _STATUS or (mode == "no_effort" and "effort" in body["output_config"]):
            self._fail(*_STATUS.get(mode, _STATUS["bad_request"]))
        else:
            self._send(200, json.dumps(message(mode, self.claude.reply(body))).encode())

    def _odd(self, mode: Mode, sound: bytes) -> None:
        """A sound answer in a way that no model answers."""
        if mode == "packed":
            self._send(200, gzip.compress(sound, mtime=0), more={"Content-Encoding": "gzip"})
        elif mode == "moved":
            self._send(307, b"", more={"Location": self.claude.elsewhere})
        else:
            self._send(200 if mode == "long" else 500, b" " * self.claude.padding + sound)

    def _fail(self, status: int, kind: str) -> None:
        document = {"type": "error", "error": {"type": kind, "message": "as switched on"}}
        self._send(status, json.dumps(document).encode())

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        length: int | None = None,
        more: Mapping[str, str] = NONE,
    ) -> None:
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        if self.claude.retry_after and status != 200:
            self.send_header("Retry-After", self.claude.retry_after)
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        """Close so that the other side sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by its base
        """Say nothing."""


def message(mode: Mode, analysis: dict[str, Any]) -> dict[str, Any]:
    """A Messages API answer that carries the analysis as the mode wants it."""
    stops = {"refusal": "refusal", "truncated": "max_tokens"}
    content: list[dict[str, str]] = [{"type": "text", "text": _text(mode, analysis)}]
    if mode == "thinking":
        content.insert(0, {"type": "thinking", "thinking": '{"hm": 1}', "signature": "c2ln"})
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": [] if mode == "empty" else content,
        "stop_reason": stops.get(mode, "end_turn"),
        "stop_sequence": None,
        "usage": None if mode == "uncounted" else {"input_tokens": 900, "output_tokens": 120},
    }


def _text(mode: Mode, analysis: dict[str, Any]) -> str:
    if mode == "unknown":
        made_up = {"text": "Send a fax", "server": "fax-machine", "why": ""}
        analysis = analysis | {"intent": "plan", "steps": [*analysis["steps"], made_up]}
    text = json.dumps(analysis, ensure_ascii=False)
    shapes = {
        "refusal": "I cannot help with that.",
        "truncated": text[: len(text) // 2],
        "fenced": f"```json\n{text}\n```",
        "prose": f"Here is the plan:\n{text}\nTell me if it fits.",
        "invalid": text.replace(":", ";"),
        "list": "[1, 2]",
        "null": "null",
    }
    return shapes.get(mode, text)
