"""What of a text of others may be shown."""

from time import process_time

import pytest

from outfitter.core.printable import fits_a_line, inert, line, printable, visible


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
