"""What a text says of when."""

from time import process_time

import pytest

from outfitter.core.words.clocks import HOURS
from outfitter.core.words.moments import DAYS, Moment, fitted, moment, without_days


def _when(days: str = "", hours: str = "", old: str = "", *, adds: bool = False) -> Moment:
    return Moment(days, hours, old, adds)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("change the day to Monday", _when("Monday")),
        ("actually at 8am rather than 9", _when(hours="at 8am", old="9")),
        ("run it every sunday at 8 pm", _when("every sunday", "at 8 pm")),
        ("daily at 9", _when("daily", "at 9")),
        ("weekly, not daily", _when("weekly", old="daily")),
        ("change it from Friday to Monday", _when("Monday", old="Friday")),
        ("every day is too often, make it weekly", _when("weekly", old="every day")),
        ("hmm every hour is overkill, daily", _when("daily", old="every hour")),
        ("make it Monday and Thursday", _when("Monday and Thursday")),
        ("also on Tuesdays", _when("on Tuesdays", adds=True)),
        ("make it 7pm instead of sunset", _when(hours="7pm", old="sunset")),
        ("6pm obviously", _when(hours="6pm")),
        ("set the time to 8", _when(hours="8")),
        ("lieber montags", _when("montags")),
    ],
)
def test_a_text_that_only_tells_when_says_the_days_and_the_hours(text: str, said: Moment) -> None:
    assert moment(text) == said


@pytest.mark.parametrize(
    "text",
    ["good morning", "until Friday", "post it on Monday", "make it 9", "limit it to 10", "thanks"],
)
def test_a_text_that_says_more_or_a_limit_or_nothing_tells_no_moment(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Every morning at 8, check Gmail", ["Every morning", "at 8"]),
        ("every Monday, Thursday post it", ["every Monday, Thursday"]),
        ("post it daily to Slack", ["daily"]),
        ("daily check my mail", ["daily"]),
        ("post the weekly report", []),
        ("limit it at 10 articles", []),
        ("save the monday items", []),
    ],
)
def test_moments_are_found_in_what_is_done(text: str, found: list[str]) -> None:
    assert [*DAYS.findall(text), *HOURS.findall(text)] == found


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        ("Monday", "weekly on friday", "weekly on Monday"),
        ("Monday mornings", "every Friday", "Monday mornings"),
        ("on weekdays", "Every Friday", "On weekdays"),
        ("on weekdays", "Mondays", "on weekdays"),
        ("Monday", "daily", "every Monday"),
        ("8 Uhr", "um 9", "um 8 Uhr"),
    ],
)
def test_a_new_moment_is_said_the_way_the_old_one_was(new: str, old: str, said: str) -> None:
    assert fitted(new, old) == said


@pytest.mark.parametrize("piece", ["1,", "Monday, ", "every ", "daily ", "12:30 ", "a"])
def test_the_longest_text_is_looked_through_in_no_time(piece: str) -> None:
    began = process_time()
    without_days(piece * (16_000 // len(piece)))
    moment(piece * (16_000 // len(piece)))
    assert process_time() - began < 3
