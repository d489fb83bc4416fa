"""What questions about the service, its servers and the plan are answered."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.analysis import Intent
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.about_service import ABOUT_SERVICE
from outfitter.core.talk.offline import read
from talks import PLAN, after


@pytest.mark.parametrize("plan", [Plan(), Plan(steps=(Step(text="x", server="notion"),))])
def test_what_is_like_a_question_about_the_service_is_answered(plan: Plan) -> None:
    found = read(replace(question("who is behind all of this?", plan), about="operator"))
    assert (found.intent, found.reply) == (Intent.ASK, ABOUT_SERVICE["operator"])


@pytest.mark.parametrize(
    ("message", "about"),
    [("use Slack instead", "help"), ("what does Notion need?", "keys"), ("drop Notion", "agents")],
)
def test_what_is_known_to_mean_something_else_is_no_question_about_the_service(
    message: str, about: str
) -> None:
    asked = question(message, _plan())
    assert read(replace(asked, about=about)) == read(asked)


@pytest.mark.parametrize("message", ["can Slack see that?", "are there servers like Slack?"])
def test_a_question_that_names_an_app_beside_a_plan_is_about_that(message: str) -> None:
    asked = question(message, _plan())
    assert read(replace(asked, about="data")) == read(asked)


def test_whose_agents_are_to_be_listed_needs_no_likeness() -> None:
    assert read(question("list my agents")).reply == ABOUT_SERVICE["agents"]


def test_a_word_that_hands_something_over_is_no_question_about_the_service() -> None:
    found = read(replace(question("here", _plan()), about="operator"))
    assert found.intent is Intent.KEEP


def test_a_wish_that_names_an_app_is_no_question_about_the_service() -> None:
    asked = question("we use Notion, can you save notes there?")
    assert read(replace(asked, about="help")) == read(asked)


def test_before_there_is_a_plan_a_name_may_stand_in_a_question_about_the_service() -> None:
    found = read(replace(question("why should Notion tell you anything"), about="keys"))
    assert found.reply == ABOUT_SERVICE["keys"]


def test_what_nobody_here_can_answer_is_said_to_be_so() -> None:
    asked = question("monitor Gmail for invoices and save them to Notion")
    plan = settle(read(asked), Plan(), asked.shortlist)
    found = read(question("what can go wrong?", plan))
    assert (found.intent, found.reply[:21]) == (Intent.NOTHING, "I can't answer that. ")


def _plan() -> Plan:
    asked = question("monitor Gmail for invoices and save them to Notion")
    return settle(read(asked), Plan(), asked.shortlist)


@pytest.mark.parametrize("message", ["why Notion?", "Warum Notion?", "pourquoi Notion ?"])
def test_why_a_server_was_taken_is_told_and_changes_nothing(message: str) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, found.reply) == (Intent.ASK, "Notion: you named it.")


def test_why_speaks_of_servers_by_their_titles_and_says_which_are_not_there() -> None:
    assert read(question("why these?", _plan())).reply.startswith("Gmail: you named it.\nNotion")
    assert read(question("why Airtable?", _plan())).reply == "Airtable is not in the plan."
    assert read(question("why Airtable?")).reply == "Airtable is not in the plan."


def test_an_app_that_is_asked_for_and_has_no_server_is_said_to_have_none() -> None:
    found = read(question("do you have Google Classroom?"))
    assert found.reply.startswith("I know no server for Google Classroom. ")


def test_servers_that_are_far_from_what_is_asked_for_are_not_put_forward() -> None:
    asked = question("what about TikTok?", _plan())
    far = tuple(replace(one, score=0.3, named=False) for one in asked.shortlist)
    assert read(replace(asked, shortlist=far)).reply == (
        "I know no server for TikTok. Nothing else in the catalogue comes close to that."
    )


def test_a_server_of_the_plan_is_not_offered_again() -> None:
    found = read(question("what about the Notion one?", _plan()))
    assert found.reply.startswith("Notion is in the plan. What it does: Searches, reads, creates")
    assert " Notion needs:\n" in found.reply


def test_something_else_is_only_what_meets_a_need_alike() -> None:
    plan = settle(read(question("post it to Slack")), Plan(), question("").shortlist)
    asked = question("what could I use instead of Slack?", plan)
    needs = {"slack": frozenset({1}), "loud": frozenset({1, 2}), "mute": frozenset({3})}
    others = candidates(*(a_server(name, category="chat") for name in ("loud", "mute")))
    near = [*asked.shortlist, *others]
    known = tuple(replace(one, needs=needs.get(one.server.name, frozenset())) for one in near)
    assert read(replace(asked, shortlist=known)).raised.servers == ("loud",)


def test_servers_of_a_service_that_is_a_kind_of_thing_are_others() -> None:
    names = ("quick", "wide")
    search = candidates(*(a_server(one, service="web search", category="web") for one in names))
    plan = Plan(steps=(Step(text="search", server="quick"),), servers=(Choice(name="quick"),))
    asked = question("anything other than Quick?", plan)
    assert read(replace(asked, shortlist=search)).raised.servers == ("wide",)


@pytest.mark.parametrize("message", ["hmm will it post anything there?", "is it made of cheese?"])
def test_what_is_asked_about_the_agent_is_no_step(message: str) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, found.reply[:21]) == (Intent.NOTHING, "I can't answer that. ")


def test_a_wish_in_the_form_of_such_a_question_is_heard() -> None:
    assert read(question("would it also post them to Slack?", _plan())).steps[-1].server == "slack"


def test_what_a_server_needs_is_worded_as_when_it_is_asked_for() -> None:
    found = read(question("what does Notion need?", _plan()))
    assert found.reply.startswith("Notion needs:\n- `NOTION_TOKEN`: Internal integration secret\n")
    assert "\nHow to get it:\n1. Open the integrations page\n" in found.reply
    figma = read(question("what does Figma need?"))
    assert figma.reply.startswith("Figma asks you to sign in on the first run:\n1. Start the agent")


@pytest.mark.parametrize("message", ["who made this thing", "which folder does it write to"])
def test_a_question_without_a_mark_is_no_step_and_no_silence(message: str) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, found.reply[:21]) == (Intent.NOTHING, "I can't answer that. ")


def test_what_the_agent_can_do_is_asked_though_it_names_what_could_be_dropped() -> None:
    found = read(question("is that safe? i mean can it delete pages", _plan()))
    assert found.intent is Intent.ASK
    assert "The agent is given these tools and no other." in found.reply


@pytest.mark.parametrize("message", ["whats the plan", "hm ok leave it", "can that be automatic"])
def test_a_contraction_without_its_sign_and_a_mere_possibility_are_no_steps(message: str) -> None:
    asked = question(message, _plan())
    assert settle(read(asked), _plan(), asked.shortlist) == _plan()


@pytest.mark.parametrize("message", ["Airtable?", "what is Airtable", "whats airtable?"])
def test_a_name_that_is_only_asked_for_is_told_of_and_can_be_had(message: str) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, found.raised.offered) == (Intent.ASK, True)
    assert "- Airtable: Reads and writes records" in found.reply
    assert read(question("signal?", _plan())).reply.startswith("I know no server for Signal. ")


def test_how_keys_are_deleted_is_told_and_is_no_step() -> None:
    found = read(question("delete my keys", _plan()))
    assert (found.intent, "DELETE /api/credentials/" in found.reply) == (Intent.ASK, True)


@pytest.mark.parametrize("message", ["i already gave you the notion key last week", "is it paid?"])
def test_what_is_said_of_a_key_that_was_given_is_no_step(message: str) -> None:
    asked = question(message, _plan())
    assert settle(read(asked), _plan(), asked.shortlist) == _plan()


@pytest.mark.parametrize("message", ["and only invoices of May", "other way round"])
def test_a_limit_that_follows_is_kept(message: str) -> None:
    asked = question(message, _plan())
    assert len(settle(read(asked), _plan(), asked.shortlist).steps) == len(_plan().steps) + 1


def test_a_question_about_the_plan_adds_nothing_to_it() -> None:
    for message in ("do i need two notion keys for that", "is gmail enough for it"):
        asked = question(message, _plan())
        assert settle(read(asked), _plan(), asked.shortlist) == _plan()
    asked = question("can it post to Slack", _plan())
    assert "slack" in settle(read(asked), _plan(), asked.shortlist).names


def test_an_app_without_a_server_that_is_all_that_is_said_is_told_of() -> None:
    assert read(question("ok bluesky", _plan())).unmet == ("Bluesky",)
    assert read(question("I saw it on bluesky yesterday", _plan())).unmet == ()


def test_a_question_in_the_words_of_a_plain_name_asks_for_what_that_does() -> None:
    weather = a_server("weather", title="Weather", description="The weather of a place.")
    asked = question("whats the weather?")
    near = candidates(weather, score=0.9)
    assert read(replace(asked, shortlist=near)).intent is Intent.PLAN


@pytest.mark.parametrize("message", ["why Gmail and not Airtable?", "why Notion, not Slack"])
def test_why_not_another_is_asked_and_drops_nothing(message: str) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, "is not in the plan." in found.reply) == (Intent.ASK, True)
    assert found.declined == ()


@pytest.mark.parametrize("message", ["thanks, you're a star", "merci beaucoup", "danke dir!"])
def test_thanks_are_heard_whatever_follows_that_asks_for_nothing(message: str) -> None:
    assert read(question(message, _plan())).reply == "You're welcome!"
    assert read(question(message)).reply == "You're welcome!"


def test_an_app_without_a_server_that_things_are_in_is_told_of() -> None:
    assert read(question("our products are in woocommerce", _plan())).unmet == ("WooCommerce",)


def test_a_question_behind_a_lead_is_no_step_of_the_plan() -> None:
    asked = question("My colleague wonders: does it see private events too?", _plan())
    assert settle(read(asked), _plan(), asked.shortlist) == _plan()


def test_which_of_two_is_asked_and_the_latter_can_be_had() -> None:
    first = question("should I use Slack or Notion for that?")
    found = read(first)
    assert (found.intent, found.raised.servers) == (Intent.ASK, ("slack", "notion"))


def test_servers_of_a_kind_that_is_asked_for_are_told_alone() -> None:
    reply = read(question("which notes apps do you know?")).reply
    assert "- Notion:" in reply
    assert "- Slack:" not in reply


def test_what_is_liked_is_no_wish() -> None:
    assert read(question("I like the look of this")).intent is Intent.NOTHING
    assert read(question("I'd like my Gmail read")).intent is Intent.PLAN


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("let's stay with Notion", ""),
        ("nvm, Notion is fine", ""),
        ("could also be Slack, dunno", "Take your time"),
        ("hm, not sure. what do you think?", "Take your time"),
    ],
)
def test_who_stays_with_the_plan_or_is_not_sure_changes_nothing(message: str, reply: str) -> None:
    found = read(question(message, _plan()))
    assert found.intent is Intent.KEEP
    assert found.reply.startswith(reply)
    assert bool(found.reply) is bool(reply)


def test_a_word_that_nobody_knows_is_the_name_of_an_app_where_one_was_asked_for() -> None:
    assert read(question("frobnik", after("read my Gmail and water my plants"))).unmet == (
        "“frobnik”",
    )
    assert read(question("frobnik", PLAN)).unmet == ()


@pytest.mark.parametrize(
    "message", ["something free instead of Notion", "use something cheaper than Notion"]
)
def test_who_wants_something_cheaper_is_told_what_there_is_before_anything_goes(
    message: str,
) -> None:
    found = read(question(message, _plan()))
    assert (found.intent, found.raised.instead_of) == (Intent.ASK, "notion")
    assert "Airtable" in found.reply


def test_whether_something_is_so_brings_no_server() -> None:
    found = read(question("is my Slack channel deleted now?", _plan()))
    assert (found.intent, found.steps) == (Intent.NOTHING, ())


def test_whose_part_else_somebody_could_do_is_told_by_a_word_of_its_kind() -> None:
    phone = a_server("phone", category="calls", keywords=("text message",))
    pager = a_server("pager", category="calls")
    names = ("figma", "phone")
    plan = Plan(
        steps=tuple(Step(text=f"use {one}", server=one) for one in names),
        servers=tuple(Choice(name=one) for one in names),
    )
    asked = question("who else could do the text?", plan)
    shortlist = (*asked.shortlist, *candidates(phone, pager))
    found = read(replace(asked, shortlist=shortlist)).raised
    assert (found.servers, found.instead_of) == (("pager",), "phone")


@pytest.mark.parametrize(
    "message", ["seriously though can you take bookings from opentable", "ok and opentable"]
)
def test_an_app_without_a_server_is_told_where_nothing_is_planned(message: str) -> None:
    assert read(question(message)).unmet == ("OpenTable",)


def test_an_app_that_is_only_spoken_of_is_not() -> None:
    assert read(question("I love TikTok")).unmet == ()
