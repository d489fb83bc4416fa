"""A model that takes long to make does not keep the service from starting."""

import asyncio
import threading

import pytest

from catalogues import GMAIL, candidates
from outfitter.adapters.ai.fallback import ModelFailed, WithFallback
from outfitter.adapters.ai.late import Late
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import Plan
from outfitter.core.talk import offline
from waiting import soon

QUESTION = Question("Hello!", ("Hello!",), candidates(GMAIL), Plan())
KEPT = Analysis(intent=Intent.KEEP)


class Slow:
    """A model that is made when it may be."""

    def __init__(self, may: threading.Event, made: list["Slow"]) -> None:
        assert may.wait(10)
        self.closed = False
        made.append(self)

    async def __call__(self, _question: Question, _until: float) -> Analysis:
        """Keep the plan."""
        return KEPT

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


async def test_whoever_asks_waits_for_one_model_and_leaves_it_to_the_others() -> None:
    may, made = threading.Event(), list[Slow]()
    late = Late(lambda: Slow(may, made))
    late.warm()
    first, second = (asyncio.create_task(late(QUESTION, soon())) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    may.set()

    assert first.cancelled()
    assert await second == await late(QUESTION, soon()) == KEPT
    await late.close()
    assert [one.closed for one in made] == [True]


async def test_whoever_asks_early_waits_no_longer_for_model_and_answer_than_for_an_answer() -> None:
    may, made = threading.Event(), list[Slow]()
    late = Late(lambda: Slow(may, made))
    with pytest.raises(ModelFailed) as left:
        await late(QUESTION, soon(0.05))
    may.set()
    await late.warm()

    assert left.value.reason == "timeout"
    assert await late(QUESTION, soon()) == KEPT
    await late.close()


async def test_a_model_that_is_only_being_made_holds_up_no_end() -> None:
    may, made = threading.Event(), list[Slow]()
    late = Late(lambda: Slow(may, made))
    late.warm()
    async with asyncio.timeout(5):
        await late.close()
    still = not made
    may.set()

    assert still


async def test_a_model_that_nobody_asked_is_never_made() -> None:
    made = list[Slow]()
    await Late(lambda: Slow(threading.Event(), made)).close()
    assert not made


async def test_a_model_that_cannot_be_made_leaves_the_turn_to_the_offline_analyzer() -> None:
    def make() -> Slow:
        raise ImportError("a proxy that takes a package of its own")

    failures: list[str] = []
    late = Late(make)
    answered = WithFallback(late, offline.read, deadline=10, failed=failures.append)

    _, analyzer = await answered(QUESTION, soon(0))
    assert (analyzer, failures) == ("offline", ["not_made"])
    await late.close()


async def test_a_model_that_could_not_be_made_is_tried_again_with_the_next_question() -> None:
    may, made = threading.Event(), list[Slow]()
    may.set()
    outcomes = iter([OSError("too many open files"), None])

    def make() -> Slow:
        if error := next(outcomes):
            raise error
        return Slow(may, made)

    late = Late(make)
    with pytest.raises(ModelFailed):
        await late(QUESTION, soon())
    assert await late(QUESTION, soon()) == KEPT
    await late.close()
