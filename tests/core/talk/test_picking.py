"""A message that merely names a server picks it, before others of an open step or of its kind."""

import pytest

from catalogues import SLACK, a_server, question
from outfitter.core.analysis import Analysis, Intent
from outfitter.core.plan import Step
from outfitter.core.talk.amending import amended
from outfitter.core.talk.experience import Experience
from outfitter.core.talk.marking import open_rows
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after

OPEN = "save the invoices to Notion or Slack"


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
    assert plan.declined == ("slack",)


@pytest.mark.parametrize(
    "message", ["what does Notion need?", "Notion and Slack", "my Notion is full of cats"]
)
def test_a_name_that_is_no_pick_turns_nothing_down(message: str) -> None:
    assert "slack" in after(OPEN, message).names


def test_where_all_are_to_be_used_a_name_alone_turns_nothing_down() -> None:
    assert after("save the invoices to Notion and Slack", "Notion then").names == (
        "notion",
        "slack",
    )


def test_experience_leaves_a_pick_to_the_rules() -> None:
    asked = question("Slack then", after(OPEN))
    rules = read(asked)
    assert rules.intent is Intent.PLAN
    assert amended(asked, rules, Experience([1], [0])) is rules


@pytest.mark.parametrize(
    "message",
    [
        "Airtable",
        "ok Airtable then",
        "airtable please",
        "I prefer Airtable",
        "Airtable is better for me",
        "Airtable is what we use",
        "put them in Airtable",
    ],
)
def test_a_mere_name_takes_the_place_of_what_does_the_same_job(message: str) -> None:
    plan = after(INVOICES, message)
    assert plan.names == ("gmail", "airtable")
    assert [one.text for one in plan.steps][1] == "save them to Airtable"
    assert plan.declined == ("notion",)


@pytest.mark.parametrize(
    "message", ["and Airtable", "Airtable too", "+ Airtable", "both Notion and Airtable please"]
)
def test_a_mere_name_that_is_wanted_beside_it_takes_no_place(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail", "notion", "airtable")


def test_what_is_put_somewhere_leaves_where_it_comes_from() -> None:
    assert after("read my Notion", "put it in Airtable").names == ("notion", "airtable")


@pytest.mark.parametrize("message", ["Airtable?", "what is Airtable?"])
def test_a_name_that_is_asked_about_takes_no_place(message: str) -> None:
    assert after(INVOICES, message).names == PLAN.names


def test_a_mere_name_takes_no_place_where_several_do_its_job_alike() -> None:
    told = "save invoices to Notion and post them to Slack"
    assert after(told, "Figma").names == ("notion", "slack", "figma")


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("save the invoices to Notion or Airtable", ("notion",)),
        ("save the invoices to Airtable oder Notion", ("airtable",)),
        ("save the invoices to Notion or Slack", ("notion", "slack")),
    ],
)
def test_of_one_kind_only_the_first_is_taken_where_it_is_left_open_which(
    message: str, names: tuple[str, ...]
) -> None:
    assert after(message).names == names


def test_the_other_of_two_that_were_left_open_can_be_had_by_its_name() -> None:
    plan = after("save the invoices to Notion or Airtable", "Airtable")
    assert [(one.text, one.server) for one in plan.steps] == [
        ("save the invoices to Airtable", "airtable")
    ]


def test_a_kind_of_thing_may_be_what_is_left_open() -> None:
    texter = a_server("twilio", category="chat", keywords=("sms",))
    row = open_rows("text me on Slack or SMS", [SLACK, texter])
    assert row == [("slack", "twilio")]


def test_experience_leaves_a_mere_swap_of_likes_to_the_rules() -> None:
    asked = question("Airtable then", PLAN)
    rules = read(asked)
    assert amended(asked, rules, Experience([1], [0])) is rules


def test_experience_leaves_a_mere_instead_to_the_rules() -> None:
    asked = question("Slack instead", after("save my invoices to Notion"))
    rules = read(asked)
    assert rules.declined == ("notion",)
    assert amended(asked, rules, Experience([1], [0])) is rules


def test_experience_is_asked_where_more_is_named_than_takes_the_place() -> None:
    asked = question("Airtable and Figma instead of Notion", PLAN)
    one = Step(text="save them to Airtable", server="airtable", why="you named it")
    read_short = Analysis(intent=Intent.PLAN, steps=(PLAN.steps[0], one), declined=("notion",))
    assert amended(asked, read_short, Experience([1], [0])) is not read_short
