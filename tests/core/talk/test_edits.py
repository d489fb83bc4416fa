"""What the clauses of a message change, in the light of what was asked."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.analysis import Intent, Raised
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after


@pytest.mark.parametrize(
    "message", ["skip that key", "I won't give you that token", "can we do without the other key"]
)
def test_a_key_that_is_skipped_is_the_only_one_that_is_open(message: str) -> None:
    asked = replace(question(message, PLAN), raised=Raised(waiting=("notion",)))
    assert [one.server for one in read(asked).steps] == ["gmail"]


def test_who_keeps_a_key_back_is_told_why_another_server_comes() -> None:
    asked = replace(question("skip that key", PLAN), raised=Raised(waiting=("gmail",)))
    first = read(asked).steps[0]
    assert (first.server, first.why) == ("gmail-hosted", "it needs no key from you")


def test_a_step_that_there_is_not_takes_no_other_with_it() -> None:
    assert after(INVOICES, "drop step 3").names == PLAN.names
    assert after(INVOICES, "drop step 2").names == ("gmail",)


def test_which_key_is_meant_is_asked_of_those_that_are_open() -> None:
    asked = replace(question("skip that key", PLAN), raised=Raised(waiting=("gmail", "notion")))
    found = read(asked)
    assert (found.intent, found.reply[:46]) == (
        Intent.ASK,
        "Whose key do you mean, that of Gmail or Notion",
    )


def test_a_kind_of_thing_takes_the_part_of_what_is_dropped_beside_it() -> None:
    mail = a_server("mail", service="email", category="email", keywords=("mail",))
    known = after("post my issues from GitHub to Slack")
    for message in ("drop Slack, email me", "no Slack, just email me please"):
        asked = question(message, known)
        near = (*asked.shortlist, *candidates(mail))
        found = read(replace(asked, shortlist=near))
        assert [(one.text, one.server) for one in found.steps] == [
            ("post my issues from GitHub to Mail", "github"),
            ("post my issues from GitHub to Mail", "mail"),
        ]


def test_a_kind_of_thing_does_the_step_that_is_open() -> None:
    mail = a_server("mail", service="email", category="email", keywords=("mail",))
    asked = question("by mail, please", after("read my GitHub issues, send a digest"))
    found = read(replace(asked, shortlist=(*asked.shortlist, *candidates(mail))))
    assert [one.server for one in found.steps] == ["github", "mail"]
    assert found.uncovered == ()


def test_a_name_of_its_kind_takes_the_part_of_what_is_dropped_beside_it() -> None:
    known = after("save my issues from GitHub to Notion")
    assert after("save my issues from GitHub to Notion", "Notion is too slow, Airtable").steps == (
        known.steps[0].model_copy(update={"text": "save my issues from GitHub to Airtable"}),
        Step(text="save my issues from GitHub to Airtable", server="airtable", why="you named it"),
    )


@pytest.mark.parametrize("complaint", ["Notion is full", "Notion keeps failing", "Notion is slow"])
def test_a_mere_name_behind_a_complaint_takes_its_part(complaint: str) -> None:
    known = after("read my Gmail and post it to Notion")
    assert after("read my Gmail and post it to Notion", f"{complaint}, use Slack").names == (
        "gmail",
        "slack",
    )
    assert known.names == ("gmail", "notion")


def test_praise_and_a_name_bring_another_beside_it() -> None:
    plan = after("read my Gmail and post it to Notion", "Notion is fine. also use Slack")
    assert plan.names == ("gmail", "notion", "slack")


def test_one_name_of_a_server_that_has_two_takes_only_its_own_steps() -> None:
    both = a_server("desk", title="Tickets and Pages", aliases=("deskjira", "deskpages"))
    texts = ("read new deskpages", "open a deskjira ticket")
    plan = Plan(
        steps=tuple(Step(text=one, server="desk") for one in texts),
        servers=(Choice(name="desk"),),
    )
    for message, left in (
        ("deskjira isn't needed", texts[:1]),
        ("no deskpages", texts[1:]),
        ("drop the desk", ()),
    ):
        asked = question(message, plan)
        found = read(replace(asked, shortlist=(*asked.shortlist, *candidates(both))))
        assert tuple(one.text for one in found.steps) == left


def test_an_app_that_is_waved_away_gives_its_place_to_no_server_of_the_plan() -> None:
    plan = after("log my Fitbit sleep in Notion", "forget Fitbit. take Gmail instead")
    assert plan.names == ("notion", "gmail")


@pytest.mark.parametrize("message", ["you're right, use Slack. my bad", "good point, use Slack"])
def test_what_is_said_in_passing_is_no_step(message: str) -> None:
    plan = after("read my Gmail", message)
    assert [one.text for one in plan.steps] == ["read my Gmail", "use Slack"]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Invoices in Gmail should become Notion pages", ("gmail", "notion")),
        ("new mails in Gmail should go onto our Slack", ("gmail", "slack")),
        ("save any Gmail I drop in the folder to Notion", ("gmail", "notion")),
        ("tell Ann when it's done with Slack", ("slack",)),
        ("cancelled Gmail subscriptions go to Notion", ("gmail", "notion")),
        ("read my Gmail, Slack should go", ("gmail",)),
    ],
)
def test_what_things_become_and_where_they_go_drops_no_server(
    message: str, names: tuple[str, ...]
) -> None:
    assert set(names) == set(after(message).names) - {"filesystem"}


def test_a_server_that_should_become_another_makes_room_for_it() -> None:
    first = "monitor Gmail for invoices and post them to Slack"
    assert after(first, "Slack should become Notion").names == ("gmail", "notion")


@pytest.mark.parametrize(
    "message",
    [
        "Slack can go by the way",
        "Slack should go in that case",
        "on second thought, Slack can go into the bin",
        "Slack can go in favour of mail",
        "my team is done with Slack",
        "let's be done with Slack",
        "we left Slack for calls",
    ],
)
def test_what_may_go_for_good_leaves_the_plan(message: str) -> None:
    assert after("monitor Gmail for invoices and post them to Slack", message).names == ("gmail",)


def test_where_things_come_from_is_not_turned_down_before_there_is_a_plan() -> None:
    plan = after("invoices", "from Gmail to Notion")
    assert (plan.names, plan.declined) == (("gmail", "notion"), ())


def test_a_name_with_what_both_have_takes_the_place_of_what_is_dropped_before() -> None:
    old = a_server("jira", category="project", keywords=("issue", "ticket"))
    new = a_server("github", category="development", keywords=("issue",))
    step = Step(text="make a Jira ticket of each bug", server="jira")
    plan = Plan(steps=(step,), servers=(Choice(name="jira"),))
    asked = question("drop Jira, GitHub issues", plan)
    found = read(replace(asked, shortlist=candidates(old, new, named=True)))
    assert [(one.text, one.server) for one in found.steps] == [
        ("make a Github ticket of each bug", "github")
    ]
    other = question("drop Jira, watch GitHub issues", plan)
    assert "make a Jira ticket of each bug" not in [
        one.text for one in read(replace(other, shortlist=candidates(old, new, named=True))).steps
    ]


def test_a_swap_of_another_fills_no_part_that_was_dropped() -> None:
    told = "watch Gmail, save invoices to Notion and post them to Slack"
    dropped = after(told, "drop Gmail")
    asked = replace(
        question("Notion, no, Airtable instead of Notion", dropped),
        past=(after(told),),
        raised=Raised(instead_of="gmail", offered=True),
    )
    assert {one.server for one in read(asked).steps} == {"airtable", "slack"}


def test_that_somebody_does_not_care_is_nothing_to_do() -> None:
    plan = after(INVOICES, "Airtable instead of Notion, don't care")
    assert [one.server for one in plan.steps] == ["gmail", "airtable"]
