"""Tokens that are refused unread: those of an address that brought too many bad ones."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network

from outfitter.core.errors import Forbidden, Refused, SignInFailed, TooMany, Unauthenticated
from outfitter.core.quota import Quota
from outfitter.http.counts import Counts

_BAD_TOKENS = Quota("refused-tokens", 60, 60)


class TokenGate:
    """Listens to no new tokens of an address that had 60 refused within a minute.

    The minute begins with the first of them. Each process counts for itself, and keeps the few
    thousand addresses that were refused last.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._refused = Counts(_BAD_TOKENS, clock)
        self._asked: Counter[str] = Counter()

    @contextmanager
    def listening(
        self, address: str | None, known: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """Count what the block refuses; raises TooMany before it, unless the token is known."""
        whose = _neighbourhood(address)
        if self._refused.times(whose) >= _BAD_TOKENS.most and not known():
            raise TooMany(
                "Too many refused tokens came from your address; wait a little.",
                reached=_BAD_TOKENS.name,
                quotas=[_BAD_TOKENS],
                code="too_many_refused_tokens",
                retry_after=self._refused.wait(whose),
            )
        try:
            yield
        except (Unauthenticated, Forbidden, SignInFailed, Refused):
            self._refused.add(whose)
            raise

    @contextmanager
    def exchanging(self, address: str | None) -> Iterator[None]:
        """As `listening`, for tokens that the auth server is asked about; pending ones count too.

        Otherwise a flood would be through before its first refusal is counted.
        """
        whose = _neighbourhood(address)
        with self.listening(address):
            if self._refused.times(whose) + self._asked[whose] >= _BAD_TOKENS.most:
                raise TooMany(
                    "Too many sign-ins came from your address at once; wait a little.",
                    reached="sign-ins",
                    code="sign_in_rate",
                )
            self._asked[whose] += 1
            try:
                yield
            finally:
                self._asked[whose] -= 1
                if not self._asked[whose]:
                    del self._asked[whose]


def _neighbourhood(address: str | None) -> str:
    """What counts as one address: whoever has an IPv6 address has a network of them."""
    if address is None or ":" not in address:
        return address or ""
    return str(ip_network(f"{address}/64", strict=False))
