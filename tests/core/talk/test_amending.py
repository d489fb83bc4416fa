"""Readings by rules, put right by experience."""

from dataclasses import replace

import pytest

from catalogues import a_server, about, candidates, question
from outfitter.core.analysis import Analysis, Intent
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import MOST_STEPS, Plan, Step
from outfitter.core.talk import offline
from outfitter.core.talk.amending import amended
from outfitter.core.talk.experience import Experience
from outfitter.core.talk.signs import signs_of
from outfitter.core.words.grams import place
from talks import INVOICES, PLAN, after

PLACES = 1 << 16


def _taught(**weights: float) -> Experience:
    """What the rules read is right, but for these signs."""
    row = [0] * PLACES
    beliefs = {"stays: read True": 2, "stays: read False": -2, "comes: read True": 2}
    for sign, weight in {**beliefs, "comes: read False": -2, **weights}.items():
        row[place(sign, PLACES)] += int(10 * weight)
    return Experience(row, details=[0])


def _amended(message: str, experience: Experience, plan: Plan = PLAN) -> tuple[Analysis, Plan]:
    asked = question(message, plan)
    analysis = amended(asked, offline.read(asked), experience)
    return analysis, settle(analysis, plan, asked.shortlist)


def test_what_experience_agrees_with_is_left_as_it_was_read() -> None:
    asked = question("drop Notion", PLAN)
    read = offline.read(asked)
    assert amended(asked, read, _taught()) is read


def test_a_server_goes_that_the_rules_would_keep() -> None:
    message = "Notion puts me to sleep"
    assert after(INVOICES, message).names == PLAN.names
    _, plan = _amended(message, _taught(**{"stays: THIS +1 puts": -9}))
    assert (plan.names, plan.declined) == (("gmail",), ("notion",))
    assert [one.server for one in plan.steps] == ["gmail"]


def test_whose_key_is_kept_back_is_left_to_the_rules() -> None:
    message = "I won't give you the Notion key"
    assert "notion" not in after(INVOICES, message).names
    _, plan = _amended(message, _taught(**{"stays: THIS +1 key": 30}))
    assert "notion" not in plan.names


def test_a_question_about_the_service_changes_nothing_that_experience_would() -> None:
    asked = replace(question("who sees what I write", PLAN), about="data")
    read = offline.read(asked)
    assert read.intent is Intent.ASK
    assert amended(asked, read, _taught(**{"stays: last True": -9})) is read


def test_a_newcomer_of_its_kind_takes_the_place_of_what_goes() -> None:
    message = "Notion puts us to sleep, the team is fond of Airtable"
    learnt = _taught(**{"stays: THIS +1 puts": -9, "comes: THIS -2 fond": 9})
    _, plan = _amended(message, learnt)
    assert plan.names == ("gmail", "airtable")
    assert [one.text for one in plan.steps if one.server == "airtable"] == ["save them to Airtable"]


def test_a_server_stays_that_the_rules_would_take_out() -> None:
    message = "drop Notion a line when it is late"
    _, plan = _amended(message, _taught(**{"stays: THIS +2 line": 9}))
    assert set(plan.names) == {"gmail", "notion"}
    assert PLAN.steps[-1] in plan.steps


def test_a_limit_is_heeded_whose_server_is_not_wanted() -> None:
    message = "only post to Slack on Fridays"
    assert "slack" in after(INVOICES, message).names
    _, plan = _amended(message, _taught(**{"comes: THIS +1 on": -9}))
    assert plan.names == PLAN.names
    assert (plan.steps[-1].server, plan.steps[-1].text) == (None, message)


def test_work_whose_server_is_not_wanted_is_said_to_be_open() -> None:
    lamp = a_server("lamps", description="Turns lamps on and off.", keywords=("lamp",))
    asked = about(candidates(lamp), "turn on the lamp as well", PLAN)
    rules = offline.read(asked)
    assert rules.steps[-1].server == "lamps"
    unwanted = next(one for one in signs_of(asked, ("lamps",))["lamps"] if "lamp" in one.lower())
    found = amended(asked, rules, _taught(**{unwanted: -99}))
    assert found.steps[-1] == Step(text="turn on the lamp as well")
    assert found.uncovered == ("turn on the lamp as well",)


@pytest.mark.parametrize(
    "message",
    [
        "no Slack please",
        "no, no Slack message needed",
        "no need for Slack",
        "keep Slack out of it",
        "we don't do Slack here",
    ],
)
def test_what_was_never_there_does_not_come_by_being_refused(message: str) -> None:
    _, plan = _amended(message, _taught(**{"comes:": 9}))
    assert (plan.names, plan.declined) == (PLAN.names, ("slack",))


def test_a_question_that_brings_nothing_is_answered() -> None:
    message = "can Slack do that?"
    asked = question(message, PLAN)
    read = Analysis(
        intent=Intent.PLAN,
        steps=(*PLAN.steps, PLAN.steps[0].model_copy(update={"text": message, "server": "slack"})),
    )
    analysis = amended(asked, read, _taught(**{"comes: THIS +1 do": -9}))
    assert analysis.intent is Intent.NOTHING
    assert analysis.reply


def test_a_wish_that_experience_does_not_follow_is_said_to_change_nothing() -> None:
    analysis, plan = _amended("post them to Slack", _taught(**{"comes: THIS -1 to": -30}))
    assert (analysis.intent, plan) == (Intent.NOTHING, PLAN)


def test_one_server_comes_for_each_service() -> None:
    plan = after("save invoices to Notion")
    message = "my inbox is Google mail or Gmail (hosted), whatever"
    everything = _taught(**{"comes:": 9})
    names = _amended(message, everything, plan)[1].names
    assert len({"gmail", "gmail-hosted"}.intersection(names)) == 1


@pytest.mark.parametrize("message", ["hello there", f"{'read my mail ' * 100}in Gmail"])
def test_a_first_message_and_a_long_one_are_left_to_the_rules(message: str) -> None:
    plan = PLAN if len(message) > 1_000 else Plan()
    asked = question(message, plan)
    read = offline.read(asked)
    nothing = _taught(**{"stays:": -99, "comes:": -99})
    assert amended(asked, read, nothing) is read


def test_why_something_goes_is_nothing_to_do() -> None:
    message = "Notion puts me to sleep, my colleagues are all of that opinion"
    _, plan = _amended(message, _taught(**{"stays: THIS +1 puts": -9}))
    assert [one.text for one in plan.steps] == ["monitor Gmail for invoices"]


def test_what_else_is_asked_for_beside_a_change_is_kept() -> None:
    message = "Notion puts me to sleep. Never touch old mail."
    _, plan = _amended(message, _taught(**{"stays: THIS +1 puts": -9}))
    assert [(one.text, one.server) for one in plan.steps] == [
        ("monitor Gmail for invoices", "gmail"),
        ("Never touch old mail", None),
    ]


def test_an_undo_takes_back_what_it_should() -> None:
    asked = replace(question("undo that", PLAN), past=(Plan(),))
    read = offline.read(asked)
    assert read.intent is Intent.UNDO
    assert amended(asked, read, _taught(**{"stays: read False": 9})) is read


def test_a_server_keeps_its_place_from_an_app_that_none_works_with() -> None:
    asked = question("use Basecamp instead of Notion", PLAN)
    read = offline.read(asked)
    assert read.unmet == ("Basecamp",)
    assert amended(asked, read, _taught(**{"stays:": -9})) is read


def test_a_plan_does_not_grow_without_end() -> None:
    steps = tuple(Step(text=f"only on day {day}") for day in range(60))
    plan = PLAN.model_copy(update={"steps": (*PLAN.steps, *steps)})
    _, later = _amended("Airtable puts me in a good mood", _taught(**{"comes:": 9}), plan)
    assert len(later.steps) == MOST_STEPS


def test_everything_may_go() -> None:
    asked = replace(question("our shop has closed its doors", PLAN), past=())
    analysis = amended(asked, offline.read(asked), _taught(**{"stays:": -99, "comes:": -99}))
    assert settle(analysis, PLAN, asked.shortlist).names == ()


def test_what_is_corrected_in_two_words_is_left_to_the_rules() -> None:
    message = "not Notion, Figma"
    _, plan = _amended(message, _taught(**{"stays: THIS -1 not": 30}))
    assert plan.names == ("gmail", "figma")


def test_a_step_that_was_open_is_so_again_where_its_server_is_not_wanted() -> None:
    before = after("read my Gmail and water my plants")
    message = "with Figma"
    assert "water my plants, with Figma" in str(offline.read(question(message, before)).steps)
    _, plan = _amended(message, _taught(**{"comes: THIS -1 with": -30}), before)
    assert (plan.steps, plan.uncovered) == (before.steps, before.uncovered)
