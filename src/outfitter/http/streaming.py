"""A turn as server-sent events, for whoever asks for them."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from outfitter.core.errors import OutfitterError
from outfitter.http.errors import problem_of, unexpected
from outfitter.service.events import HEARTBEAT, Event

_EVENTS, _JSON = "text/event-stream", "application/json"
_ALSO_JSON = (_JSON, "application/*", "*/*")
_WEIGHT = re.compile(r";\s*q=([01](?:\.\d*)?)\s*(?:;|$)")
_EXAMPLE = """\
event: accepted
data: {"session_id": "019f…", "turn_id": "019f…"}

event: candidates
data: {"servers": [{"name": "gmail", "score": 0.93}, {"name": "notion", "score": 0.91}]}

event: analysis
data: {"intent": "plan", "goal": "…", "steps": [{"text": "…", "server": "gmail", "why": "…"}], …}

event: required_credentials
data: {"required_credentials": [{"mcp_server": "gmail", "credential_key": "GMAIL_ADDRESS", …}]}

event: done
data: {"reply": "…", "session_id": "019f…", "status": "pending_credentials", …}
"""

DESCRIBED: dict[str, Any] = {
    "headers": {
        "Idempotent-Replayed": {
            "description": "`true` where the answer was given before.",
            "schema": {"type": "string"},
        }
    },
    "description": "The answer; with `Accept: text/event-stream` the events that lead to it.",
    "content": {
        _EVENTS: {
            "schema": {
                "type": "string",
                "description": "`accepted`, `candidates`, `analysis`, then `required_credentials` "
                "or `agent` if it came to one, and at last `done` with the whole answer, or "
                "`error` with a problem document. A comment line breaks long silence. The "
                "turn goes on if the client leaves.",
            },
            "example": _EXAMPLE,
        }
    },
}


def wants_events(request: Request) -> bool:
    """Whether events are asked for by name, and JSON neither more nor by name before them."""
    listed = ",".join(request.headers.getlist("accept")).lower().split(",")
    wanted = {one.partition(";")[0].strip(): _weight(one) for one in listed}
    events = wanted.get(_EVENTS, 0.0)
    # What names a kind more closely says how much it is wanted.
    others = next((wanted[kind] for kind in _ALSO_JSON if kind in wanted), 0.0)
    named = [kind for kind in wanted if kind in {_EVENTS, _JSON}]
    return events > others or (events == others > 0 and named[0] == _EVENTS)


def _weight(listed: str) -> float:
    """How much a kind of answer is wanted, as its list says."""
    said = _WEIGHT.search(listed)
    return float(said[1]) if said else 1.0


def streamed(
    request: Request, events: AsyncIterator[Event], headers: Mapping[str, str]
) -> EventSourceResponse:
    """The events as an answer with these headers; what they raise is told as the last one."""
    own = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_written(request, events), headers={**own, **headers})


async def _written(request: Request, events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    try:
        async for event in events:
            if event is HEARTBEAT:
                yield KEEPALIVE_COMMENT
            else:
                yield _line(event.name, json.dumps(event.data))
    except OutfitterError as error:
        yield _line("error", _text(problem_of(request.scope, error)))
    except Exception:  # noqa: BLE001 - whoever took the turn wrote it down
        yield _line("error", _text(unexpected(request.scope)))


def _text(answer: Response) -> str:
    return bytes(answer.body).decode()


def _line(name: str, data: str) -> bytes:
    return format_sse_event(event=name, data_str=data)
