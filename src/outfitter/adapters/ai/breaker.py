"""A breaker: after enough failures in a row nobody asks for a while, then one asks first."""

from collections.abc import Callable


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
