"""What of a text of others may be shown."""

from time import process_time

import pytest

from outfitter.core.printable import fits_a_line, inert, line, named, printable, visible


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x00", "\x9b", "\u202e", "\u2028", "\ud800"])
def test_a_character_that_acts_or_cannot_be_seen_is_left_out(char: str) -> None:
    assert printable(f"one{char}two") == "onetwo"


def test_a_line_is_cut_to_size_and_ends_in_no_space() -> None:
    assert line(" one \n\t two three ", 8) == "one two"


@pytest.mark.parametrize(
    "sign",
    [
        *("\x00", "\x07", "\x1b", "\x7f", "\x9b", "\xad", "\u061c", "\u180e", "\u200b", "\u200e"),
        *("\u202e", "\u2060", "\u2066", "\ufeff", "\U000e0061", "\ud800"),
    ],
)
def test_a_sign_that_nobody_sees_is_left_out(sign: str) -> None:
    assert visible(f"one{sign}two") == "onetwo"


def test_what_joins_letters_that_need_no_joining_is_left_out() -> None:
    assert visible("pass\u200dword: hun\u200c\u200dter2x") == "password: hunter2x"
    scripts = "\U0001f468\u200d\U0001f469 \u0645\u06cc\u200c\u062e"
    assert visible(scripts) == scripts


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("value", ["Kiesel-See-3", "hunter2!x", "aB3dE5", "ntn_" + "a1B2" * 10])
def test_a_value_in_the_place_of_a_name_is_not_repeated(value: str) -> None:
    assert value not in named(value)


@pytest.mark.parametrize(
    "name", ["NOTION_TOKEN", "S3_BUCKET2", "aws-s3", "context7", "sessionId", "flightradar24", "*"]
)
def test_a_name_is_repeated_as_it_is(name: str) -> None:
    assert named(name) == name


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_the_same_one(ending: str) -> None:
    assert visible(f"one{ending}two") == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    ["a\tb \u00a0\u3000", "\U0001f468\u200d\U0001f469", "\u06cc\u200c\u062e", "\u2764\ufe0f", ""],
)
def test_what_is_seen_and_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    ["![a](https://b.example/?c)", "[a][b]", "[b]: https://b.example", "<img src=x>", "</b>"],
)
def test_nothing_of_a_text_acts_as_markdown(text: str) -> None:
    assert "](" not in inert(text)
    assert not any(start in inert(text) for start in ("][", "]:", "<i", "</"))
    assert inert(text).replace(" ", "") == text.replace(" ", "")


def test_the_longest_text_is_looked_through_in_no_time() -> None:
    began = process_time()
    assert fits_a_line("a" * 10_000_000)
    assert not fits_a_line("a\u00a0" * 5_000_000 + "\n")
    assert process_time() - began < 1
