"""How long it takes to look for secrets, told in a way that holds on any machine."""

import time

from outfitter.core.secrets import find


def seconds_to_search(text: str) -> float:
    """How long it takes to look for secrets in a text."""
    # The time of this thread alone, so that a busy machine changes little.
    begun = time.thread_time()
    find(text)
    return time.thread_time() - begun


def takes_as_long_as_it_is(part: str) -> bool:
    """Whether a text of four times as many parts takes about four times as long, not sixteen."""
    quarter, whole = (
        min(seconds_to_search((part * length)[:length]) for _ in range(5))
        for length in (16_384, 65_536)
    )
    # However slow the machine, the longest body that is searched takes no second.
    return whole < min(1.0, 8 * quarter + 0.005)
