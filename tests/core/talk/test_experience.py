"""How signs make a server likely."""

import pytest

from outfitter.core.talk.experience import Experience, place

PLACES = 64


def taught(**weights: int) -> Experience:
    """An experience in which each of these signs weighs so much."""
    row = [0] * PLACES
    for sign, weight in weights.items():
        row[place(sign, PLACES)] += weight
    return Experience(row, 0.5)


def test_what_nothing_was_learnt_of_is_as_likely_as_not() -> None:
    assert taught().likelihood(["it rains"]) == pytest.approx(0.5)


def test_signs_for_and_against_a_server_count_together() -> None:
    learnt = taught(kept=4, dropped=-6)
    assert learnt.likelihood(["kept"]) == pytest.approx(0.881, abs=0.001)
    assert learnt.likelihood(["dropped"]) == pytest.approx(0.047, abs=0.001)
    assert learnt.likelihood(["kept", "dropped"]) == pytest.approx(0.269, abs=0.001)


def test_any_number_of_signs_stays_between_nothing_and_one() -> None:
    learnt = taught(kept=100, dropped=-100)
    assert 0 < learnt.likelihood(["dropped"] * 1000) < 0.01
    assert 0.99 < learnt.likelihood(["kept"] * 1000) <= 1
