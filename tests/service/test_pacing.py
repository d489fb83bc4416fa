"""Who is refused before anything is done for them."""

import pytest

from outfitter.core.quota import Quota
from outfitter.core.user import User
from outfitter.service import pacing
from outfitter.service.pacing import Pacing

MINUTE, DAY = Quota("minute", 3, 60), Quota("day", 5, 86_400)
ALICE, BOB, CAROL = (User(f"00000000-0000-0000-0000-00000000000{n}") for n in (1, 2, 3))


def test_who_has_a_turn_left_is_not_refused() -> None:
    known = Pacing((MINUTE, DAY))
    known.learn(ALICE, (0, 0))
    assert known.refusal(ALICE) is None


def test_who_has_none_left_is_refused_until_there_is_one() -> None:
    now = 1000.0
    known = Pacing((MINUTE, DAY), lambda: now)
    known.learn(ALICE, (40, 0))
    now += 39.5
    refused = known.refusal(ALICE)
    assert refused is not None
    assert (refused.reached, refused.quotas, refused.retry_after) == ("minute", (MINUTE, DAY), 1)
    assert known.refusal(BOB) is None
    now += 0.5
    assert known.refusal(ALICE) is None


def test_the_quota_that_lasts_longest_is_told() -> None:
    known = Pacing((MINUTE, DAY))
    known.learn(ALICE, (40, 3000))
    refused = known.refusal(ALICE)
    assert refused is not None
    assert refused.reached == "day"


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "_REMEMBERED", 1)
    known = Pacing((MINUTE,))
    for user in (ALICE, BOB):
        known.learn(user, (40,))
    assert known.refusal(ALICE) is None
    assert known.refusal(BOB) is not None


def test_who_was_learnt_again_is_forgotten_after_who_was_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pacing, "_REMEMBERED", 2)
    known = Pacing((MINUTE,))
    for user in (ALICE, BOB, ALICE, CAROL):
        known.learn(user, (40,))
    assert known.refusal(ALICE) is not None
    assert known.refusal(BOB) is None
