"""How often the auth server is asked whether one user is still signed in."""

import time
from collections.abc import Callable

from outfitter.core.errors import TooMany
from outfitter.core.quota import Quota
from outfitter.core.user import User
from outfitter.http.counts import Counts

_CHECKS = Quota("sign-in-checks", 20, 60)


class CheckGate:
    """Lets through so many checks of a user a minute: each costs a call to another server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._counts = Counts(_CHECKS, clock)

    def count(self, user: User) -> None:
        """Count a check; raises TooMany when the minute has had all it may."""
        if self._counts.times(user.id) >= _CHECKS.most:
            raise TooMany(
                "Too many requests that ask whether you are still signed in; wait a little.",
                reached=_CHECKS.name,
                quotas=[_CHECKS],
                code="too_many_checks",
                retry_after=self._counts.wait(user.id),
            )
        self._counts.add(user.id)
