"""Needs that a message speaks of beside the apps that it names."""

import pytest

from outfitter.core.analysis import Sureness, Told
from outfitter.core.finding.hearing import alike, deaf, shares, telling, unmet

MAPS, CALENDAR, VOICE = range(3)


def _told(heard: Sureness) -> Told:
    """A part that tells this."""
    return Told(1, 1, "", lambda _text: heard)


def _heard(told: Told, *, naming: bool = False) -> list[int]:
    """The needs that are heard beside a named calendar."""
    return [need for need, _ in unmet([told], {told.place} if naming else set(), {CALENDAR})]


def test_words_tell_alone_and_in_twos() -> None:
    assert telling("find the driving order") == {
        *("find", "driv", "order"),
        *("find driv", "driv order"),
    }
    assert deaf("find the driving order") == {}


def test_a_need_that_words_speak_of_surely_is_heard() -> None:
    assert _heard(_told({MAPS: 9.0, VOICE: 2.0})) == [MAPS]
    assert _heard(_told({MAPS: 5.0})) == []
    assert _heard(_told({})) == []


def test_what_a_named_server_does_as_well_is_no_need_of_its_own() -> None:
    assert _heard(_told({CALENDAR: 12.0})) == []
    assert _heard(_told({MAPS: 9.0, CALENDAR: 6.0})) == []
    assert _heard(_told({MAPS: 9.0, CALENDAR: 2.0})) == [MAPS]


def test_beside_a_name_in_the_same_breath_a_need_must_be_surer() -> None:
    assert _heard(_told({MAPS: 9.0}), naming=True) == []
    assert _heard(_told({MAPS: 25.0}), naming=True) == [MAPS]


def test_two_texts_are_alike_as_far_as_their_surest_needs_are_the_same() -> None:
    roads, both, dates = map(
        shares, ({MAPS: 9.0}, {MAPS: 9.0, CALENDAR: 9.0}, {CALENDAR: 9.0, MAPS: 6.0})
    )
    assert alike(roads, roads) == pytest.approx(1.0)
    assert alike(both, both) == pytest.approx(1.0)
    assert alike(roads, both) == pytest.approx(0.5**0.5)
    assert 0.1 < alike(roads, dates) < 0.2


def test_what_a_text_hardly_speaks_of_is_no_share_of_it() -> None:
    assert shares({MAPS: 20.0, CALENDAR: 10.0}) == {MAPS: 1.0}


def test_a_text_that_speaks_of_nothing_is_like_no_other() -> None:
    assert alike(shares({}), shares({MAPS: 9.0})) == alike(shares({}), shares({})) == 0
