"""Remembering who has no turn left, so that their next message is refused at once."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from outfitter.core.errors import TooManyTurns
from outfitter.core.quota import Quota, reached
from outfitter.core.user import User

_REMEMBERED = 4096


class Pacing:
    """Remembers what the database said of each user's next message.

    The database decides, for all processes. This only spares the embedding of a message that it
    would refuse anyway.
    """

    def __init__(
        self, quotas: Sequence[Quota], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._quotas = tuple(quotas)
        self._clock = clock
        self._until: OrderedDict[str, tuple[Quota, float]] = OrderedDict()

    def learn(self, user: User, waits: Sequence[int]) -> None:
        """Remember how long the user's next message must wait for each of the quotas."""
        if quota := reached(self._quotas, waits):
            self._until[user.id] = quota[0], self._clock() + quota[1]
            self._until.move_to_end(user.id)
        if len(self._until) > _REMEMBERED:
            self._until.popitem(last=False)

    def refusal(self, user: User) -> TooManyTurns | None:
        """The error for a message of the user, if it is known to come too early."""
        quota, until = self._until.get(user.id, (None, 0.0))
        left = until - self._clock()
        if quota is None or left <= 0:
            self._until.pop(user.id, None)
            return None
        return TooManyTurns(reached=quota, quotas=self._quotas, retry_after=math.ceil(left))
