"""What a session remembers between turns."""

from typing import Any

import pytest

from catalogues import CATALOGUE, a_server, candidates
from outfitter.core.analysis import Analysis, Intent
from outfitter.core.plan import MOST_STEPS, Choice, Plan, Step
from outfitter.core.talk import context

PLAN = Plan(
    goal="Save invoices",
    steps=(Step(text="read mail", server="gmail"), Step(text="save it", server="notion")),
    servers=(Choice(name="gmail"), Choice(name="notion")),
)


def test_a_plan_comes_back_from_the_context_as_it_went_in() -> None:
    kept = context.after({"other": 1}, PLAN, Analysis(intent=Intent.PLAN), "Done.")

    assert context.plan_of(kept) == PLAN
    assert kept["other"] == 1
    assert kept["last_analysis"] == {
        "analysis": "Save invoices",
        "required_servers": ["gmail", "notion"],
        "workflow_steps": ["read mail", "save it"],
        "response_to_user": "Done.",
    }


def test_the_plan_before_a_change_is_kept_until_it_is_gone_back_to() -> None:
    other = Plan(steps=(Step(text="else"),))
    changed = context.after({"plan": PLAN.model_dump()}, other, Analysis(intent=Intent.PLAN), "")
    assert context.past_of(changed) == (PLAN,)
    assert context.past_of(context.after(changed, other, Analysis(intent=Intent.ASK), "")) == (
        PLAN,
    )
    back = context.after(changed, PLAN, Analysis(intent=Intent.UNDO), "")
    assert context.past_of(back) == ()
    assert context.undone_of(back) == (other,)
    asked = context.after(back, PLAN, Analysis(intent=Intent.ASK), "")
    assert context.undone_of(asked) == (other,)
    changed_again = context.after(back, Plan(), Analysis(intent=Intent.PLAN), "")
    assert context.undone_of(changed_again) == ()
    forth = context.after(back, other, Analysis(intent=Intent.REDO), "")
    assert (context.past_of(forth), context.undone_of(forth)) == ((PLAN,), ())


def test_what_was_undone_is_brought_again_one_by_one() -> None:
    again = Analysis(intent=Intent.REDO)
    assert context.ahead((Plan(), PLAN), Plan(goal="now"), PLAN, again) == (Plan(),)


def test_only_the_last_few_plans_are_kept() -> None:
    kept: dict[str, Any] = {}
    for number in range(20):
        plan = Plan(steps=(Step(text=str(number)),))
        kept = context.after(kept, plan, Analysis(intent=Intent.PLAN), "")
    assert [one.steps[0].text for one in context.past_of(kept)] == list(map(str, range(9, 19)))


def test_a_new_session_has_an_empty_plan() -> None:
    assert context.plan_of({}) == Plan()


def test_what_is_collected_names_keys_of_the_plans_servers_only() -> None:
    stored = {"gmail": frozenset({"B", "A"}), "slack": frozenset({"C"})}

    assert context.collected(PLAN, stored) == {"gmail": {"account": "default", "keys": ["A", "B"]}}


def test_only_keys_of_an_earlier_session_count_as_reused() -> None:
    stored = {"gmail": frozenset({"OLD", "GIVEN"}), "notion": frozenset({"SEEN"})}
    before = {"notion": {"keys": ["SEEN"]}}

    found = context.reused(PLAN, stored, before, {"gmail": {"GIVEN": "value"}})

    assert found == {"gmail": ("OLD",)}


def test_the_shortlist_holds_the_plans_servers_however_far_they_are() -> None:
    ranked = candidates(*CATALOGUE.values())
    last = ranked[-1].server.name
    crowd = (*[ranked[0]] * 30, ranked[-1])

    short = context.shortlist_of(crowd, [last])

    assert len(short) == context.SHORTLIST
    assert short[-1].server.name == last


def test_the_shortlist_holds_a_few_look_alikes_of_the_plans_servers() -> None:
    crowd = (a_server(f"other-{at}") for at in range(30))
    alike = (a_server(f"gmail-{at}", service="gmail") for at in range(9))
    ranked = candidates(*crowd, CATALOGUE["gmail"], *alike)

    names = [one.server.name for one in context.shortlist_of(ranked, ["gmail"])]

    others = [f"gmail-{at}" for at in range(context.LOOK_ALIKES)]
    assert names[-len(others) - 1 :] == ["gmail", *others]
    assert names[0] == "other-0"


def test_each_service_that_is_named_comes_before_a_second_server_of_another() -> None:
    crowd = (a_server(f"mail-{at}", service="mail") for at in range(30))
    apps = (a_server(f"app-{at}") for at in range(15))

    short = context.shortlist_of(candidates(*crowd, *apps, named=True), ())

    assert {f"app-{at}" for at in range(15)} < {one.server.name for one in short}


def test_where_more_than_twenty_services_are_named_each_is_on_the_shortlist() -> None:
    apps = [a_server(f"app-{at}") for at in range(60)]

    for number, kept in ((25, 25), (60, MOST_STEPS)):
        assert len(context.shortlist_of(candidates(*apps[:number], named=True), ())) == kept


@pytest.mark.proves("R-53")
def test_a_crowd_that_calls_itself_alike_keeps_no_reviewed_server_out() -> None:
    strangers = (a_server(f"gmail-{at}", title="Gmail", reviewed=False) for at in range(60))
    ranked = candidates(*strangers, CATALOGUE["gmail"], named=True)

    short = context.shortlist_of(ranked, ())

    assert len(short) == context.SHORTLIST
    assert "gmail" in {one.server.name for one in short}


def test_strangers_fill_no_more_than_half_of_a_shortlist_while_there_are_others() -> None:
    strangers = [a_server(f"near-{at}", reviewed=False) for at in range(60)]
    others = [a_server(f"far-{at}") for at in range(30)]

    short = context.shortlist_of(candidates(*strangers, *others), ())
    alone = context.shortlist_of(candidates(*strangers), ())

    assert [one.server.reviewed for one in short].count(False) == context.SHORTLIST // 2
    assert len(short) == len(alone) == context.SHORTLIST
