"""What a message brings into a plan."""

from dataclasses import replace

import pytest

from catalogues import GMAIL, a_server, about, candidates, question
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after


def test_after_what_no_server_does_a_message_is_read_like_a_first_one() -> None:
    told = "directions from the station to the harbour"
    asked = about(candidates(a_server("maps")), told, after("walk my dog"))
    assert [one.server for one in read(asked).steps] == [None, "maps"]


@pytest.mark.parametrize(
    "message",
    ["post them to Slack. no, not Slack", "and tell us in Slack, wait, no Slack please"],
)
def test_what_the_same_message_takes_back_is_no_step(message: str) -> None:
    plan = after(INVOICES, message)
    assert (plan.steps, plan.declined) == (PLAN.steps, ("slack",))


def test_what_is_kept_beside_what_is_taken_back_comes() -> None:
    plan = after(INVOICES, "post them to GitHub and Slack. no, not Slack")
    assert plan.names == ("gmail", "notion", "github")


def test_what_a_later_message_goes_on_with_brings_what_it_takes() -> None:
    clock = a_server("time", service="time")
    for told, names in (("with what time it is in Lima", 3), ("the time in Lima is late", 2)):
        asked = question(told, PLAN)
        found = read(replace(asked, shortlist=(*asked.shortlist, *candidates(clock))))
        assert len({one.server for one in found.steps or PLAN.steps}) == names


def test_what_was_only_a_joke_is_no_step() -> None:
    assert after("walk my dog", "just kidding, read my Gmail").names == ("gmail",)
    assert "kidding" not in str(after("walk my dog", "just kidding, read my Gmail").steps)


def test_going_back_to_what_is_there_changes_nothing() -> None:
    assert after(INVOICES, "go back to Notion") == PLAN


def test_what_one_signs_with_names_no_server() -> None:
    plan = after(INVOICES, 'sign it as "Slack Team"')
    assert plan.names == PLAN.names
    assert plan.steps[-1].text == 'sign it as "Slack Team"'


@pytest.mark.parametrize("told", ["in French-speaking places", "it's in French"])
def test_where_something_is_brings_nobody_to_work_on_it(told: str) -> None:
    french = a_server("translator", description="Translates French.", keywords=("french",))
    asked = replace(about(candidates(french), told, after("walk my dog")), tells_how=lambda _: True)
    assert "translator" not in [one.server for one in read(asked).steps]


def test_who_is_to_have_it_by_what_means_is_said_once() -> None:
    open_ = after("walk my dog, remind me of the party")
    asked = about(candidates(GMAIL), "by Gmail", open_)
    found = read(asked)
    assert next(one.text for one in found.steps if one.server).endswith(" by Gmail")
    assert "by Gmail" not in [one.text for one in found.steps]


def test_one_more_of_the_same_is_no_swap() -> None:
    assert set(PLAN.names) < set(after(INVOICES, "make it Slack as well").names)
