"""What could do the part of something else in a plan, and what the next message may point at."""

import pytest

from catalogues import GMAIL, GMAIL_HOSTED, NOTION, SLACK, a_server
from outfitter.core.analysis import NOTHING_RAISED, Analysis, Intent, Raised
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.suggesting import alike, raised

SERVERS = {one.name: one for one in (GMAIL, GMAIL_HOSTED, NOTION, SLACK)}
MAIL = Choice(name="gmail", alternatives=("gmail-hosted", "slack"))
NOTES = Choice(name="notion")


def plan(*choices: Choice, declined: tuple[str, ...] = ()) -> Plan:
    """A plan with a step for each of its servers."""
    steps = tuple(Step(text=f"use {one.name}", server=one.name) for one in choices)
    return Plan(servers=choices, steps=steps, declined=declined)


def put_forward(before: Plan, after: Plan, intent: Intent = Intent.PLAN, reply: str = "") -> Raised:
    """What the answer to a message that led from one plan to the other puts forward."""
    return raised(Analysis(intent=intent, reply=reply), before, after, SERVERS)


def test_what_came_without_a_category_is_like_nothing_else_without_one() -> None:
    traces = a_server("traces", category="other")
    choice = Choice(name="traces", alternatives=("shop", "hosted-traces"))
    others = (
        a_server("shop", category="other"),
        a_server("hosted-traces", category="other", service="traces"),
    )
    servers = {one.name: one for one in (traces, *others)}
    assert alike(choice, servers) == ["hosted-traces"]


def test_what_cannot_be_run_is_no_alternative() -> None:
    barred = GMAIL_HOSTED.model_copy(update={"status": "unusable"})
    assert alike(MAIL, SERVERS) == ["gmail-hosted"]
    assert alike(MAIL, {**SERVERS, barred.name: barred}) == []


def test_what_could_do_the_part_of_the_one_server_that_left_is_offered() -> None:
    assert put_forward(plan(MAIL, NOTES), plan(NOTES)) == Raised(
        servers=("gmail-hosted",), instead_of="gmail", offered=True
    )


@pytest.mark.parametrize(
    ("before", "after", "intent"),
    [
        (plan(MAIL), plan(), Intent.PLAN),
        (plan(MAIL, NOTES, Choice(name="slack")), plan(Choice(name="slack")), Intent.PLAN),
        (plan(MAIL, NOTES), plan(NOTES, Choice(name="slack")), Intent.PLAN),
        (plan(MAIL, NOTES), plan(MAIL, NOTES), Intent.PLAN),
        (plan(MAIL, NOTES), plan(NOTES), Intent.UNDO),
    ],
)
def test_nothing_is_offered_unless_one_server_left_and_others_stay(
    before: Plan, after: Plan, intent: Intent
) -> None:
    assert put_forward(before, after, intent) == NOTHING_RAISED


def test_what_the_user_turned_down_is_not_put_forward() -> None:
    after = plan(NOTES, declined=("gmail", "gmail-hosted"))
    assert put_forward(plan(MAIL, NOTES), after).servers == ()


def test_a_question_and_its_answer_raise_the_first_five_services_outside_the_plan() -> None:
    names = ["Airtable", "Discord", "Figma", "Linear", "Sentry", "Stripe"]
    servers = {one.lower(): a_server(one.lower()) for one in names} | SERVERS
    asks = Analysis(intent=Intent.ASK, reply=f"There are {', '.join(names)} and Notion.")

    found = raised(asks, plan(NOTES), plan(NOTES), servers)

    assert found == Raised(servers=tuple(one.lower() for one in names[:5]))


def test_what_an_answer_itself_puts_forward_goes_before_what_it_speaks_of() -> None:
    said = Raised(servers=("slack",), offered=True)
    asks = Analysis(intent=Intent.ASK, reply="There is Gmail too.", raised=said)
    assert raised(asks, plan(NOTES), plan(NOTES), SERVERS) == said


def test_a_question_about_a_plan_that_has_lost_a_server_is_answered_as_any_other() -> None:
    asks = Analysis(intent=Intent.ASK, reply="There is Slack.")
    kept = plan(NOTES, Choice(name="gone"))
    assert raised(asks, kept, kept, SERVERS).servers == ("slack",)
