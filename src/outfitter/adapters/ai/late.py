"""A model whose client is made in the background: importing it takes seconds."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from outfitter.adapters import memory
from outfitter.core.analysis import Analysis, Question


class Model(Protocol):
    """An analyzer that holds connections."""

    async def __call__(self, question: Question, /) -> Analysis:
        """What it makes of the question."""

    async def close(self) -> None:
        """Give the connections back."""


class Late:
    """An analyzer that is made by `make` in a thread, when it is warmed or first asked."""

    def __init__(self, make: Callable[[], Model]) -> None:
        self._make = make
        self._made: asyncio.Task[Model] | None = None

    def warm(self) -> asyncio.Task[Model]:
        """Begin to make it, so that the first question need not wait for all of it."""
        self._made = self._made or asyncio.create_task(asyncio.to_thread(self._ready))
        return self._made

    def _ready(self) -> Model:
        model = self._make()
        memory.give_back()
        return model

    async def __call__(self, question: Question) -> Analysis:
        """What the model makes of the question."""
        # Whoever asks first may leave before it is made; the others still want it.
        model = await asyncio.shield(self.warm())
        return await model(question)

    async def close(self) -> None:
        """Give the connections back, if there are any."""
        if self._made:
            await (await self._made).close()
