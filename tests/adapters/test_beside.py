"""A long text is thought about beside the event loop, a short one at once."""

import asyncio
import threading

from outfitter.adapters.ai.fallback import WithFallback
from outfitter.adapters.beside import beside
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import Plan


async def test_while_a_long_text_is_thought_about_everything_else_goes_on() -> None:
    gone_on = threading.Event()
    thought = asyncio.create_task(beside(3_000, gone_on.wait, 10))
    await asyncio.sleep(0)
    gone_on.set()
    assert await thought


async def test_a_short_text_changes_no_thread() -> None:
    assert await beside(2, threading.current_thread) is threading.current_thread()


async def test_a_short_text_about_much_is_thought_about_beside_too() -> None:
    thread = await beside(2, threading.current_thread, more=1_000)
    assert thread is not threading.current_thread()


async def test_who_writes_a_few_lines_waits_for_no_long_text() -> None:
    let_go = threading.Event()
    long = asyncio.create_task(beside(3_000, let_go.wait, 10))
    await asyncio.sleep(0)
    assert await beside(300, lambda: "done") == "done"
    assert not long.done()
    let_go.set()
    assert await long


async def test_one_thread_thinks_about_all_long_texts() -> None:
    thoughts = (beside(3_000, threading.get_ident) for _ in range(3))
    assert len(set(await asyncio.gather(*thoughts))) == 1


async def test_a_long_message_is_read_by_it() -> None:
    readers: list[str] = []

    def read(_question: Question) -> Analysis:
        readers.append(threading.current_thread().name)
        return Analysis(intent=Intent.NOTHING)

    answered = WithFallback(None, read, deadline=10)
    for message in ("so", "so " * 1_000):
        await answered(Question(message, (message,), (), Plan()), 0.0)
    assert readers[0] == threading.current_thread().name
    assert readers[1].startswith("think")
