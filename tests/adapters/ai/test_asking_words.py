"""Requests told from remarks by their words."""

import pytest

from outfitter.adapters.ai.asking_words import AskingWords, learnt

REQUESTS = [f"send {who} the {what}" for who in ("Anna", "Ben", "us") for what in ("bill", "list")]
REMARKS = [
    f"{who} sent the {what} once" for who in ("Anna", "Ben", "we") for what in ("bill", "list")
]


def test_a_text_that_nobody_said_is_told_by_the_words_of_those_like_it() -> None:
    asks = learnt([REQUESTS], REMARKS)
    assert asks("send Maria the file") > 0 > asks("Maria sent the file once")


def test_two_words_tell_what_neither_of_them_does() -> None:
    requests, remarks = ["tell me more", "go on now"] * 20, ["tell on me", "go me now more"] * 20
    asks = learnt([requests], remarks)
    assert asks("tell me") > 0 > asks("go me")


def test_all_numbers_and_both_cases_are_one_word() -> None:
    asks = learnt([["call me at 7"] * 5], ["nothing to do"] * 5)
    assert asks("CALL me AT 1930") == asks("call me at 7")


def test_a_small_group_of_requests_counts_as_much_as_a_large_one() -> None:
    asks = learnt([["send the bill"] * 500, ["who rang?"] * 2], ["who rang Anna"] * 100)
    assert asks("who rang?") > 0


def test_what_was_stored_answers_as_before() -> None:
    asks = learnt([REQUESTS], REMARKS)
    again = AskingWords.kept(asks.stored())
    assert [again(one) for one in REQUESTS] == pytest.approx([asks(one) for one in REQUESTS])


def test_a_text_without_words_says_little() -> None:
    assert abs(learnt([REQUESTS], REMARKS)("")) < abs(learnt([REQUESTS], REMARKS)(REQUESTS[0]))
