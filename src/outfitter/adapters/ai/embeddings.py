"""Text to vectors, in our own process: a small model that the package brings along."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np

from outfitter.adapters import memory
from outfitter.adapters.ai.rows import Rows, of_length_one
from outfitter.core.finding.vectors import Vector

MOST_TOKENS = 128

_FOLDER = Path(__file__).parents[2] / "sentences"
_BATCH = 32
# In characters, of which the model reads the first 128 tokens.
_LONGEST = 4_000
_ONE_LOADS = Lock()


class LocalEmbedder:
    """all-MiniLM-L6-v2, quantized, which the package brings along; no network, no key."""

    model = "all-minilm-l6-v2-q7"
    dimensions = 384

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
        # Who asks at the same time often asks the same: clauses and hints are short.
        wanted = [text[:_LONGEST] for text in texts]
        once = list(dict.fromkeys(wanted))
        vectors = dict(zip(once, of_length_one(_encoder()(once)).tolist(), strict=True))
        return [vectors[text] for text in wanted]


def _encoder() -> Callable[[list[str]], Rows]:
    """The model, once a process: it takes half a second and 60 MB."""
    with _ONE_LOADS:
        return _loaded()


@cache
def _loaded() -> Callable[[list[str]], Rows]:
    # Only those without OpenAI need these.
    import onnxruntime  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(_FOLDER / "tokenizer.json"))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    # Where it could report its use to its maker, as on Windows, it is told not to.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    # It would keep a plan of its memory for each length of text.
    options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(
        str(_FOLDER / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    memory.give_back()

    def encode(texts: list[str]) -> Rows:
        # One call for all: between two calls it would wait for Python's lock. The model reads each
        # text by itself, so that it has the same vector alone and in company.
        read = [one.ids for one in tokenizer.encode_batch(texts)]
        lengths = np.array([[len(ids)] for ids in read])
        ends = lengths.cumsum(axis=0)
        given = {"tokens": np.concatenate(read), "begins": ends - lengths, "ends": ends}
        (vectors,) = session.run(None, given)
        rows: Rows = vectors
        return rows

    return encode
