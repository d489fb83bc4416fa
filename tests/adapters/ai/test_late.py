"""A model that takes long to make does not keep the service from starting."""

import asyncio
import threading

from catalogues import GMAIL, candidates
from outfitter.adapters.ai.late import Late
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import Plan

QUESTION = Question("Hello!", ("Hello!",), candidates(GMAIL), Plan())
KEPT = Analysis(intent=Intent.KEEP)


class Slow:
    """A model that is made when it may be."""

    def __init__(self, may: threading.Event, made: list["Slow"]) -> None:
        assert may.wait(10)
        self.closed = False
        made.append(self)

    async def __call__(self, _question: Question) -> Analysis:
        """Keep the plan."""
        return KEPT

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


async def test_whoever_asks_waits_for_one_model_and_leaves_it_to_the_others() -> None:
    may, made = threading.Event(), list[Slow]()
    late = Late(lambda: Slow(may, made))
    late.warm()
    first, second = (asyncio.create_task(late(QUESTION)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    may.set()

    assert first.cancelled()
    assert await second == await late(QUESTION) == KEPT
    await late.close()
    assert [one.closed for one in made] == [True]


async def test_a_model_that_nobody_asked_is_never_made() -> None:
    made = list[Slow]()
    await Late(lambda: Slow(threading.Event(), made)).close()
    assert not made
