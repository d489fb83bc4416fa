"""How a message that only tells more becomes a part of a step that the plan has."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.analysis import Intent
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after, texts


@pytest.mark.parametrize(
    "detail",
    [
        "the Notion page is called Inbox",
        "my wiki is named Slack reports",
    ],
)
def test_a_detail_belongs_to_the_step_that_it_speaks_of(detail: str) -> None:
    plan = after(INVOICES, detail)
    assert texts(plan) == ["monitor Gmail for invoices", f"save them to Notion, {detail}"]
    assert plan.servers == PLAN.servers


def test_details_add_up() -> None:
    plan = after(INVOICES, "the inbox is anna@example.com", "the invoices are from 2026")
    assert texts(plan)[0] == (
        "monitor Gmail for invoices, the inbox is anna@example.com, the invoices are from 2026"
    )
    assert len(plan.steps) == 2


def test_a_detail_told_again_changes_nothing() -> None:
    once = after(INVOICES, "the invoices are from 2026")
    assert after(INVOICES, *["the invoices are from 2026"] * 3) == once


def test_details_that_would_make_a_step_too_long_stay_steps_of_their_own() -> None:
    told = [f"the invoices of number {at} are {'very ' * 40}old" for at in range(3)]
    plan = after(INVOICES, *told)
    assert len(texts(plan)[0]) < 600
    assert texts(plan)[-1] == told[-1]


def test_a_mere_preference_tells_no_step_anew() -> None:
    assert "instead" not in " ".join(texts(after(INVOICES, "prefer Notion over Basecamp")))


def test_naming_what_does_it_instead_tells_no_step_anew() -> None:
    plan = after(INVOICES, "Notion... we are trying Airtable. Put them there instead.")
    assert texts(plan) == ["monitor Gmail for invoices", "save them to Airtable"]


def test_doing_something_instead_tells_a_step_anew_where_nothing_leaves() -> None:
    first = "read my Gmail and send them to Anna in Slack"
    plan = after(first, "Anna moved away, send them to Ben instead")
    assert texts(plan)[-1] == (
        "send them to Anna in Slack, but Anna moved away, send them to Ben instead"
    )
    assert plan.names == ("gmail", "slack")


def test_a_word_for_what_a_server_does_is_no_name_of_another() -> None:
    plan = after("read my Gmail and message Anna in Slack", "message Ben instead")
    assert texts(plan)[-1] == "message Anna in Slack, but message Ben instead"
    assert plan.names == ("gmail", "slack")


@pytest.mark.parametrize(
    "wish",
    [
        "it should be in German",
        "no more than 5 a day",
        "weekends off",
        "not the internal people",
        "no links pls",
        "near the opera",
        "no messages to anybody without my okay",
    ],
)
def test_how_it_is_to_be_done_is_kept_as_it_was_said(wish: str) -> None:
    assert texts(after(INVOICES, wish))[-1] == wish


def test_how_it_is_to_be_done_is_nothing_that_a_server_is_missed_for() -> None:
    plan = after(INVOICES, "make it only for people from Germany", "use a friendly tone")
    assert texts(plan)[2:] == ["make it only for people from Germany", "use a friendly tone"]
    assert plan.uncovered == ()


@pytest.mark.parametrize("remark", ["on my way", "no thanks, that's fine", "not bad at all"])
def test_a_remark_that_begins_like_a_detail_changes_nothing(remark: str) -> None:
    assert after(INVOICES, remark) == PLAN


@pytest.mark.parametrize("word", ["stop", "remove"])
def test_a_command_without_an_object_is_no_step(word: str) -> None:
    assert after(INVOICES, word) == PLAN


def test_a_detail_of_nothing_in_the_plan_stays_by_itself() -> None:
    assert texts(after(INVOICES, "the deadline is 2026"))[-1] == "the deadline is 2026"


def test_what_a_thing_is_called_brings_in_no_server() -> None:
    assert after("read my Gmail, save it to a Notion page called Slack").names == (
        "gmail",
        "notion",
    )
    assert after(INVOICES, "our team is called Slack 9").names == ("gmail", "notion")


@pytest.mark.parametrize("kind", ["an app", "the Service", "a tool", "a server"])
def test_what_an_app_is_called_brings_it_in(kind: str) -> None:
    assert after(f"read my Gmail and post it to {kind} called Slack").names == ("gmail", "slack")


@pytest.mark.parametrize(
    "message",
    [
        "limit it to 10 articles",
        "max 5 per day",
        "at least three of them",
        "höchstens zehn pro Tag",
        "como máximo diez al día",
        "au maximum dix par jour",
    ],
)
def test_a_limit_is_a_step_of_the_agent_itself_and_brings_no_server(message: str) -> None:
    wiki = a_server("wikipedia", keywords=("articles",), category="reference")
    asked = question(message, PLAN)
    named = candidates(wiki)[0]
    found = read(replace(asked, shortlist=(replace(named, need=0, score=9.0), *asked.shortlist)))
    assert [(one.text, one.server) for one in found.steps[2:]] == [(message, None)]
    assert found.uncovered == ()


@pytest.mark.parametrize("start", ["hm ok. then ", "ok whatever. ", "alright, ", "yo, ", "can u "])
def test_a_word_in_passing_is_no_part_of_a_step(start: str) -> None:
    assert texts(after(f"{start}save my mails to Notion")) == ["save my mails to Notion"]


def test_waiting_a_moment_is_no_step() -> None:
    plan = after(INVOICES, "use Airtable instead of Notion", "no wait, Notion was fine")
    assert texts(plan) == texts(PLAN)


def test_saying_that_this_is_all_changes_nothing() -> None:
    assert read(question("ok that's all I think", PLAN)).intent is Intent.KEEP
