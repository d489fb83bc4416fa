"""What messages mean without a model, from the first wish to the last change of mind."""

from dataclasses import replace
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import CATALOGUE, GMAIL, a_server, candidates, question
from outfitter.core.analysis import Analysis, Intent, Question, Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import Plan, together
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after


def _steps(plan: Plan) -> list[tuple[str, str | None]]:
    return [(one.text, one.server) for one in plan.steps]


OPEN = after("read my Gmail and water my plants")


def _read(message: str) -> Analysis:
    """The reading of a message in the session of the invoices."""
    return read(question(message, PLAN))


def test_each_clause_becomes_a_step_with_its_server() -> None:
    assert _steps(PLAN) == [
        ("monitor Gmail for invoices", "gmail"),
        ("save them to Notion", "notion"),
    ]
    assert PLAN.goal == "monitor Gmail for invoices and save them to Notion"
    assert PLAN.uncovered == ()
    assert all(one.why for one in PLAN.servers)


def test_a_schedule_and_a_condition_belong_to_steps_and_thinking_needs_no_server() -> None:
    plan = after(
        "Every morning at 8, check Gmail for invoices, extract the amount and date, "
        "and post a summary to Slack"
    )
    assert _steps(plan) == [
        ("Every morning at 8, check Gmail for invoices", "gmail"),
        ("extract the amount and date", None),
        ("post a summary to Slack", "slack"),
    ]
    assert plan.uncovered == ()


def test_a_clause_with_two_servers_is_one_step_that_both_do() -> None:
    plan = after("post GitHub issues to Slack")
    assert [[one.server for one in same] for same in together(plan.steps)] == [["github", "slack"]]
    assert after("post GitHub issues to Slack", "drop step 1").steps == ()


def test_a_list_of_servers_is_one_step_for_each() -> None:
    assert _steps(after("sync Airtable and Notion")) == [
        ("sync Airtable and Notion", "airtable"),
        ("sync Airtable and Notion", "notion"),
    ]


def test_a_sum_is_a_request_and_no_time_of_day() -> None:
    reckoner = a_server("reckoner", service="calculator")
    asked = replace(question("what is 17% of 2,340"), shortlist=candidates(reckoner))
    assert [step.server for step in read(asked).steps] == ["reckoner"]


def test_what_no_server_does_is_uncovered() -> None:
    plan = after("read my Gmail and water my plants")
    assert plan.uncovered == ("water my plants",)
    assert plan.names == ("gmail",)
    alone = read(question("water my plants every morning"))
    assert alone.intent is Intent.PLAN
    assert alone.uncovered == ("water my plants every morning",)


def test_a_step_without_a_name_goes_with_its_neighbour_about_the_same_thing() -> None:
    plan = after("create a page and update the page in Notion")
    assert _steps(plan) == [("create a page", "notion"), ("update the page in Notion", "notion")]


def test_bare_verbs_belong_to_the_clause_that_follows() -> None:
    assert _steps(after("create, update and find pages in Notion")) == [
        ("create, update and find pages in Notion", "notion")
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "also post it to Slack",
            [
                ("monitor Gmail for invoices", "gmail"),
                ("save them to Notion", "notion"),
                ("post it to Slack", "slack"),
            ],
        ),
        ("drop Gmail", [("save them to Notion", "notion")]),
        ("without Gmail", [("save them to Notion", "notion")]),
        ("remove the last step", [("monitor Gmail for invoices", "gmail")]),
        ("I don't want to give you my Notion key", [("monitor Gmail for invoices", "gmail")]),
        (
            "drop Gmail and post it to Slack instead",
            [("save them to Notion", "notion"), ("post it to Slack", "slack")],
        ),
        (
            "replace Notion with Airtable and also post it to Slack",
            [
                ("monitor Gmail for invoices", "gmail"),
                ("save them to Airtable", "airtable"),
                ("post it to Slack", "slack"),
            ],
        ),
        ("drop everything", []),
        ("without Gmail and without Notion", []),
        ("drop Gmail and Notion", []),
        (
            "start over: send Figma designs to Slack",
            [
                ("send Figma designs to Slack", "figma"),
                ("send Figma designs to Slack", "slack"),
            ],
        ),
    ],
)
def test_a_later_message_refines_the_plan(
    message: str, expected: list[tuple[str, str | None]]
) -> None:
    assert sorted(_steps(after(INVOICES, message))) == sorted(expected)


@pytest.mark.parametrize(
    "message",
    [
        "use Airtable instead of Notion",
        "instead of Notion, use Airtable",
        "use Airtable instead",
        "switch to Airtable",
        "nimm Airtable statt Notion",
    ],
)
def test_a_swapped_server_takes_over_its_steps(message: str) -> None:
    plan = after(INVOICES, message)
    assert _steps(plan) == [
        ("monitor Gmail for invoices", "gmail"),
        ("save them to Airtable", "airtable"),
    ]
    assert plan.declined == ("notion",)
    assert "Notion" not in plan.goal


@pytest.mark.parametrize("message", ["Notion", "use Notion"])
def test_a_server_for_the_open_step_takes_the_place_of_none(message: str) -> None:
    analysis = read(question(message, OPEN))

    assert [one.server for one in analysis.steps] == ["gmail", "notion"]
    assert analysis.declined == ()


def test_a_key_kept_back_leads_to_a_look_alike_that_wants_none() -> None:
    plan = after(INVOICES, "I don't want to give you my Gmail password")
    assert plan.names == ("gmail-hosted", "notion")
    assert plan.declined == ("gmail",)


def test_a_dropped_server_stays_away_until_it_is_named() -> None:
    dropped = (INVOICES, "drop Notion")
    assert after(*dropped, "also search for receipts").names == ("gmail",)
    assert after(*dropped, "save a copy to Notion after all").names == ("gmail", "notion")


def test_forgetting_one_server_begins_nothing_anew() -> None:
    one = after("Gmail invoices to Notion", "Notion was a bad idea, forget it")
    assert one.names == ("gmail",)
    assert not after("Gmail invoices to Notion", "forget everything, bye").names


def test_limits_and_times_become_steps_that_need_no_server() -> None:
    plan = after(INVOICES, "only read, never send anything", "run it every day at 9")
    assert after(INVOICES, "change the time to 8 am").names == ("gmail", "notion")
    assert [one.text for one in plan.steps[2:]] == [
        "only read",
        "never send anything",
        "run it every day at 9",
    ]
    assert plan.uncovered == ()
    assert plan.names == ("gmail", "notion")


@pytest.mark.parametrize(
    "message", ["never delete mails", "it must not send mail", "do not touch the repository"]
)
def test_a_limit_never_brings_in_a_server(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail", "notion")


@pytest.mark.parametrize(
    "message",
    ["drop Notion, we don't need it", "we left Notion, take it out", "Notion? leave that out"],
)
def test_it_means_the_server_spoken_of_before(message: str) -> None:
    assert _steps(after(INVOICES, message)) == [("monitor Gmail for invoices", "gmail")]


def test_asking_why_something_went_wrong_is_a_request_where_no_plan_is() -> None:
    assert after("why did the last GitHub build fail").names == ("github",)


def test_a_follow_up_goes_to_the_server_that_has_a_tool_for_it() -> None:
    assert _steps(after(INVOICES, "also search for receipts"))[-1] == (
        "search for receipts",
        "gmail",
    )


def test_saying_a_step_again_adds_nothing() -> None:
    assert _steps(after(INVOICES, "save them to Notion")) == _steps(PLAN)


@pytest.mark.parametrize(
    "message",
    [
        "yes",
        "ok, go on",
        "great, here is the key",
        "here is the key",
        "here is my Notion token: [secret removed: notion token]",
        "the notion key is hunter22",
        "NOTION_TOKEN",
        "done, I added both",
        "ja, weiter",
        "👍",
    ],
)
def test_agreement_and_credentials_keep_the_plan(message: str) -> None:
    assert _read(message) == Analysis(intent=Intent.KEEP)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("thanks!", "You're welcome!"),
        ("ok, thank you so much", "You're welcome!"),
        ("great, thanks a lot", "You're welcome!"),
        ("perfect", "Glad to hear that!"),
        ("looks good", "Glad to hear that!"),
        ("danke", "You're welcome!"),
        ("no", "All right. Say what should be different, and I change the plan."),
        ("ok never mind", "All right. Say what should be different, and I change the plan."),
    ],
)
def test_thanks_praise_and_a_mere_no_get_a_kind_word(message: str, answer: str) -> None:
    assert _read(message) == Analysis(intent=Intent.KEEP, reply=answer)


@pytest.mark.parametrize(
    "message", ["my band is getting older and so are our songs", "Schreib den Eltern am Freitag"]
)
def test_who_told_something_is_asked_what_should_happen_and_where(message: str) -> None:
    reading = read(question(message))
    assert reading.intent is Intent.NOTHING
    assert "What should happen by itself, and in which app or on which page?" in reading.reply
    assert ("English is understood best" in reading.reply) == message.startswith("Schreib")


def test_a_secret_said_in_passing_gets_into_no_step_and_no_goal() -> None:
    plan = after("Save invoices to Notion, my Notion token is hunter22")
    assert "hunter22" not in plan.model_dump_json()
    assert plan.names == ("notion",)
    removed = after("Save invoices to Notion, my token is [secret removed: notion token]")
    assert "removed" not in removed.model_dump_json()


@pytest.mark.parametrize(
    "message", ["hello", "thanks", "here is my key", "I love my cat", "the sky is blue", "", "?!"]
)
def test_small_talk_plans_nothing(message: str) -> None:
    assert read(question(message)).intent is Intent.NOTHING


def test_small_talk_leaves_a_plan_alone() -> None:
    assert _read("my cat is funny").intent is Intent.NOTHING
    assert after(INVOICES, "never mind, post them to Slack").steps[2].text == "post them to Slack"


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("what can you do?", "plain words"),
        ("what does Notion need?", "`NOTION_TOKEN`"),
        ("what does Figma need?", "sign in on the first run"),
        ("What do I need for Files?", "needs nothing"),
        ("where do I get the Notion key?", "Share the page"),
        ("which servers do you have for Slack?", "Slack: Reads channels"),
        ("is there an alternative to Notion?", "Airtable"),
        ("are my keys safe?", "encrypted"),
        ("is my data safe?", "encrypted"),
        ("what does Notion cost?", "does not know"),
    ],
)
def test_a_question_is_answered_from_the_catalogue(message: str, part: str) -> None:
    for asked in (question(message), question(message, PLAN)):
        analysis = read(asked)
        assert analysis.intent is Intent.ASK
        assert part in analysis.reply


@pytest.mark.parametrize(
    "message",
    [
        "would Airtable work too?",
        "can you do Slack as well?",
        "could I use Airtable instead?",
        "what can I use instead of Notion?",
        "which other note apps do you have?",
        "can it delete anything there?",
        "what will it be able to do in Notion?",
    ],
)
def test_asking_what_is_possible_changes_nothing(message: str) -> None:
    analysis = _read(message)
    assert analysis.intent is Intent.ASK
    assert settle(analysis, PLAN, question(message, PLAN).shortlist) == PLAN


def test_an_answer_remembers_what_it_put_forward_and_in_whose_place() -> None:
    raised = _read("which other note apps do you have?").raised
    assert (raised.servers, raised.instead_of) == (("airtable",), "notion")
    assert _read("would Slack work too?").raised == Raised(servers=("slack",), offered=True)


def test_a_bare_name_takes_the_place_that_was_asked_about() -> None:
    raised = Raised(servers=("airtable",), instead_of="notion")
    asked = replace(question("Airtable", PLAN), raised=raised)
    assert settle(read(asked), PLAN, asked.shortlist).names == ("gmail", "airtable")


def test_what_the_agent_may_do_is_told_by_its_tools() -> None:
    reply = _read("what can it do in Gmail?").reply
    assert "`read_mail`" in reply
    assert "send_mail" not in reply


def test_the_plan_is_told_when_it_is_asked_for() -> None:
    assert _read("what is my plan so far?").reply == (
        "This is the plan:\n1. monitor Gmail for invoices (Gmail)\n2. save them to Notion (Notion)"
    )


def test_what_only_says_how_the_plan_changes_is_no_step() -> None:
    told = "copy GitHub issues to Notion and Airtable"
    assert len(after(told, "we don't need both, just Airtable").steps) == 2
    assert len(after(INVOICES, "keep Gmail, lose the rest").steps) == 1
    signed = after(INVOICES, "I won't give you my Gmail password, can I sign in?")
    assert signed.names == ("gmail-hosted", "notion")
    assert len(signed.steps) == 2


def test_after_a_drop_a_mere_name_takes_the_part_over() -> None:
    plan = after(INVOICES, "drop Notion, use Airtable instead of it")
    assert [step.text for step in plan.steps][1:] == ["save them to Airtable"]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("keep Gmail, lose the rest", ("gmail",)),
        ("everything except Notion", ("gmail",)),
        ("Notion out, Airtable in", ("gmail", "airtable")),
        ("replace Gmail with Slack and Notion with Airtable", ("slack", "airtable")),
        ("no, Airtable", ("gmail", "airtable")),
        ("Notion we can leave out", ("gmail",)),
        ("Notion kann raus", ("gmail",)),
        ("my boss says it has to be Airtable", ("gmail", "airtable")),
        ("why Notion? I never use it. Airtable!", ("gmail", "airtable")),
    ],
)
def test_several_servers_change_in_one_message(message: str, names: tuple[str, ...]) -> None:
    assert after(INVOICES, message).names == names


def test_of_two_in_a_row_only_one_can_be_kept() -> None:
    told = "copy GitHub issues to Notion and Airtable"
    assert after(told, "we don't need both, just Airtable").names == ("github", "airtable")
    assert after(told, "Airtable only").names == ("github", "airtable")


@pytest.mark.parametrize(
    ("first", "then", "texts"),
    [
        ("copy GitHub issues to Slack", "drop Slack", ["copy GitHub issues"]),
        ("post to Slack, Notion", "no Slack", ["post to Notion"]),
        ("post GitHub issues to Notion", "use Airtable instead of Notion", None),
        (
            "save files in Notion",
            "and Airtable",
            ["save files in Notion", "save files in Airtable"],
        ),
    ],
)
def test_steps_speak_of_no_server_that_left(first: str, then: str, texts: list[str] | None) -> None:
    said = [same[0].text for same in together(after(first, then).steps)]
    assert said == (texts or ["post GitHub issues to Airtable"])


def test_a_bare_name_takes_on_what_was_left_open() -> None:
    plan = after("read Gmail, then water my plants", "Notion")
    assert plan.uncovered == ()
    assert [step.text for step in plan.steps] == ["read Gmail", "water my plants, with Notion"]


def test_a_question_about_a_choice_tells_the_reason() -> None:
    assert _read("why Gmail?").reply == "Gmail: you named it."


def test_a_question_about_no_server_in_particular_is_about_those_of_the_plan() -> None:
    reply = _read("which keys do you need?").reply
    assert "EMAIL_PASSWORD" in reply
    assert "NOTION_TOKEN" in reply


def test_a_polite_question_can_be_a_request() -> None:
    assert read(question("Could you please save invoices to Notion?")).intent is Intent.PLAN


def test_other_languages_are_planned_too() -> None:
    plan = after("Überwache Gmail auf Rechnungen und speichere sie in Notion")
    assert plan.names == ("gmail", "notion")
    assert plan.uncovered == ()


def test_an_empty_catalogue_is_no_reason_to_fail() -> None:
    analysis = read(Question("save invoices to Notion", ("save invoices to Notion",), (), Plan()))
    assert analysis.uncovered == ("save invoices to Notion",)


_WORDS = "drop,use,instead,of,without,also,save,them,to,monitor,and,then,.,?,only,key,my,not"
_TALK = st.sampled_from((*_WORDS.split(","), ",", *(one.title for one in CATALOGUE.values())))


@given(st.one_of(st.text(max_size=200), st.lists(_TALK, max_size=14).map(" ".join)))
def test_any_message_is_read_and_only_offered_servers_are_taken(message: str) -> None:
    for plan in (Plan(), PLAN, OPEN):
        asked = question(message, plan)
        analysis = read(asked)
        assert {one.server for one in analysis.steps if one.server} <= set(CATALOGUE)
        assert not {one.server for one in analysis.steps} & set(analysis.declined)
        assert "" not in analysis.declined
        assert set(analysis.uncovered) <= {one.text for one in analysis.steps}
        settle(analysis, plan, asked.shortlist)


@pytest.mark.parametrize(
    "piece", ["also ", "don't give ", "drop the ", "key ", "a", "and then ", "@0 ", "not to ", ","]
)
def test_a_hostile_message_is_read_quickly(piece: str) -> None:
    message = f"use {(piece * 16_000)[:16_000]}!x"
    asked = Question(message, (message,), candidates(GMAIL), PLAN)
    began = thread_time()
    read(asked)
    assert thread_time() - began < 4


@pytest.mark.parametrize(
    "message",
    [
        "skip the Notion key",
        "skip the notion one, I don't have that key",
        "please leave out the Notion token",
        "can you do without the Notion key",
    ],
)
def test_a_key_that_is_skipped_takes_its_server_along_and_makes_no_step(message: str) -> None:
    assert _steps(after(INVOICES, message)) == [("monitor Gmail for invoices", "gmail")]


def test_which_key_is_skipped_is_asked_where_it_could_be_any() -> None:
    found = _read("skip that key")
    assert (found.intent, found.reply[:20]) == (Intent.ASK, "Whose key do you mea")
    alone = after("read my Figma designs and save them to Notion", "skip that key")
    assert alone.names == ("figma",)


@pytest.mark.parametrize(
    "message",
    [
        "don't have Notion, use Airtable",
        "use Airtable instead of Notion, I have no account there",
        "we don't have Notion, use Airtable",
        "I changed my mind, use Airtable instead of Notion",
    ],
)
def test_the_reason_for_a_change_is_no_step(message: str) -> None:
    assert _steps(after(INVOICES, message))[1:] == [("save them to Airtable", "airtable")]
