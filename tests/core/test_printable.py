"""What of a text of others may be shown."""

import pytest

from outfitter.core.printable import line, printable


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x00", "\x9b", "\u202e", "\u2028", "\ud800"])
def test_a_sign_that_acts_or_cannot_be_seen_is_left_out(sign: str) -> None:
    assert printable(f"one{sign}two") == "onetwo"


def test_a_line_is_cut_to_size_and_ends_in_no_space() -> None:
    assert line(" one \n\t two three ", 8) == "one two"
