"""Thinking about long texts beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

About = TypeVarTuple("About")
Thought = TypeVar("Thought")

# In characters. As short a text takes some thousandths of a second to read, if it names as many
# apps as it can; one of a thousand takes a third of a second, and the longest takes seconds.
_SHORT, _LONG = 200, 1_000
# One thread each, so that nobody waits for a long text but who wrote one too: with more of them the
# event loop's would seldom have its turn.
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="think")
_THREAD_OF_LONG = ThreadPoolExecutor(max_workers=1, thread_name_prefix="think-long")


async def beside(
    length: int, think: Callable[[*About], Thought], *about: *About, more: int = 0
) -> Thought:
    """What thinking about a text of that length comes to: a long one holds up nobody.

    `more` is how many other characters are thought about with it.
    """
    if length + more <= _SHORT:
        return think(*about)
    thread = _THREAD if length <= _LONG else _THREAD_OF_LONG
    return await asyncio.get_running_loop().run_in_executor(thread, think, *about)
