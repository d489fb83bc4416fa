"""What a user is told of times at which nothing starts the agent by itself."""

import pytest

from outfitter.core.answering.cautions import untimed
from outfitter.core.plan import Plan, Step


def _told(when: str) -> str:
    return untimed(Plan(steps=(Step(text=when),)))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("every other Tuesday", "`cron` cannot be told \u201cevery other Tuesday\u201d"),
        ("at 9am Tokyo time", "asks you when \u201cat 9am Tokyo time\u201d is there"),
        ("whenever a mail comes", "for \u201cwhenever a mail comes\u201d `schedule.sh`"),
    ],
)
def test_a_time_at_which_nothing_starts_the_agent_is_told(when: str, told: str) -> None:
    assert told in _told(when)


@pytest.mark.parametrize("when", ["every day at 9", "post the news"])
def test_of_a_time_that_cron_knows_and_of_none_nothing_is_told(when: str) -> None:
    assert _told(when) == ""
