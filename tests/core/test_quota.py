"""How often a user may speak."""

from outfitter.core.quota import Quota, pace, reached

MINUTE, DAY = Quota("minute", 20, 60), Quota("day", 500, 86_400)


def test_zero_is_no_limit() -> None:
    assert pace(per_minute=20, per_day=500, patience=1).quotas == (MINUTE, DAY)
    assert pace(per_minute=0, per_day=500, patience=1).quotas == (DAY,)
    assert pace(per_minute=0, per_day=0, patience=1).quotas == ()


def test_the_quota_that_stays_used_up_longest_counts() -> None:
    assert reached((MINUTE, DAY), (30, 0)) == (MINUTE, 30)
    assert reached((MINUTE, DAY), (30, 4000)) == (DAY, 4000)
    assert reached((MINUTE, DAY), (0, 0)) is None
    assert reached((), ()) is None
