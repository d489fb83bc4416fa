"""Waiting for what happens elsewhere: as long as it takes, and not for ever."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable

SECONDS = 60


async def until(reached: Callable[[], bool | Awaitable[bool]], *, every: float = 0.05) -> None:
    """Wait for something to come true; `every` is how many seconds pass between two looks."""
    deadline = time.monotonic() + SECONDS
    while not await _told(reached):
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(every)


def soon(seconds: float = 10.0) -> float:
    """So many seconds from now, by the event loop's clock."""
    return asyncio.get_running_loop().time() + seconds


async def _told(reached: Callable[[], bool | Awaitable[bool]]) -> bool:
    told = reached()
    return await told if isawaitable(told) else told
