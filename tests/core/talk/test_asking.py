"""Questions about the service, its servers and the plan."""

import pytest

from catalogues import question
from outfitter.core.analysis import Intent
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import Plan
from outfitter.core.talk.asking import topic
from outfitter.core.talk.offline import read


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("when will it run?", "running"),
        ("does it run by itself?", "running"),
        ("how often does the agent run?", "running"),
        ("what does it do exactly?", "plan"),
        ("do I have to pay for this?", "cost"),
        ("which servers do you have for mail?", "servers"),
    ],
)
def test_a_question_is_about_one_thing(text: str, about: str) -> None:
    assert topic(text) == about


def test_what_nobody_here_can_answer_is_said_to_be_so() -> None:
    asked = question("monitor Gmail for invoices and save them to Notion")
    plan = settle(read(asked), Plan(), asked.shortlist)
    found = read(question("what can go wrong?", plan))
    assert (found.intent, found.reply[:21]) == (Intent.NOTHING, "I can't answer that. ")
