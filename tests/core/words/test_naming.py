"""Which servers a message calls by name."""

import time

import pytest

from catalogues import EVERYTHING, GMAIL, GMAIL_HOSTED
from outfitter.core.words.naming import kin_of, said_names


@pytest.mark.parametrize("message", ["host my website", "where can I get a blog hosted?"])
def test_what_says_in_which_form_a_server_comes_is_no_name(message: str) -> None:
    assert said_names(message, EVERYTHING) == {}


def test_a_title_said_in_full_names_that_server_alone() -> None:
    assert said_names("read my Gmail (hosted)", EVERYTHING).keys() == {"gmail-hosted"}
    assert said_names("read my Gmail", EVERYTHING).keys() == {"gmail", "gmail-hosted"}


def test_a_kind_of_thing_makes_no_kin() -> None:
    assert kin_of(["gmail"], EVERYTHING) == {"gmail-hosted"}
    both = [one.model_copy(update={"service": "web search"}) for one in (GMAIL, GMAIL_HOSTED)]
    assert kin_of(["gmail"], both) == frozenset()


def test_a_name_said_thousands_of_times_costs_a_moment() -> None:
    begun = time.process_time()
    found = said_names("gmail " * 2666, EVERYTHING)
    assert time.process_time() - begun < 0.5
    assert found.keys() == {"gmail", "gmail-hosted"}
