"""Thinking about long texts beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

About = TypeVarTuple("About")
Thought = TypeVar("Thought")

# As long a text takes some ten thousandths of a second to read; the longest takes half a second.
_SHORT = 1_000
# One thread: with more of them the event loop's would seldom have its turn.
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="think")


async def beside(text: str, think: Callable[[*About], Thought], *about: *About) -> Thought:
    """What thinking comes to, which takes as long as the text is: a long one holds up nobody."""
    if len(text) <= _SHORT:
        return think(*about)
    return await asyncio.get_running_loop().run_in_executor(_THREAD, think, *about)
