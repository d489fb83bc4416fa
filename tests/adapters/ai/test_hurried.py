"""An embedder that is away holds nobody up."""

import asyncio

import pytest

from clock import Clock
from outfitter.adapters.ai.hurried import Hurried
from outfitter.core.errors import Unavailable
from outfitter.core.finding.vectors import Vector


class Embedder:
    """Answers, fails or says nothing, and counts how often it is asked."""

    def __init__(self) -> None:
        self.does = "answer"
        self.asked = 0

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """A vector for each text, unless told otherwise."""
        self.asked += 1
        if self.does == "hang":
            await asyncio.sleep(60)
        if self.does == "fail":
            raise Unavailable("away")
        return [[1.0] for _ in texts]


async def test_a_silent_embedder_is_left_in_time_and_then_alone() -> None:
    embedder, clock = Embedder(), Clock()
    hurried = Hurried(embedder, "model", clock, within=0.05)
    embedder.does = "hang"
    for _ in range(10):
        with pytest.raises(Unavailable):
            await hurried(["one"])
    # Whoever does not ask does not wait.
    assert embedder.asked == 3


async def test_after_its_rest_one_asks_first_and_all_if_that_worked() -> None:
    embedder, clock = Embedder(), Clock()
    hurried = Hurried(embedder, "model", clock)
    embedder.does = "fail"
    for _ in range(5):
        with pytest.raises(Unavailable):
            await hurried(["one"])
    embedder.does = "answer"
    clock.now += 16

    assert await hurried(["one", "two"]) == [[1.0], [1.0]]
    assert await hurried(["one"]) == [[1.0]]
    assert embedder.asked == 5
