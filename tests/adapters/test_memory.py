"""What stays in memory."""

import gc

from outfitter.adapters import memory


def test_what_is_there_to_stay_is_looked_through_no_more() -> None:
    much = [[number] for number in range(100_000)]
    memory.keep()
    try:
        assert gc.get_freeze_count() > len(much)
    finally:
        gc.unfreeze()
