"""A model whose client is made in the background: importing it takes seconds."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import structlog

from outfitter.adapters import memory
from outfitter.adapters.ai.fallback import ModelFailed
from outfitter.core.analysis import Analysis, Question

_log = structlog.get_logger(__name__)


class Model(Protocol):
    """An analyzer that holds connections."""

    async def __call__(self, question: Question, until: float, /) -> Analysis:
        """What it makes of the question until then."""

    async def close(self) -> None:
        """Give the connections back."""


class Late:
    """An analyzer that is made by `make` in a thread, when it is warmed or first asked.

    Who asks before it is made has an answer in time all the same. If making it fails, whoever
    asked is told `ModelFailed`, and the next one to ask tries again.
    """

    def __init__(self, make: Callable[[], Model]) -> None:
        self._make = make
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._made: asyncio.Future[Model | None] | None = None

    def warm(self) -> asyncio.Future[Model | None]:
        """Begin to make it, so that the first question need not wait for all of it."""
        if self._made is None or _failed(self._made):
            self._made = asyncio.get_running_loop().run_in_executor(self._thread, self._ready)
        return self._made

    def _ready(self) -> Model | None:
        try:
            model = self._make()
        except Exception as error:  # noqa: BLE001 - a proxy it cannot use, say: turns go on without
            _log.warning("model_not_made", error=type(error).__name__)
            return None
        memory.give_back()
        return model

    async def __call__(self, question: Question, until: float) -> Analysis:
        """What the model makes of the question; raises `ModelFailed` when it makes nothing."""
        try:
            async with asyncio.timeout_at(until):
                # Whoever asks first may leave before it is made; the others still want it.
                model = await asyncio.shield(self.warm())
        except TimeoutError:
            raise ModelFailed("timeout") from None
        if model is None:
            raise ModelFailed("not_made")
        return await model(question, until)

    async def close(self) -> None:
        """Give the connections back; a model that is only being made has none."""
        self._thread.shutdown(wait=False)
        if self._made is None or self._made.cancel():
            return
        if model := self._made.result():
            await model.close()


def _failed(made: asyncio.Future[Model | None]) -> bool:
    return made.done() and made.result() is None
