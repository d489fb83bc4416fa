"""What is seen in a message of each server that it may concern."""

from dataclasses import replace

from catalogues import question
from outfitter.core.talk.signs import Signs, signs_of
from talks import INVOICES, PLAN, after


def _signs(message: str, *read: str) -> dict[str, Signs]:
    return signs_of(question(message, PLAN), read or PLAN.names)


def test_servers_of_the_plan_may_stay_and_others_that_are_named_may_come() -> None:
    found = _signs("put them in Airtable")
    assert {name for name, signs in found.items() if "stays:" in signs} == {"gmail", "notion"}
    assert {name for name, signs in found.items() if "comes:" in signs} == {"airtable"}


def test_a_message_is_seen_from_each_server() -> None:
    found = _signs("Notion is slow, Airtable is not, and Gmail stays")
    assert "stays: THIS/LIKE: “THIS is slow”" in found["notion"]
    assert "stays: THIS/LIKE: “LIKE is not”" in found["notion"]
    assert "stays: THIS/OTHER: “PLANNED is slow”" in found["gmail"]
    assert "comes: THIS: “LIKE is slow”" in found["airtable"]


def test_what_stands_near_a_name_counts_by_its_side_and_distance() -> None:
    signs = _signs("please never use Notion any more")["notion"]
    assert {"stays: THIS -1 use", "stays: THIS -2 never", "stays: THIS +1 any"} <= signs
    assert "stays: THIS -3 please" in signs


def test_what_a_server_alone_does_stands_for_it() -> None:
    plan = after(INVOICES, "also post a message to Slack")
    found = signs_of(question("the message is not needed", plan), plan.names)
    assert "stays: PART/: “the PART is”" in found["slack"]
    assert "stays: /: “message is not”" in found["notion"]


def test_what_the_rules_read_is_a_sign_too() -> None:
    assert "stays: read False" in _signs("drop Notion", "gmail")["notion"]
    assert "stays: read True" in _signs("drop Notion", "gmail")["gmail"]


def test_what_was_in_the_plan_before_may_come_back() -> None:
    smaller = after(INVOICES, "drop Notion")
    asked = replace(question("the old way again", smaller), past=(PLAN,))
    assert "comes: past True" in signs_of(asked, smaller.names)["notion"]


def test_numbers_are_all_alike() -> None:
    assert "stays: /: “at 9”" in _signs("at 17 sharp")["gmail"]
