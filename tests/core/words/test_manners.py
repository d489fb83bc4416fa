"""What a message says of its writer and for the sake of manners."""

import pytest

from outfitter.core.words.manners import INTRODUCING, mannerly
from outfitter.core.words.wishes import plainly


@pytest.mark.parametrize(
    "clause",
    [
        "I run a small flower shop",
        "I am carpenter",
        "I'm not very technical",
        "no code person here",
        "j'ai un petit restaurant",
        "soy profesora",
        "我开了一家小咖啡店",
    ],
)
def test_who_is_speaking_is_nothing_to_do(clause: str) -> None:
    assert INTRODUCING.match(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "I run a report every Friday",
        "I sell handmade soap on Etsy",
        "my mother is 82",
        "we are on Slack",
        "my boss and I need a summary",
    ],
)
def test_what_a_later_clause_may_speak_of_is_more_than_who_is_speaking(clause: str) -> None:
    assert not INTRODUCING.match(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "Thank you in advance!",
        "sorry for my english",
        "much appreciated",
        "is that possible",
        "merci beaucoup",
        "谢谢",
    ],
)
def test_what_closes_a_message_is_nothing_to_do_beside_what_is(clause: str) -> None:
    assert mannerly({1: "read my mail", 2: clause}) == {2}
    assert mannerly({0: clause}) == frozenset()


@pytest.mark.parametrize("clause", ["let me know if it rains", "thank you letters go to donors"])
def test_a_request_that_begins_like_manners_is_one(clause: str) -> None:
    assert mannerly({1: "read my mail", 2: clause}) == frozenset()


def test_a_name_is_manners_only_behind_a_greeting_at_the_end() -> None:
    assert mannerly({1: "Schedule", 2: "Daily", 3: "read it"}) == {1}
    assert mannerly({1: "read it", 2: "Best regards", 3: "Ola"}) == {2, 3}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("um remind me the day before thank you", "remind me the day before"),
        ("I need an agent that reads new invoices", "reads new invoices"),
        ("I'd love to have an assistant which sorts my mail", "sorts my mail"),
        ("agent must answer my mail", "answer my mail"),
        ("send it to Ada please", "send it to Ada"),
        ("send a thank you", "send a thank you"),
    ],
)
def test_a_step_is_told_without_manners(said: str, told: str) -> None:
    assert plainly(said) == told
