"""How often each of many has done something lately; each process counts for itself."""

import math
from collections import OrderedDict
from collections.abc import Callable

from outfitter.core.quota import Quota

_KEPT = 4096


class Counts:
    """Counts within a window that begins with the first time, of the few thousand latest."""

    def __init__(self, quota: Quota, clock: Callable[[], float]) -> None:
        self.quota = quota
        self._clock = clock
        self._counted: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def times(self, whose: str) -> int:
        """How often it was since the window began."""
        return self._of(whose)[1]

    def wait(self, whose: str) -> int:
        """After how many seconds it is counted anew."""
        begun, _ = self._of(whose)
        return max(1, math.ceil(begun + self.quota.seconds - self._clock()))

    def add(self, whose: str) -> None:
        """Count one time more."""
        begun, times = self._of(whose)
        self._counted[whose] = begun, times + 1
        self._counted.move_to_end(whose)
        if len(self._counted) > _KEPT:
            self._counted.popitem(last=False)

    def _of(self, whose: str) -> tuple[float, int]:
        now = self._clock()
        begun, times = self._counted.get(whose, (now, 0))
        return (begun, times) if now < begun + self.quota.seconds else (now, 0)
