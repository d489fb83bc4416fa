"""What a user says must not happen, or not without being asked, as the plan keeps it."""

import pytest

from catalogues import question
from outfitter.core.analysis import Intent
from outfitter.core.talk.offline import read
from outfitter.core.words.layout import laid_out
from talks import PLAN, after


@pytest.mark.parametrize(
    "said",
    [
        "wait for my ok",
        "wait for my approval before you do",
        "run it by me before you save anything",
        "check with me first",
        "let me check before it answers",
        "let me see them first",
        "ask for my permission before saving anything",
        "delete nothing",
    ],
)
def test_what_holds_the_agent_back_is_a_step_of_its_own_and_nothing_uncovered(said: str) -> None:
    for message in (
        f"monitor Gmail for invoices, save them to Notion and {said}",
        f"monitor Gmail for invoices and save them to Notion. Show me the rows and {said}.",
    ):
        plan = after(message)
        assert said in [one.text.removeprefix("and ") for one in plan.steps if one.server is None]
        assert said not in plan.uncovered


def test_items_in_a_row_are_steps_in_their_order_and_the_goal_says_where_each_ends() -> None:
    message = "do this: 1) monitor Gmail for invoices 2) save them to Notion 3) never delete any"
    plan = after(laid_out(message))

    assert [(one.text, one.server) for one in plan.steps] == [
        ("monitor Gmail for invoices", "gmail"),
        ("save them to Notion", "notion"),
        ("never delete any", None),
    ]
    assert plan.goal.endswith("monitor Gmail for invoices; save them to Notion; never delete any")


@pytest.mark.parametrize(
    "message",
    [
        "leave it as it is",
        "ok leave everything like that please",
        "keep it as is",
        "great, leave it like that",
        "keep them that way",
    ],
)
def test_a_plan_that_is_to_stay_as_it_is_gets_no_step(message: str) -> None:
    analysis = read(question(message, PLAN))
    assert (analysis.intent, analysis.steps) == (Intent.KEEP, ())
    assert analysis.reply.startswith("All right.")
