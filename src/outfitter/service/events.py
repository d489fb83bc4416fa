"""What is told of a turn while it is under way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from outfitter.core.analysis import Analysis
from outfitter.core.answering.answer import Analyzer, Answer
from outfitter.service.turn import Scene

EventName = Literal[
    "accepted",
    "candidates",
    "analysis",
    "required_credentials",
    "agent",
    "done",
    "heartbeat",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a turn, with what is known by then."""

    name: EventName
    data: Mapping[str, Any]


Tell = Callable[[Event], None]

# Sent while nothing happens, so that no proxy takes the connection for a dead one.
HEARTBEAT = Event("heartbeat", {})


def nobody(_event: Event) -> None:
    """Tell nobody."""


def heard(scene: Scene) -> Iterator[Event]:
    """The message is stored, and these servers were found for it, best first."""
    hearing = scene.hearing
    yield Event("accepted", {"session_id": hearing.session, "turn_id": hearing.turn})
    servers = [
        {"name": one.server.name, "score": round(one.score, 3)} for one in scene.question.shortlist
    ]
    yield Event("candidates", {"servers": servers})


def understood(analysis: Analysis, analyzer: Analyzer) -> Event:
    """How the message was understood."""
    shown = analysis.model_dump(mode="json", exclude={"reply", "raised", "unmet", "asks_missing"})
    return Event("analysis", {**shown, "analyzer": analyzer})


def concluded(answer: Answer) -> Iterator[Event]:
    """The credentials that are needed, or the agent that was made; no event if it is neither."""
    shown = answer.model_dump(mode="json", include={"required_credentials", "agent"})
    if answer.required_credentials:
        wanted = shown["required_credentials"]
        yield Event("required_credentials", {"required_credentials": wanted})
    if answer.agent:
        yield Event("agent", shown["agent"])


def done(answer: Answer) -> Event:
    """The whole answer, as a client gets it that asked for JSON."""
    return Event("done", answer.model_dump(mode="json"))
