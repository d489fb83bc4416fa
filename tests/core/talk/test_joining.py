"""Which clauses of a message make a step together, and which make one each."""

import pytest

from talks import after


def _texts(message: str) -> list[str]:
    return list(dict.fromkeys(one.text for one in after(message).steps))


@pytest.mark.parametrize(
    ("message", "steps"),
    [
        (
            "I run a small shop. Every morning, check my Gmail for orders. Thanks so much!",
            ["Every morning, check my Gmail for orders"],
        ),
        (
            "Whenever an invoice is late, write to Slack",
            ["Whenever an invoice is late, write to Slack"],
        ),
        (
            "read my Gmail, and if nobody answered by noon call me",
            ["read my Gmail", "if nobody answered by noon call me"],
        ),
        (
            "our team uses Notion. Whenever a page is new, post it to Slack",
            ["our team uses Notion. Whenever a page is new, post it to Slack"],
        ),
        (
            "read Gmail for mail from Ada (offers, orders, invoices), save it to Notion",
            ["read Gmail for mail from Ada (offers, orders, invoices)", "save it to Notion"],
        ),
        (
            "put the date and sender into Notion and mail the pages to Ada and me by Gmail",
            ["put the date and sender into Notion", "mail the pages to Ada and me by Gmail"],
        ),
        (
            "create pages in Notion: check the door, replace filters",
            ["create pages in Notion: check the door, replace filters"],
        ),
    ],
)
def test_a_message_comes_to_steps_that_can_be_read_by_themselves(
    message: str, steps: list[str]
) -> None:
    assert _texts(message) == steps


def test_what_is_done_to_a_thing_is_done_where_the_thing_is() -> None:
    plan = after("save new invoices from Gmail to Notion, archive the old ones")
    assert [one.server for one in plan.steps][-1] is not None
    assert plan.uncovered == ()


def test_what_is_done_at_a_time_and_nowhere_is_told_to_be_uncovered() -> None:
    plan = after("every Friday: feed the goldfish, and post to Slack that it is done")
    assert plan.uncovered == ("every Friday: feed the goldfish",)


def test_how_a_first_message_wants_it_done_is_not_told_to_be_uncovered() -> None:
    plan = after("read my Gmail, post the news to Slack, use English, once a day is enough")
    assert plan.uncovered == ()


@pytest.mark.parametrize("slight", ["sum them up", "announce it", "tell me if it fails"])
def test_what_the_agent_does_or_tells_by_itself_is_not_told_to_be_uncovered(slight: str) -> None:
    assert after(f"read my Gmail and {slight}").uncovered == ()


@pytest.mark.parametrize("missing", ["print them", "feed the goldfish", "post it to Mastodon"])
def test_work_that_is_done_elsewhere_is_told_to_be_uncovered(missing: str) -> None:
    assert after(f"read my Gmail and {missing}").uncovered == (missing,)
