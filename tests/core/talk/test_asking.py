"""Questions told from requests, and what they are about."""

import pytest

from outfitter.core.talk.asking import topic


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("when will it run?", "running"),
        ("how do I run the agent?", "running"),
        ("why Notion?", "why"),
        ("is my patients' data safe?", "privacy"),
        ("Warum Gmail?", "why"),
        ("does it run by itself?", "running"),
        ("how often does the agent run?", "running"),
        ("how often does it check?", "running"),
        ("what does it do exactly?", "plan"),
        ("do I have to pay for this?", "cost"),
        ("is my code safe with you?", "privacy"),
        ("is Notion free?", "cost"),
        ("is there anything free instead?", "others"),
        ("which servers do you have for mail?", "servers"),
    ],
)
def test_a_question_is_about_one_thing(text: str, about: str) -> None:
    assert topic(text) == about
