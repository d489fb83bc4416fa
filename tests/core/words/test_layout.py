"""How a message in several lines is read."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outfitter.core.words.layout import laid_out, titles


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("what time is it in\nTokyo", "what time is it in Tokyo"),
        ("what is the weather in\r\nBerlin", "what is the weather in Berlin"),
        ("read my new\nissues and\nsend them", "read my new issues and send them"),
        ("I want you to\nsave my mail", "I want you to save my mail"),
        ("- save my mail\n  to Notion", "save my mail to Notion"),
        (f"read {'very ' * 12}old Google\nSheets", f"read {'very ' * 12}old Google Sheets"),
    ],
)
def test_a_line_broken_inside_a_sentence_goes_on_with_it(message: str, sentence: str) -> None:
    assert laid_out(message) == sentence


@pytest.mark.parametrize(
    "message",
    [
        "read my mail\nsave it to Notion",
        "read my mail.\nand more",
        "turn the light on\nsend me a mail",
        "post it to Slack\nevery Monday",
        "use Airtable\nnot Notion",
        "Gmail\nNotion",
        "- Notion\n+ Slack",
        "in one line",
        "",
    ],
)
def test_a_line_that_stands_by_itself_stays_so(message: str) -> None:
    assert laid_out(message) == message


def test_headings_items_and_quotations_are_parts_without_their_marks() -> None:
    message = "# Mail\n\n1. read it\n2) save it\n---\n* [ ] post it\n> \u2022 and file it"
    assert laid_out(message).splitlines() == [
        "Mail:",
        "read it",
        "save it",
        "post it",
        "and file it",
    ]


def test_what_stands_above_other_lines_is_a_title_unless_it_asks_or_says_when() -> None:
    assert titles(laid_out("Weekly report\n- read my mail\n- file it")) == ("Weekly report",)
    assert titles(laid_out("## Weekly report\nread my mail")) == ("Weekly report",)
    assert titles(laid_out("Weekly report:\nread my mail")) == ("Weekly report",)
    for above in ("Every Monday", "Weekly", "Read my mail"):
        assert titles(laid_out(f"{above}:\n- file it")) == ()
    assert titles("read my mail:") == ()


@pytest.mark.parametrize("end", ["```\nthen call me", "```\n\nthen call me"])
def test_code_is_left_out(end: str) -> None:
    message = f"read this\n```python\nimport slack\n{end}"
    assert laid_out(message) == "read this\nthen call me"


def test_code_without_an_end_goes_on_to_the_last_line() -> None:
    assert laid_out("read this\n~~~\nimport slack\n```") == "read this"


def test_a_message_that_is_code_alone_is_read_all_the_same() -> None:
    assert laid_out("```\nread my mail\n```") == "read my mail"


@given(st.text(alphabet="ab ,.-+#`~>1)\n", max_size=80))
def test_a_message_that_says_something_is_never_laid_out_to_nothing(message: str) -> None:
    once = laid_out(message)
    assert bool(once.strip()) or not message.strip()
    assert set(once) <= {*message, " ", "\n", ":"}


@pytest.mark.parametrize("piece", ["a\n", "`", "> ", "- \n", "```\n", ".'", " ", "# ", "in\n"])
def test_a_hostile_message_is_laid_out_quickly(piece: str) -> None:
    began = process_time()
    laid_out((piece * 16_000)[:16_000] + "\nx")
    laid_out(f"1) a{(piece * 16_000)[:16_000]}x 2) b")
    assert process_time() - began < 3


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("1. read my mail 2. group it 3. save it", ["read my mail", "group it", "save it"]),
        ("Do this: 1) read my mail, 2) save it", ["Do this:", "read my mail", "save it"]),
        ("please 1) read my mail 2) save it", ["please:", "read my mail", "save it"]),
        (
            "one that (1) reads my mail, and (2) saves it",
            ["one that:", "reads my mail", "saves it"],
        ),
        ("Step 1: read my mail, step 2: save it", ["read my mail", "save it"]),
        ("Hello!\nDo this: 1. read it 2. save it", ["Hello!", "Do this:", "read it", "save it"]),
    ],
)
def test_items_that_stand_in_a_row_are_parts(message: str, lines: list[str]) -> None:
    assert laid_out(message).splitlines() == lines


@pytest.mark.parametrize(
    "message",
    [
        "Book table 2. Then tell me",
        "Read version 1. 2 of the text",
        "Shop 1. It sells shoes. Shop 2. It sells hats",
        "on the 1. and 2. of May",
        "1. only this",
        "(2) before (1) it",
    ],
)
def test_other_numbers_part_nothing(message: str) -> None:
    assert laid_out(message) == message


def test_a_title_is_one_with_a_space_behind_it_too() -> None:
    message = laid_out("My tasks: \n- read my mail\n- save it")
    assert message.splitlines() == ["My tasks:", "read my mail", "save it"]
