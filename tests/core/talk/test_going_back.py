"""How changes are taken back, done again, and begun anew."""

import pytest

from talks import INVOICES, PLAN, after


@pytest.mark.parametrize(
    "message",
    [
        "undo",
        "undo that please",
        "ok add it back",
        "never mind, go back",
        "no, as it was before",
        "Take that back.",
        "mach das rückgängig",
        "deshaz eso",
        "annule ça",
        "\u64a4\u9500",
    ],
)
def test_the_last_change_is_taken_back_in_many_words(message: str) -> None:
    assert after(INVOICES, "drop Notion", message) == PLAN


def test_changes_are_taken_back_one_after_the_other() -> None:
    told = (INVOICES, "use Airtable instead of Notion", "also post to Slack", "undo that", "undo")
    assert after(*told) == PLAN


def test_what_was_taken_back_to_nothing_can_be_brought_back() -> None:
    assert after(INVOICES, "cancel that").steps == ()
    assert after(INVOICES, "cancel that", "no, keep it") == PLAN


def test_a_second_undo_goes_one_step_further_and_never_forth() -> None:
    told = (INVOICES, "drop Notion", "undo", "undo")
    assert after(*told).steps == ()
    assert after(*told, "undo").steps == ()


def test_what_was_taken_back_is_done_again_step_by_step() -> None:
    told = (INVOICES, "drop Notion", "undo", "undo")
    assert after(*told, "redo") == PLAN
    assert after(*told, "redo", "redo please").names == ("gmail",)
    assert after(*told, "redo", "redo", "redo").names == ("gmail",)
    assert after(*told, "redo", "redo", "undo") == PLAN


@pytest.mark.parametrize("message", ["yes, redo the change", "undo that undo", "Perfect, redo!"])
def test_what_was_taken_back_is_done_again_in_many_words(message: str) -> None:
    assert after(INVOICES, "drop Notion", "undo", message).names == ("gmail",)


@pytest.mark.parametrize(
    "message",
    [
        "Actually scrap all of this.",
        "cancel everything please",
        "Let's shelve this whole bookkeeping business.",
        "ditch them all",
        "remove all of that and begin with something simpler",
    ],
)
def test_all_may_be_let_go_in_many_words(message: str) -> None:
    assert after(INVOICES, message).names == ()


@pytest.mark.parametrize(
    "message", ["delete everything older than 30 days", "please don't drop everything"]
)
def test_what_is_said_of_all_the_mail_lets_nothing_go(message: str) -> None:
    assert after(INVOICES, message).names == PLAN.names


def test_a_wholly_different_idea_takes_the_place_of_the_plan() -> None:
    message = "Totally different idea: send Figma designs to Slack"
    assert after(INVOICES, message).names == ("figma", "slack")


def test_work_that_is_to_be_redone_is_a_step() -> None:
    assert after(INVOICES, "redo the layout").steps[-1].text == "redo the layout"


def test_a_change_after_an_undo_leaves_nothing_to_do_again() -> None:
    told = (INVOICES, "drop Notion", "undo", "also post to Slack", "redo")
    assert after(*told).names == ("gmail", "notion", "slack")


def test_an_undo_may_bring_in_something_else_at_once() -> None:
    told = (INVOICES, "drop Notion", "undo that and post them to Slack as well")
    assert after(*told).names == ("gmail", "notion", "slack")


@pytest.mark.parametrize(
    "message", ["Redo that and also post to Slack", "redo, and post them to Slack too"]
)
def test_what_is_done_again_may_bring_in_something_else_at_once(message: str) -> None:
    told = (INVOICES, "use Airtable instead of Notion", "undo", message)
    assert _done(*told) == ["gmail", "airtable", "slack"]
    assert after(*told, "undo") == PLAN
    assert after(*told, "redo") == after(*told)


def test_doing_again_what_was_never_taken_back_is_no_step() -> None:
    assert _done(INVOICES, "redo that and also post to Slack") == ["gmail", "notion", "slack"]


def test_an_undo_may_take_something_else_out_at_once() -> None:
    assert after(INVOICES, "also post to Slack", "undo that and drop Notion").names == ("gmail",)


@pytest.mark.parametrize("between", ["thanks", "what does Notion need?", "nice weather today"])
def test_an_undo_takes_back_the_last_turn_that_changed_the_plan(between: str) -> None:
    assert after(INVOICES, "also post to Slack", between, "undo") == PLAN


def _done(*messages: str) -> list[str | None]:
    """The server of each step, so that a step without one shows."""
    return [one.server for one in after(*messages).steps]


def test_a_condition_that_speaks_of_reverting_takes_nothing_back() -> None:
    plan = after(INVOICES, "when a payment fails in Slack, revert it")
    assert plan.names[:2] == ("gmail", "notion")
    assert len(plan.steps) > len(PLAN.steps)


def test_what_is_to_be_killed_is_forgotten() -> None:
    assert after(INVOICES, "kill it").steps == ()


@pytest.mark.parametrize("message", ["no wait, keep it", "wait, no, keep them", "stop, keep that"])
def test_who_stops_and_keeps_takes_the_last_change_back(message: str) -> None:
    assert after(INVOICES, "delete the mails after that", message) == PLAN
    assert after(INVOICES, "drop Notion", message).names == PLAN.names
