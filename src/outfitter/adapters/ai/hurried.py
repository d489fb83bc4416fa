"""An embedder that answers soon or not at all."""

import asyncio
from collections.abc import Callable

import structlog

from outfitter.adapters.ai.breaker import Breaker
from outfitter.core.errors import Unavailable
from outfitter.core.finding.vectors import Embed, Vector

_FAILURES_IN_A_ROW = 3
_REST = 15.0

_log = structlog.get_logger(__name__)


class Hurried:
    """Asks an embedder for at most `within` seconds, and for a while not at all when it is away."""

    def __init__(
        self, embed: Embed, model: str, clock: Callable[[], float], *, within: float = 5.0
    ) -> None:
        self.model = model
        self._embed = embed
        self._within = within
        self._breaker = Breaker(_FAILURES_IN_A_ROW, _REST, clock)

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One unit vector for each text; raises Unavailable when they do not come in time."""
        if not self._breaker.asks():
            raise Unavailable("The embedding service is left alone for a while.")
        try:
            async with asyncio.timeout(self._within):
                vectors = await self._embed(texts)
        except (Unavailable, TimeoutError) as error:
            self._breaker.failed()
            _log.warning("embedding_failed", reason=type(error).__name__)
            raise Unavailable("The embedding service gave no vectors in time.") from None
        self._breaker.worked()
        return vectors
