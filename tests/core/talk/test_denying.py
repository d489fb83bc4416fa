"""How a part of a plan is turned down by what it does."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.catalogue import Server
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.denying import denied
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after

MAIL = a_server("mail", category="email", keywords=("inbox", "message"))
PHONE = a_server("phone", category="chat", keywords=("sms", "text message", "phone call"))
SHEETS = a_server("sheets", category="documents", keywords=("spreadsheet", "row"))
PLANNED = (MAIL, PHONE, SHEETS)
STEPS = (
    Step(text="watch my inbox for orders", server="mail"),
    Step(text="delete the old ones", server="mail"),
    Step(text="send me a text with Phone", server="phone"),
    Step(text="add the payments to a table", server="sheets"),
    Step(text="add the payments to a table", server="mail"),
    Step(text="sum them up"),
)


@pytest.mark.parametrize(
    "clause",
    [
        "actually don't send a text",
        "remove the text message",
        "drop the sms part",
        "no phone call please",
        "no need to text me",
        "you don't have to send me a text",
        "stop sending me texts",
        "forget the text",
        "don't send a text any more",
        "on second thought don't text",
    ],
)
def test_a_server_goes_by_what_it_does(clause: str) -> None:
    assert denied(clause, PLANNED, STEPS) == (("phone",), ())


@pytest.mark.parametrize("clause", ["don't delete them", "skip the deleting", "never mind the old"])
def test_a_step_goes_alone_where_its_server_has_others(clause: str) -> None:
    assert denied(clause, PLANNED, STEPS) == ((), (1,))


def test_a_step_that_no_server_does_goes_by_its_words() -> None:
    assert denied("don't sum them up", PLANNED, STEPS) == ((), (4,))


def test_of_two_servers_in_one_step_the_one_that_is_spoken_of_goes() -> None:
    assert denied("no spreadsheet", PLANNED, STEPS) == (("sheets",), ())


@pytest.mark.parametrize(
    "clause",
    [
        "don't send more than five texts",
        "don't delete anything on weekends",
        "never delete them",
        "send me a text",
        "don't",
        "I don't need a text for that",
        "don't water my plants",
        "don't lose the texts",
        "delete the text after that",
    ],
)
def test_a_limit_or_a_wish_takes_nothing_away(clause: str) -> None:
    assert denied(clause, PLANNED, STEPS) == ((), ())


def test_what_is_done_instead_takes_the_place_of_the_step_and_not_of_its_server() -> None:
    orders = after("search my Gmail for orders, send the old ones to Ben")
    told = (
        "search my Gmail for orders, send the old ones to Ben",
        "don't send them, read them instead",
    )
    assert [one.server for one in orders.steps] == ["gmail", "gmail"]
    assert [(one.text, one.server) for one in after(*told).steps] == [
        ("search my Gmail for orders", "gmail"),
        ("read them", "gmail"),
    ]


def test_a_step_that_is_turned_down_makes_room_for_another_server() -> None:
    told = (
        "read my Gmail, post a message in Slack",
        "actually don't post a message, save it in Airtable",
    )
    assert after(*told).names == ("gmail", "airtable")


@pytest.mark.parametrize("message", ["drop step 2", "Drop the second step", "drop the second"])
def test_a_step_is_counted_whatever_the_steps_say(message: str) -> None:
    told = "read the 2 newest of the second inbox in Gmail, post them in Slack"
    assert after(told, message).names == ("gmail",)


@pytest.mark.parametrize("message", ["don't monitor Gmail", "please don't monitor my Gmail again"])
def test_a_part_may_be_turned_down_by_what_is_done_and_by_its_name(message: str) -> None:
    assert after(INVOICES, message).names == ("notion",)


@pytest.mark.parametrize("limit", ["don't monitor Gmail on weekends", "don't delete from Gmail"])
def test_a_limit_that_names_a_server_leaves_it(limit: str) -> None:
    assert after(INVOICES, limit).names == ("gmail", "notion")


def test_what_people_tell_of_anything_else_leaves_every_server() -> None:
    assert after(INVOICES, "Anna left the inbox").names == ("gmail", "notion")


TWILIO = a_server("twilio", category="chat", keywords=("sms", "phone call"))
CALLS = Plan(
    steps=(
        Step(text="call me with Twilio", server="twilio"),
        Step(text="save it", server="notion"),
    ),
    servers=(Choice(name="twilio"), Choice(name="notion")),
)


@pytest.mark.parametrize(
    ("message", "steps"),
    [
        (
            "don't call me, text me",
            [("call me with Twilio, but text me instead", "twilio"), ("save it", "notion")],
        ),
        ("text me, don't call me", [("call me with Twilio, but text me instead", "twilio")]),
        ("don't call me, tell me a joke", [("save it", "notion")]),
        ("no Twilio, text me", [("save it", "notion")]),
    ],
)
def test_a_server_that_does_the_other_thing_too_stays_for_that(
    message: str, steps: list[tuple[str, str]]
) -> None:
    asked = question(message, CALLS)
    found = read(replace(asked, shortlist=(*asked.shortlist, *candidates(TWILIO))))
    assert [(one.text, one.server) for one in found.steps[: len(steps)]] == steps
    assert ("twilio" in {one.server for one in found.steps}) is (steps[0][1] == "twilio")


@pytest.mark.parametrize("message", ["but not from Gmail", "not from gmail please"])
def test_what_a_thing_should_not_come_from_leaves(message: str) -> None:
    assert after(INVOICES, message).names == ("notion",)
    assert after(f"save the invoices to Notion, {message}").declined == ("gmail",)


def test_to_do_without_an_app_is_fine_too() -> None:
    plan = after("post my Gmail invoices to Slack and Twitter", "without twitter is fine")
    assert [one.text for one in plan.steps][-1].endswith("to Slack")


@pytest.mark.parametrize("message", ["forget the figma part", "forget the Figma, that's stupid"])
def test_what_is_waved_away_does_not_come_in_and_what_is_thought_of_it_is_no_step(
    message: str,
) -> None:
    plan = after(INVOICES, message)
    assert (plan.names, plan.steps) == (after(INVOICES).names, after(INVOICES).steps)


@pytest.mark.parametrize(
    "reason", ["too expensive", "too complicated.", "way too slow", "a bit too much"]
)
def test_why_something_goes_is_no_step(reason: str) -> None:
    plan = after(f"{INVOICES}, and post them to Slack", f"skip Slack, {reason}")
    assert plan.steps == PLAN.steps


def test_a_thing_that_a_named_server_brings_is_a_limit_of_it() -> None:
    shop = a_server("shop", title="Shop", category="commerce", keywords=("product", "invoice"))
    steps = (Step(text="list the new orders in Shop", server="shop"),)
    assert denied("no invoices please", (shop,), steps) == ((), ())
    assert denied("no invoices please", (shop,), (steps[0].model_copy(update={"text": "list"}),))[0]


def test_what_is_not_to_be_done_with_it_takes_away_only_a_step_that_says_so() -> None:
    steps = (Step(text="write a mail to each", server="mail"),)
    mail = replace_keywords(MAIL, "send email")
    assert denied("but do not send it", (mail,), steps) == ((), ())
    assert denied("don't write it", (mail,), steps) == (("mail",), ())


def test_a_no_before_dont_is_no_word_of_what_is_denied() -> None:
    assert denied("no don't sum them up", PLANNED, STEPS) == ((), (4,))


def replace_keywords(server: Server, *keywords: str) -> Server:
    """The server, known for these things."""
    return server.model_copy(update={"keywords": keywords})
