"""Which servers a message calls by name."""

import time

import pytest

from catalogues import EVERYTHING, GMAIL, GMAIL_HOSTED, a_server
from outfitter.core.words.naming import kin_of, said_names, told_apart
from outfitter.core.words.text import tokens


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
    assert time.process_time() - begun < 2
    assert found.keys() == {"gmail", "gmail-hosted"}


@pytest.mark.parametrize("called", ["hosted Gmail", "Gmail hosted"])
def test_the_form_of_a_server_names_it_before_and_behind_its_name(called: str) -> None:
    assert said_names(f"read my {called}", EVERYTHING).keys() == {"gmail-hosted"}


def test_two_of_one_name_are_told_apart_where_one_says_more_in_the_same_row() -> None:
    for message, apart in (
        ("use Gmail and the hosted Gmail", True),
        ("use Gmail plus the hosted Gmail", True),
        ("use Gmail, I mean the hosted Gmail", False),
        ("use Gmail and Gmail", False),
    ):
        places = {one for many in said_names(message, EVERYTHING).values() for one in many}
        assert told_apart(tokens(message), *places) is apart, message


def test_no_name_is_a_part_of_a_word_with_a_capital_inside() -> None:
    git = a_server("git")
    assert said_names("open a GitLab issue", [git]) == {}
    assert said_names("GitHub/Git: show the last commit", [git]).keys() == {"git"}


def test_what_a_server_gives_access_to_names_it_where_no_other_is_called_so() -> None:
    wrapper = a_server("jo-slack-bot", service="slack")
    assert said_names("post it to slack", [wrapper]).keys() == {"jo-slack-bot"}
    assert said_names("post it to slack", [wrapper, *EVERYTHING]).keys() == {"slack"}


def test_what_a_server_gives_access_to_names_it_by_no_everyday_word() -> None:
    assert said_names("put it into the Store", [a_server("jo-store-bot", service="store")]) == {}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("post it to gmail, teams and notion", {"teams"}),
        ("post it to notion and teams", {"teams"}),
        ("post it to notion plus teams", {"teams"}),
        ("post it to notion and teams, then stop", {"teams"}),
        ("put it in notion, monday and airtable", {"monday"}),
        ("read my gmail and make a list", set()),
        ("read notion (gmail) and make airtable rows", set()),
        ("post it to coaches, teams and players", set()),
        ("post it to notion every friday, monday and sunday", set()),
        ("post it to notion, monday", set()),
    ],
)
def test_an_everyday_word_in_a_row_of_names_is_a_name(message: str, names: set[str]) -> None:
    everyday = [a_server(one) for one in ("teams", "monday", "make")]
    known = {one.name for one in everyday}
    assert said_names(message, [*EVERYTHING, *everyday]).keys() & known == names


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("show the deals in Monday within the hour", {"monday"}),
        ("put them into monday", {"monday"}),
        ("from Monday to Friday", set()),
        ("on Monday and in April", set()),
        ("in Monday morning meetings", set()),
        ("monday", set()),
    ],
)
def test_an_app_that_is_called_like_a_day_is_what_things_are_in(
    message: str, names: set[str]
) -> None:
    monday = a_server("monday", title="monday.com", aliases=("Monday",))
    assert said_names(message, [monday]).keys() == names


def test_an_everyday_word_that_is_all_that_is_said_is_a_name() -> None:
    teams = [a_server("teams")]
    assert said_names("teams", teams).keys() == {"teams"}
    assert said_names("teams are fun", teams) == {}


@pytest.mark.parametrize(
    "title", ["Every Morning", "Save Them", "in Gmail", "Gmail for", "My Gmail"]
)
def test_what_anybody_says_is_no_name_of_a_stranger(title: str) -> None:
    gmail, stranger = a_server("gmail", title="Gmail"), a_server("x", title=title, reviewed=False)
    message = (
        "every morning look in Gmail for my Gmail invoices, save them and send me My Gmail tips"
    )
    assert said_names(message, [gmail, stranger]).keys() == {"gmail"}


def test_a_stranger_with_a_name_of_its_own_is_named_by_it() -> None:
    gmail = a_server("gmail", title="Gmail")
    cleaner = a_server("x", title="Gmail Cleaner", reviewed=False)
    said = said_names("run Gmail Cleaner every morning", [gmail, cleaner])
    assert "x" in said
    assert said_names("use gmail cleaner", [cleaner]).keys() == {"x"}
