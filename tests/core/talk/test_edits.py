"""What the clauses of a message change, in the light of what was asked."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.analysis import Intent, Raised
from outfitter.core.plan import Step
from outfitter.core.talk.offline import read
from talks import PLAN, after


@pytest.mark.parametrize(
    "message", ["skip that key", "I won't give you that token", "can we do without the other key"]
)
def test_a_key_that_is_skipped_is_the_only_one_that_is_open(message: str) -> None:
    asked = replace(question(message, PLAN), raised=Raised(waiting=("notion",)))
    assert [one.server for one in read(asked).steps] == ["gmail"]


def test_which_key_is_meant_is_asked_of_those_that_are_open() -> None:
    asked = replace(question("skip that key", PLAN), raised=Raised(waiting=("gmail", "notion")))
    found = read(asked)
    assert (found.intent, found.reply[:46]) == (
        Intent.ASK,
        "Whose key do you mean, that of Gmail or Notion",
    )


def test_a_kind_of_thing_takes_the_part_of_what_is_dropped_beside_it() -> None:
    mail = a_server("mail", service="email", category="email", keywords=("mail",))
    known = after("post my issues from GitHub to Slack")
    for message in ("drop Slack, email me", "no Slack, just email me please"):
        asked = question(message, known)
        near = (*asked.shortlist, *candidates(mail))
        found = read(replace(asked, shortlist=near))
        assert [(one.text, one.server) for one in found.steps] == [
            ("post my issues from GitHub to Mail", "github"),
            ("post my issues from GitHub to Mail", "mail"),
        ]


def test_a_name_of_its_kind_takes_the_part_of_what_is_dropped_beside_it() -> None:
    known = after("save my issues from GitHub to Notion")
    assert after("save my issues from GitHub to Notion", "Notion is too slow, Airtable").steps == (
        known.steps[0].model_copy(update={"text": "save my issues from GitHub to Airtable"}),
        Step(text="save my issues from GitHub to Airtable", server="airtable", why="you named it"),
    )
