"""What answers when a model does not."""

from collections.abc import Callable
from typing import Literal

import structlog

from outfitter.adapters.beside import beside
from outfitter.core.analysis import Analysis, Analyze, Question

_log = structlog.get_logger(__name__)


class ModelFailed(Exception):
    """The model gave no usable answer; `reason` is one stable word and never holds its text.

    `again` is how many seconds to wait before another try, None when it would not help.
    """

    def __init__(self, reason: str, *, again: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class WithFallback:
    """Asks the first analyzer if there is one, and the offline one whenever the first fails.

    The first has so many seconds, the `deadline`, from when the turn began. `failed` is told the
    reason of each failure.
    """

    def __init__(
        self,
        first: Analyze | None,
        offline: Callable[[Question], Analysis],
        *,
        deadline: float,
        failed: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        self._first = first
        self._offline = offline
        self._deadline = deadline
        self._failed = failed

    async def __call__(
        self, question: Question, since: float
    ) -> tuple[Analysis, Literal["claude", "offline"]]:
        """An analysis, and who made it; `since` is when the turn began, by the loop's clock."""
        if self._first:
            try:
                return await self._first(question, since + self._deadline), "claude"
            except ModelFailed as failure:
                _log.warning("model_failed", reason=failure.reason)
                self._failed(failure.reason)
        more = question.plan.length
        return await beside(len(question.message), self._offline, question, more=more), "offline"
