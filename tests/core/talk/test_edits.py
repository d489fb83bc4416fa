"""What the clauses of a message change, in the light of what was asked."""

from dataclasses import replace

import pytest

from catalogues import question
from outfitter.core.analysis import Intent, Raised
from outfitter.core.talk.offline import read
from talks import PLAN


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
