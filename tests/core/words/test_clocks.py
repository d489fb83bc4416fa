"""Which hours a text names."""

import pytest

from outfitter.core.words.clocks import HOURS


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("at 7am", ["at 7am"]),
        ("um 9 posten", ["um 9"]),
        ("at 14h30", ["at 14h30"]),
        ("at 8:30pm and at noon", ["at 8:30pm", "at noon"]),
    ],
)
def test_an_hour_is_told_in_many_ways(text: str, hours: list[str]) -> None:
    assert [one[0] for one in HOURS.finditer(text)] == hours


@pytest.mark.parametrize("text", ["at 2k", "at 2gb", "at 5%", "at 3x the price"])
def test_a_quantity_is_no_hour(text: str) -> None:
    assert not HOURS.search(text)
