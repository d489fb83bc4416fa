"""Of servers that can stand in for each other the one is taken that does what is asked."""

from dataclasses import replace

import pytest

from catalogues import SLACK, a_server, about
from outfitter.core.analysis import Candidate, Question, Told
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.fitting import fitting

FORECAST, POLLEN, TABLES = 1, 2, 3
# By its name the simple one comes first where both will do.
SIMPLE = Candidate(
    a_server("a-simple", category="weather", service="weather"),
    0.8,
    needs=frozenset({FORECAST}),
    near=(0.5,),
)
BROAD = Candidate(
    a_server("broad", category="weather", service="weather"),
    0.8,
    needs=frozenset({FORECAST, POLLEN}),
    near=(0.5,),
)


def _question(message: str, heard: dict[int, float]) -> Question:
    told = (Told(0, 0, message, lambda _: heard),)
    return replace(about((SIMPLE, BROAD), message), told=told, asking=3.0)


@pytest.mark.parametrize(
    ("heard", "chosen"),
    [
        ({}, "a-simple"),
        ({FORECAST: 8.0}, "a-simple"),
        ({POLLEN: 8.0}, "broad"),
        ({POLLEN: 8.0, FORECAST: 6.0}, "a-simple"),
        ({POLLEN: 4.0}, "a-simple"),
    ],
)
@pytest.mark.parametrize("message", ["how much pollen is in the air", "the weather for the lake"])
def test_of_one_service_the_server_is_taken_that_is_known_for_what_is_heard(
    message: str, heard: dict[int, float], chosen: str
) -> None:
    assert [one.server.name for one in choose(_question(message, heard))] == [chosen]


def test_what_none_of_them_is_known_for_leaves_all() -> None:
    told = _question("a table for two", {TABLES: 8.0}).told
    assert list(fitting((SIMPLE, BROAD), told)) == [SIMPLE, BROAD]


def test_a_second_server_for_what_one_taken_does_already_is_not_taken() -> None:
    known = frozenset({FORECAST})
    first = Candidate(a_server("first", category="monitoring"), 0.8, 0, needs=known, near=(0.5,))
    second = Candidate(a_server("second", category="metrics"), 0.78, 1, needs=known, near=(0.5,))
    other = replace(second, needs=frozenset({POLLEN}))
    message = "how hot is it on the mountain, and at the lake below"
    told = tuple(Told(at, at, message, lambda _: {FORECAST: 8.0, POLLEN: 3.0}) for at in (1, 2))

    def chosen(*shortlist: Candidate) -> list[str]:
        question = replace(about(shortlist, message), told=told, asking=3.0)
        return [one.server.name for one in choose(question)]

    assert chosen(first, second) == ["first"]
    assert chosen(first, other) == ["first", "second"]


def test_a_server_called_like_a_day_is_not_what_a_part_beside_a_name_speaks_of() -> None:
    day = a_server("monday", category="project")
    boards = Candidate(day, 0.5, needs=frozenset({TABLES}), near=(0.1, 0.0, 0.5))
    chat = Candidate(SLACK, 0.9, named=True, near=(0.4, 0.5, 0.1))
    message = "post it to Slack, a card for each class"
    told = (Told(2, 2, "a card for each class", lambda _: {TABLES: 9.0}),)
    question = replace(about((chat, boards), message), told=told)
    assert [one.server.name for one in choose(question)] == ["slack"]
