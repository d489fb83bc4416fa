"""A message that picks one of the servers that a step leaves open turns down the others."""

import pytest

from catalogues import question
from outfitter.core.analysis import Intent
from outfitter.core.talk.amending import amended
from outfitter.core.talk.experience import Experience
from outfitter.core.talk.offline import read
from talks import after

OPEN = "save the invoices to Notion or Airtable"


@pytest.mark.parametrize(
    "message",
    [
        "Notion",
        "Notion then",
        "Notion please",
        "let's take Notion",
        "I prefer Notion",
        "use Notion",
    ],
)
def test_the_one_that_is_picked_stays_and_the_other_goes(message: str) -> None:
    plan = after(OPEN, message)
    assert [(one.text, one.server) for one in plan.steps] == [
        ("save the invoices to Notion", "notion")
    ]
    assert plan.declined == ("airtable",)


@pytest.mark.parametrize(
    "message", ["what does Notion need?", "Notion and Airtable", "my Notion is full of cats"]
)
def test_a_name_that_is_no_pick_turns_nothing_down(message: str) -> None:
    assert "airtable" in after(OPEN, message).names


def test_where_all_are_to_be_used_a_name_alone_turns_nothing_down() -> None:
    assert after("save the invoices to Notion and Airtable", "Notion then").names == (
        "notion",
        "airtable",
    )


def test_experience_leaves_a_pick_to_the_rules() -> None:
    asked = question("Airtable then", after(OPEN))
    rules = read(asked)
    assert rules.intent is Intent.PLAN
    assert amended(asked, rules, Experience([1])) is rules
