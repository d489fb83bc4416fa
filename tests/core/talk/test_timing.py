"""How a schedule takes the place of the one that the plan had."""

from dataclasses import replace

import pytest

from catalogues import candidates, question
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.talk.offline import read
from talks import INVOICES, after, texts

FRIDAYS = "every Friday read my Gmail and post it to Slack"


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("change the day to Monday", "every Monday read my Gmail"),
        ("make it Monday instead", "every Monday read my Gmail"),
        ("no, daily", "daily read my Gmail"),
        ("what about Thursday?", "every Thursday read my Gmail"),
        ("at 8am", "every Friday at 8am read my Gmail"),
        ("Monday and Thursday at noon", "every Monday, Thursday at noon read my Gmail"),
        ("he wants it on Monday", "on Monday read my Gmail"),
        ("weekdays only please", "weekdays read my Gmail"),
        ("every 30 min", "every 30 min read my Gmail"),
        ("also on Mondays", "every Friday and on Mondays read my Gmail"),
    ],
)
def test_a_schedule_takes_the_place_of_the_last_one(message: str, first: str) -> None:
    plan = after(FRIDAYS, message)
    assert texts(plan) == [first, "post it to Slack"]
    assert plan.names == ("gmail", "slack")


@pytest.mark.parametrize(
    "message",
    ["is it every day?", "does it work on weekends?", "is that at 9am?", "wait, is it daily?"],
)
def test_who_only_asks_when_it_is_changes_nothing(message: str) -> None:
    assert after(FRIDAYS, message) == after(FRIDAYS)


def test_the_goal_says_the_new_schedule_too() -> None:
    assert (
        after(FRIDAYS, "make it Monday").goal == "every Monday read my Gmail and post it to Slack"
    )


def test_hours_take_the_place_of_hours_and_leave_the_days() -> None:
    told = ("read my Gmail every morning at 9", "at 8am rather than 9")
    assert texts(after(*told)) == ["read my Gmail every morning at 8am"]
    assert texts(after(*told, "every Friday")) == ["read my Gmail every Friday at 8am"]
    assert texts(after(*told, "every two hours")) == ["read my Gmail every two hours"]


def test_a_schedule_that_was_a_step_of_its_own_stays_the_only_one() -> None:
    told = (INVOICES, "run it every day at 9", "make it weekly")
    assert texts(after(*told))[2:] == ["run it weekly at 9"]


def test_the_schedule_that_is_named_is_the_one_that_changes() -> None:
    plan = after(
        "every Friday read my Gmail, every Monday post it to Slack", "Tuesday instead of Friday"
    )
    assert texts(plan) == ["every Tuesday read my Gmail", "every Monday post it to Slack"]


def test_a_schedule_and_another_change_are_heard_together() -> None:
    plan = after(FRIDAYS, "make it Monday and also save it to Notion")
    assert texts(plan) == ["every Monday read my Gmail", "post it to Slack", "save it to Notion"]


def test_a_schedule_for_what_is_asked_next_leaves_the_other_alone() -> None:
    plan = after(FRIDAYS, "every Monday, save the page to Notion")
    assert texts(plan)[0] == "every Friday read my Gmail"
    assert texts(plan)[2:] == ["every Monday, save the page to Notion"]


def test_what_was_never_said_is_left_out_of_a_first_schedule() -> None:
    assert texts(after(INVOICES, "at 8am rather than 9"))[2:] == ["at 8am"]


@pytest.mark.parametrize("message", ["check every hour", "every hour is fine"])
def test_a_first_schedule_says_no_more_than_when(message: str) -> None:
    plan = after(INVOICES, message)
    assert texts(plan)[2:] == ["every hour"]
    assert plan.uncovered == ()


@pytest.mark.parametrize("message", ["until Friday", "not on weekends"])
def test_a_limit_of_time_stands_beside_the_schedule(message: str) -> None:
    assert texts(after(FRIDAYS, message)) == [*texts(after(FRIDAYS)), message]


def test_a_step_that_no_server_does_stays_uncovered_at_another_time() -> None:
    plan = after("read my Gmail and water my plants every Friday", "make it Monday")
    assert plan.uncovered == ("water my plants every Monday",)


def test_a_new_time_can_be_taken_back() -> None:
    assert after(FRIDAYS, "make it Monday", "undo") == after(FRIDAYS)


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("can it be 7am every day", "every day 7am"),
        ("could you run it every Monday?", "every Monday"),
    ],
)
def test_a_wish_for_a_time_may_have_the_form_of_a_question(message: str, step: str) -> None:
    assert texts(after(INVOICES, message))[-1] == step
    assert texts(after(FRIDAYS, "can it be Monday?"))[0] == "every Monday read my Gmail"


def test_whose_clock_is_meant_brings_no_server_that_tells_the_time() -> None:
    clock = next(one for one in builtin() if one.name == "time")
    asked = question("every weekday at 7:30 Berlin time, read what is new")
    near = replace(candidates(clock, score=0.9)[0], need=1)
    found = read(replace(asked, shortlist=(near,), asking=4.0))

    assert [(one.text, one.server) for one in found.steps] == [(asked.message, None)]


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("make it 8 instead", "every day at 8 read my Gmail"),
        ("no, 8 please", "every day at 8 read my Gmail"),
        ("half past seven", "every day at half past seven read my Gmail"),
        ("9 pm of course, not am", "every day at 9 pm read my Gmail"),
        ("that's New York time by the way", "every day at 9 New York time read my Gmail"),
        ("make it 10am UTC", "every day at 10am UTC read my Gmail"),
        ("stop doing it every day, weekly will do", "weekly at 9 read my Gmail"),
    ],
)
def test_an_hour_may_be_a_number_a_word_or_another_clocks(message: str, first: str) -> None:
    plan = after("every day at 9 read my Gmail and post it to Slack", message)
    assert texts(plan) == [first, "post it to Slack"]


def test_who_starts_it_by_hand_or_by_what_happens_is_heard() -> None:
    by_hand = after("every day at 9 read my Gmail", "forget the schedule, I start it myself")
    assert "I start it myself" in texts(by_hand)
    awaited = after(INVOICES, "it should run whenever Bob writes")
    assert texts(awaited)[0] == "whenever Bob writes"
    assert texts(after("every day at 9 read my Gmail", "it should run whenever Bob writes"))[0] == (
        "every day at 9 read my Gmail"
    )


def test_a_lone_number_is_no_hour_where_it_may_count_something() -> None:
    told = ("every day at 9 post 5 mails from Gmail to Slack", "make it 8")
    assert texts(after(*told))[0] == "every day at 9 post 5 mails from Gmail to Slack"
