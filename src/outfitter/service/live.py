"""Turns told event by event, which go on when the listener has left."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from outfitter.core.errors import OutfitterError, places
from outfitter.core.user import User
from outfitter.service import events
from outfitter.service.chat import Chat
from outfitter.service.events import Event
from outfitter.service.turn import Said, Turned

_log = structlog.get_logger("outfitter.service")


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of a turn; `replayed` says that its answer was given before."""

    events: AsyncIterator[Event]
    replayed: bool


class Live:
    """Takes each turn in a task of its own, which ends with the turn and not with its listener."""

    def __init__(self, chat: Chat, *, heartbeat: float) -> None:
        self._chat = chat
        self._heartbeat = heartbeat
        self._under_way: set[asyncio.Task[Turned]] = set()

    async def turn(self, user: User, said: Said) -> Telling:
        """The events of a turn, once there is the first one; raises what the turn raises.

        A refused turn raises here; one that was answered before, under the same idempotency key,
        has the event `done` only. After the first event, silence is broken by heartbeats.
        """
        told: asyncio.Queue[Event | None] = asyncio.Queue()
        task = asyncio.create_task(self._chat.turn(user, said, tell=told.put_nowait))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        task.add_done_callback(lambda _task: told.put_nowait(None))
        first = await told.get()
        replayed = first is None and (await task).replayed
        return Telling(self._events(first, told, task), replayed)

    async def close(self) -> None:
        """Wait for the turns under way; each has a deadline of its own."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _events(
        self, first: Event | None, told: asyncio.Queue[Event | None], task: asyncio.Task[Turned]
    ) -> AsyncIterator[Event]:
        event = first
        while event:
            yield event
            event = await self._next(told)
        yield events.done((await task).answer)

    async def _next(self, told: asyncio.Queue[Event | None]) -> Event | None:
        try:
            async with asyncio.timeout(self._heartbeat):
                return await told.get()
        except TimeoutError:
            return events.HEARTBEAT

    def _ended(self, task: asyncio.Task[Turned]) -> None:
        """Log an unexpected error: there may be no listener left who does."""
        self._under_way.discard(task)
        error = None if task.cancelled() else task.exception()
        if error and not isinstance(error, OutfitterError):
            _log.error("broke", error=type(error).__name__, at=places(error))
