"""Steps told anew, with another name in them or none."""

import pytest

from catalogues import AIRTABLE, NOTION, SLACK, a_server
from outfitter.core.talk.retelling import renamed, unnamed


def test_a_step_is_renamed_to_the_new_server() -> None:
    assert renamed("save them to NOTION daily", NOTION, AIRTABLE) == "save them to Airtable daily"
    assert renamed("save them", NOTION, AIRTABLE) == "save them"


def test_a_name_leaves_a_row_of_names_or_the_end_of_a_step() -> None:
    assert unnamed("post to Notion, Slack and Teams", NOTION) == "post to Slack and Teams"
    assert unnamed("post to Slack and Notion", NOTION) == "post to Slack"
    assert unnamed("copy it to Notion", NOTION) == "copy it"
    assert unnamed("a ticket + Slack #dev", SLACK) == "a ticket"
    assert unnamed("let Notion know", NOTION) == "let Notion know, without Notion"
    assert unnamed("water my plants", NOTION) == "water my plants"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("use wiki instead of Notion", "save it in Wiki"),
        ("use tasks and wiki", "save it in Tasks and Wiki (Suite)"),
        ("use suite", "save it in Tasks and Wiki (Suite)"),
    ],
)
def test_of_a_title_that_joins_names_the_one_that_was_said_is_written(said: str, text: str) -> None:
    suite = a_server("suite", title="Tasks and Wiki (Suite)", aliases=("tasks", "wiki"))
    assert renamed("save it in Notion", NOTION, suite, said) == text


def test_what_leaves_a_step_twice_leaves_it_whole() -> None:
    text = "a task in Slack, without Airtable"
    assert unnamed(text, SLACK) == "a task, without Airtable"
