"""How a detail of a step is corrected."""

import pytest

from talks import INVOICES, after, texts

WEATHER = "post the weather of Berlin to Slack if it rains 5%, and mail it to Anna with Gmail"


@pytest.mark.parametrize(
    ("message", "old", "new"),
    [
        ("Munich, not Berlin", "Berlin", "Munich"),
        ("no, Munich instead of Berlin", "Berlin", "Munich"),
        ("not Berlin, Munich", "Berlin", "Munich"),
        ("not to Anna but to Ben", "to Anna", "to Ben"),
        ("make it 10% rather than 5", "5%", "10%"),
        ("make it 10%", "5%", "10%"),
        ("12 actually", "5%", "12"),
        ("5% is too low, make it 10%", "5%", "10%"),
        ("change Berlin to New York", "Berlin", "New York"),
    ],
)
def test_a_detail_that_is_corrected_is_put_right_where_it_was_said(
    message: str, old: str, new: str
) -> None:
    before, plan = after(WEATHER), after(WEATHER, message)
    assert texts(plan) == [one.replace(old, new) for one in texts(before)]
    assert plan.goal == before.goal.replace(old, new)
    assert plan.names == before.names


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Airtable, not Notion", ("gmail", "airtable")),
        ("not Notion, Airtable", ("gmail", "airtable")),
        ("invoices from Slack, not from Gmail", ("slack", "notion")),
    ],
)
def test_what_names_a_server_is_about_the_server(message: str, names: tuple[str, ...]) -> None:
    assert set(after(INVOICES, message).names) == set(names)


def test_what_no_step_says_or_several_do_is_not_put_right() -> None:
    plan = after(INVOICES, "the new ones, not the receipts")
    assert plan.names == ("gmail", "notion")
    assert "the new ones" not in texts(plan)
    twice = "read the mails of Anna in Gmail and post them for Anna in Slack"
    assert texts(after(twice, "Ben, not Anna"))[:2] == texts(after(twice))


def test_a_limit_is_no_correction() -> None:
    plan = after(WEATHER, "only the morning, not Berlin")
    assert texts(plan)[:2] == texts(after(WEATHER))


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ("read 5 mails in Gmail and post 3 of them in Slack", "make it 10"),
        ("read 5 mails in Gmail every day at 9", "make it 10"),
        ("read my Gmail", "make it 10"),
    ],
)
def test_a_number_that_may_be_for_several_is_for_none(first: str, message: str) -> None:
    assert texts(after(first, message))[: len(texts(after(first)))] == texts(after(first))


def test_what_is_to_be_done_is_not_put_in_the_place_of_a_detail() -> None:
    plan = after(WEATHER, "send it to Ben instead of Anna")
    assert "mail it to send" not in str(texts(plan))
    assert "mail it to Ben" in str(texts(after(WEATHER, "use Ben instead of Anna")))


def test_what_takes_another_server_is_no_correction_of_a_detail() -> None:
    plan = after("post the weather to Slack and text it to Anna in Figma", "mail, not text")
    assert "mail it to Anna" not in str(texts(plan))
    assert "mail it to Anna" in str(
        texts(after("read my Gmail and text it to Anna", "mail, not text"))
    )
