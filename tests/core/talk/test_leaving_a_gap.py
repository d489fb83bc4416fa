"""What happens to a step that spoke of what a server brought, once that is dropped."""

from dataclasses import replace

import pytest

from catalogues import CATALOGUE, question
from outfitter.core.analysis import Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import Plan, Step
from outfitter.core.talk.offline import read
from outfitter.core.talk.suggesting import orphaned, raised
from talks import INVOICES, PLAN, after

DROPPED = after(INVOICES, "drop Gmail")


def _next(message: str) -> Plan:
    """The plan after a message that follows the question where the part comes from."""
    asked = replace(
        question(message, DROPPED), past=(Plan(), PLAN), raised=Raised(instead_of="gmail")
    )
    return settle(read(asked), DROPPED, asked.shortlist, past=asked.past)


def test_a_step_that_pointed_at_what_is_gone_is_found() -> None:
    assert orphaned(PLAN, DROPPED) == "save them to Notion"
    assert orphaned(PLAN, after(INVOICES, "drop Notion")) == ""
    clear = Plan(steps=(Step(text="save the invoices to Notion", server="notion"),))
    longer = Plan(steps=(Step(text="read mail", server="gmail"), *clear.steps))
    assert orphaned(longer, clear) == ""


def test_whose_part_is_open_is_remembered() -> None:
    asked = question("drop Gmail", PLAN)
    assert raised(read(asked), PLAN, DROPPED, CATALOGUE).instead_of == "gmail"


@pytest.mark.parametrize(
    "message", ["Airtable", "from Airtable", "they come from Airtable", "use Airtable instead"]
)
def test_a_name_says_where_it_comes_from_now(message: str) -> None:
    assert [(one.text, one.server) for one in _next(message).steps] == [
        ("monitor Airtable for invoices", "airtable"),
        ("save them to Notion", "notion"),
    ]


def test_a_limit_of_what_no_server_does_is_no_gap_of_its_own() -> None:
    assert after("water my plants", "max 2 litres each").uncovered == ("water my plants",)


@pytest.mark.parametrize("more", ["skip step 3", "also tell me a joke"])
def test_what_else_was_changed_with_the_drop_stays_so(more: str) -> None:
    told = (f"{INVOICES}. Save the totals to Notion too", f"drop Gmail, {more}")
    before, dropped = after(told[0]), after(*told)
    raised_then = Raised(instead_of="gmail")
    asked = replace(question("from Airtable", dropped), past=(Plan(), before), raised=raised_then)
    plan = settle(read(asked), dropped, asked.shortlist)
    assert plan.steps[0].text == "monitor Airtable for invoices"
    assert plan.steps[1:] == dropped.steps


def test_a_step_that_is_done_elsewhere_instead_leaves_what_stayed() -> None:
    assert _next("post them to Slack instead").names == ("notion", "slack")


def test_the_dropped_server_itself_comes_back_as_a_step_of_its_own() -> None:
    assert _next("no wait, keep Gmail").names == ("notion", "gmail")


def test_whoever_goes_on_leaves_the_part_open() -> None:
    assert _next("also post them to Slack").names == ("notion", "slack")


@pytest.mark.parametrize("left", ["can you do it without Slack, i dont trust it", "drop Slack"])
def test_the_only_server_may_be_followed_by_another(left: str) -> None:
    plan = after("water my plants and post it to Slack", left, "use Notion then")
    assert [(one.text, one.server) for one in plan.steps] == [
        ("water my plants", None),
        ("post it to Notion", "notion"),
    ]
