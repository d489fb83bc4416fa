"""Plain text taken apart."""

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outfitter.core.words.text import clauses, parts, stem, terms, tokens, words


def test_content_words_come_in_lower_case_without_the_little_ones() -> None:
    assert words("Please save the Invoices to my Notion!") == ("save", "invoices", "notion")


def test_chinese_comes_as_pairs_of_signs() -> None:
    assert words("监控邮件 Gmail") == ("监控", "控邮", "邮件", "gmail")


@pytest.mark.parametrize(
    "forms",
    [
        ("invoice", "invoices"),
        ("monitor", "monitors", "monitored", "monitoring"),
        ("message", "messages", "messaging"),
        ("reply", "replies"),
        ("planning", "planned", "plan"),
        ("summary", "summaries"),
        ("issue", "issues"),
    ],
    ids=" ".join,
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["s3", "ads", "news", "bus", "access", "überwachung"])
def test_a_stem_is_never_shorter_than_three_letters_unless_the_word_is(word: str) -> None:
    assert len(stem(word)) >= min(3, len(word))


def test_words_run_together_by_capitals_are_parted() -> None:
    assert tokens("GoogleSheets") == tokens("google sheets")
    assert terms("add to GoogleSheets") == terms("add to the Google sheet")


def test_a_comma_inside_a_number_parts_nothing() -> None:
    assert clauses("move 2,500 euros, then tell me")[1:] == ("move 2,500 euros", "tell me")


@pytest.mark.parametrize("arrow", ["→", " -> ", "=>", " ➡ ", " ➡️ "])
def test_an_arrow_parts_what_comes_from_what_it_leads_to(arrow: str) -> None:
    assert clauses(f"new rows{arrow}a chart")[1:] == ("new rows", "a chart")


def test_a_line_of_signs_is_no_arrow_and_takes_no_time() -> None:
    line = "-=" * 80_000
    began = process_time()
    assert clauses(f"new rows {line} a chart") == (f"new rows {line} a chart",)
    assert process_time() - began < 1


def test_the_whole_message_comes_before_its_clauses() -> None:
    assert clauses("monitor Gmail for invoices and save them to Notion") == (
        "monitor Gmail for invoices and save them to Notion",
        "monitor Gmail for invoices",
        "save them to Notion",
    )


def test_a_message_of_one_clause_is_only_itself() -> None:
    assert clauses("  read   my mail ") == ("read my mail",)


def test_german_conjunctions_part_clauses_too() -> None:
    assert clauses("überwache Gmail und speichere alles in Notion")[1:] == (
        "überwache Gmail",
        "speichere alles in Notion",
    )


@given(st.text(max_size=400))
def test_there_is_an_end_to_clauses_and_no_word_is_lost(message: str) -> None:
    found = clauses(message)
    assert 1 <= len(found) <= 1 + 100
    whole = set(words(found[0]))
    if len(found) > 1:
        assert {word for one in found[1:] for word in words(one)} <= whole


def test_of_a_long_list_of_things_to_do_each_is_one() -> None:
    lines = [f"read what is new in {name}" for name in "ABCDEFGHIJKLMNO"]

    assert clauses("\n".join(lines))[1:] == tuple(lines)
    assert len(parts("\n".join(lines))) <= 1 + 11


def test_a_list_of_words_is_not_taken_apart_where_the_message_is_searched_for() -> None:
    assert [part for part, _ in parts("compare tea, coffee and cocoa. Mail me the result")] == [
        "compare tea, coffee and cocoa. Mail me the result",
        "compare tea",
        "coffee and cocoa",
        "Mail me the result",
    ]
    assert parts("sync Airtable and Notion") == (("sync Airtable and Notion", 0),)


PIECES = st.sampled_from(["read", "my mail", ", ", " and ", ". ", "\n", "notes "])
LETTERS = st.lists(PIECES)
FEW_LETTERS = st.lists(PIECES, max_size=20)


@given(LETTERS.map("".join) | st.text(max_size=400))
@example("read, " * 10 + "my mail, my mail")
@example("read it\nY")
def test_each_part_of_a_message_has_a_clause_and_they_come_in_order(message: str) -> None:
    found, said = parts(message), clauses(message)
    places = [place for _, place in found]
    assert found[0] == (said[0], 0)
    assert len(found) <= 1 + 11
    assert places == sorted(places)
    assert places[-1] < len(said)


@given(FEW_LETTERS.map("".join))
def test_a_part_holds_its_clause(message: str) -> None:
    said = clauses(message)
    for part, place in parts(message):
        assert said[place] in part


@given(st.text(max_size=60))
def test_stems_never_fail_and_hold_no_capital(text: str) -> None:
    assert all(one == one.lower() and one for one in tokens(text))
