"""When to ask a service again: which failures may pass, and when to leave it alone for a while."""

from collections.abc import Callable
from http import HTTPStatus

_TRANSIENT = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
)


def may_pass(status: int) -> bool:
    """Whether a request that was answered with this HTTP status may work when it is sent again."""
    return status in _TRANSIENT or status >= HTTPStatus.INTERNAL_SERVER_ERROR


class Breaker:
    """Opens for `rest` seconds after `most` failures in a row; `clock` gives seconds."""

    def __init__(self, most: int, rest: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._closed_at = 0.0

    def asks(self) -> bool:
        """Whether asking is worth it now; while it is half open, for one caller only."""
        if self._failures < self._most:
            return True
        now = self._clock()
        if now < self._closed_at:
            return False
        self._closed_at = now + self._rest
        return True

    def worked(self) -> None:
        """Take note of an answer."""
        self._failures = 0

    def failed(self) -> None:
        """Take note of a failure."""
        self._failures += 1
        if self._failures >= self._most:
            self._closed_at = self._clock() + self._rest
