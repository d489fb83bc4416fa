"""The clauses of a request and the servers that do them."""

import pytest

from catalogues import a_server
from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Tool
from outfitter.core.plan import Plan
from outfitter.core.talk.stepping import steps_of
from outfitter.core.words.layout import laid_out
from outfitter.core.words.wishes import is_schedule
from talks import INVOICES, after

CLAUSES = {1: "read the report aloud", 2: "save it as notes.md"}


def test_a_need_that_shows_in_a_clause_is_met_there_and_not_where_the_words_are_nearest() -> None:
    keeper = a_server("keeper", service="local files")
    steps, uncovered = steps_of(CLAUSES, [Candidate(keeper, 0.5, need=1)], [])
    assert [(one.text, one.server) for one in steps] == [
        ("read the report aloud", None),
        ("save it as notes.md", "keeper"),
    ]
    assert uncovered == ("read the report aloud",)


def test_a_server_for_no_need_that_shows_goes_where_it_fits_best() -> None:
    speaker = a_server("speaker")
    steps, _ = steps_of(CLAUSES, [Candidate(speaker, 0.5, need=1)], [])
    assert steps[0].server == "speaker"


@pytest.mark.parametrize("title", ["Weekly report:\n", "# Weekly report\n", "Weekly report\n"])
def test_a_title_is_no_step_and_no_part_of_one(title: str) -> None:
    plan = _after_lines(f"{title}- monitor Gmail for invoices\n- save them to Notion")
    assert [one.text for one in plan.steps] == [
        "monitor Gmail for invoices",
        "save them to Notion",
    ]
    assert plan.goal.startswith("Weekly report")


def test_a_title_that_names_a_server_goes_with_the_first_step_below_it() -> None:
    plan = _after_lines("In Notion:\n- create a page\n- read my Gmail")
    assert [(one.text, one.server) for one in plan.steps] == [
        ("In Notion, create a page", "notion"),
        ("read my Gmail", "gmail"),
    ]


def _after_lines(message: str) -> Plan:
    return after(laid_out(message))


def test_a_tool_that_finds_something_does_not_find_anything() -> None:
    sheets = a_server("sheets", tools=("find_row", "colour_row"))
    steps, _ = steps_of({1: "find cheap flights", 2: "colour the row"}, [], [sheets])
    assert [one.server for one in steps] == [None, "sheets"]


def test_what_the_agent_tells_in_its_answer_takes_no_server() -> None:
    reader = a_server("reader")
    told = {1: "read the two drafts", 2: "tell me what changed", 3: "answer with the new price"}
    steps, uncovered = steps_of(told, [Candidate(reader, 0.5, need=1)], [])
    assert [one.server for one in steps] == ["reader", None, None]
    assert uncovered == ()


@pytest.mark.parametrize(
    "message",
    [
        "post invoices from Gmail to Notion and Slack",
        "watch Gmail for the date, the place and the amount",
        "schreibe Datum und Wetter nach Notion",
    ],
)
def test_what_was_cut_for_reading_is_told_with_the_words_between(message: str) -> None:
    assert {one.text for one in after(message).steps} == {message}


def test_what_is_left_to_the_agent_keeps_its_word() -> None:
    said = "post invoices to Telegram or Slack, whatever is easier"
    assert {one.text for one in after(said).steps} == {said}


def test_a_wish_may_be_that_the_agent_can_do_something_too() -> None:
    plan = after(INVOICES, "thanks! and can it also post them in Slack?")
    assert (plan.steps[-1].text, plan.steps[-1].server) == ("post them in Slack", "slack")


@pytest.mark.parametrize(
    "who",
    ["I'm Anna", "Hi, I'm Anna. I'm a teacher", "My name is Anna", "We are a small bakery"],
)
def test_who_is_speaking_is_no_part_of_a_step(who: str) -> None:
    plan = after(f"{who}. I want to save homework to Notion")
    assert [one.text for one in plan.steps] == ["save homework to Notion"]


def test_an_introduction_that_tells_a_wish_is_heard() -> None:
    wish = "I'm a teacher who wants the homework in Notion"
    assert [one.text for one in after(wish).steps] == [wish]


def test_an_introduction_that_names_a_server_is_heard() -> None:
    assert "notion" in after("We are a Notion shop. Save invoices there").names


def test_what_the_agent_thinks_or_tells_by_itself_needs_no_server() -> None:
    plan = after("read my Gmail, summarise, water my plants")
    assert [one.text for one in plan.steps][1:] == ["summarise", "water my plants"]
    assert plan.uncovered == ("water my plants",)
    assert after("read my Gmail and tell me in the morning what is new").uncovered == ()


def test_a_step_goes_to_the_server_whose_tool_changes_what_it_speaks_of() -> None:
    office = a_server("office", tools=("list_mails", "create_calendar_event", "create_customer"))
    told = {1: "put meetings in my calendar", 2: "email the customer", 3: "find the calendar"}
    steps, uncovered = steps_of(told, [], [office])
    assert [one.server for one in steps] == ["office", None, None]
    assert uncovered == ("email the customer", "find the calendar")


def test_a_tool_is_known_by_the_verb_of_its_description_too() -> None:
    note = Tool(name="create_issue_note", description="Comment on an issue")
    code = a_server("code").model_copy(update={"tools": (note,)})
    steps, uncovered = steps_of({1: "comment on each"}, [], [code])
    assert (steps[0].server, uncovered) == ("code", ())


def test_what_is_named_again_does_that_too_and_not_what_has_a_tool_for_it() -> None:
    mail = a_server("mail").model_copy(update={"tools": (Tool(name="save_page"),)})
    notes = a_server("notes", title="Notes")
    clauses = {1: "read my Mail", 2: "save it in Notes", 3: "save a page in Notes"}
    chosen = [Candidate(mail, 0.5, need=1, named=True), Candidate(notes, 0.5, need=2, named=True)]

    steps, _ = steps_of(clauses, chosen, [])

    assert [one.server for one in steps] == ["mail", "notes", "notes"]


def test_a_limit_that_names_a_server_stays_a_limit() -> None:
    notes = a_server("notes", title="Notes")
    clauses = {1: "save it in Notes", 2: "never delete a page in Notes"}

    steps, _ = steps_of(clauses, [Candidate(notes, 0.5, need=1, named=True)], [])

    assert [one.server for one in steps] == ["notes", None]


def test_each_line_of_a_long_list_is_a_step_and_none_is_cut_without_a_sign() -> None:
    lines = [f"{at}. save the notes of project {at} in Notion" for at in range(1, 41)]
    plan = _after_lines("\n".join(lines))
    assert [one.text for one in plan.steps] == [one.partition(". ")[2] for one in lines]

    told = "save in Notion " + "what was told of it " * 30
    assert after(told).steps[0].text == told.strip()
    endless = after(told * 2).steps[0].text
    assert len(endless) <= 1_000
    assert endless.endswith(" …")


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("look up the customer and the last three orders in Notion", None),
        ("keep a note of what was decided and why in Notion", None),
        ("look up the customer and save the orders in Notion", "look up the customer"),
    ],
)
def test_what_goes_on_after_and_without_a_verb_of_its_own_is_no_step(
    message: str, step: str | None
) -> None:
    assert after(message).steps[0].text == (step or message)


def test_what_is_thought_of_and_written_to_a_file_takes_the_server_of_files() -> None:
    files = a_server("filesystem", service="local files")
    clauses = {1: "read the table in my folder", 2: "write a summary to a markdown file"}
    chosen = [Candidate(files, 0.5, need=1)]

    steps, _ = steps_of({**clauses, 3: "write me a poem"}, chosen, [])

    assert [one.server for one in steps] == ["filesystem", "filesystem", None]


@pytest.mark.parametrize("limit", ["Lösche nie etwas", "Sende keine Mails", "no borres nada"])
def test_a_limit_in_another_language_is_a_step_of_its_own(limit: str) -> None:
    notes = a_server("notes")
    chosen = [Candidate(notes, 0.5, need=1)]
    assert [one.text for one in steps_of({1: "save it", 2: limit}, chosen, [])[0]] == [
        "save it",
        limit,
    ]


@pytest.mark.parametrize("zone", ["Berlin time", "New York time", "CET", "UTC", "EST"])
def test_a_clause_that_says_by_whose_clock_says_only_when(zone: str) -> None:
    assert is_schedule(f"every weekday at 7:30 {zone}")
    assert not is_schedule(f"every weekday at 7:30 tell me the {zone}")


def test_who_can_send_something_can_answer() -> None:
    plan = after("monitor Gmail for enquiries, answer them with my price list")
    assert [(one.text, one.server) for one in plan.steps] == [
        ("monitor Gmail for enquiries", "gmail"),
        ("answer them with my price list", "gmail"),
    ]
