"""What speaks of a need that nothing at hand meets gets no server that is for something else."""

from dataclasses import replace

import pytest

from catalogues import NOTION, SLACK, about
from outfitter.core.analysis import Candidate, Question, Told
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.lacking import is_for_another, lacks
from outfitter.core.talk.offline import read

NOTES, TABLES, CHAT = 1, 2, 3
ASKED = "book a table for two tonight"


def _question(heard: dict[int, float], message: str = ASKED, *, near: float = 0.4) -> Question:
    """The message, by what is heard in it; Notion meets notes and is nearest, Slack meets chat."""
    shortlist = (
        Candidate(NOTION, 0.9, needs=frozenset({NOTES}), near=(near,)),
        Candidate(SLACK, 0.2, needs=frozenset({CHAT}), near=(0.1,)),
    )
    told = (Told(0, 0, message, lambda _: heard),)
    return replace(about(shortlist, message), told=told, asking=3.0)


def _chosen(question: Question) -> list[str]:
    return [one.server.name for one in choose(question)]


@pytest.mark.parametrize(
    ("heard", "chosen"),
    [
        ({}, ["notion"]),
        ({TABLES: 8.0}, []),
        ({TABLES: 8.0, NOTES: 7.0}, []),
        ({TABLES: 8.0, NOTES: 9.0}, ["notion"]),
        ({TABLES: 2.0}, ["notion"]),
        ({CHAT: 8.0}, ["notion"]),
    ],
)
def test_a_server_is_not_taken_where_a_need_is_heard_that_nothing_meets(
    heard: dict[int, float], chosen: list[str]
) -> None:
    assert _chosen(_question(heard)) == chosen


@pytest.mark.parametrize(("notes", "chosen"), [(3.0, ["notion"]), (1.0, [])])
def test_what_is_very_near_goes_only_where_something_else_is_heard_far_more_surely(
    notes: float, chosen: list[str]
) -> None:
    assert _chosen(_question({TABLES: 8.0, NOTES: notes}, near=0.6)) == chosen


def test_of_a_server_that_is_known_for_nothing_nobody_can_say_so() -> None:
    question = _question({TABLES: 8.0})
    assert not is_for_another(Candidate(NOTION, 0.9, near=(0.4,)), question)


def test_a_question_that_nothing_answers_is_told_so() -> None:
    asked = "where is my parcel?"
    open_one = replace(_question({TABLES: 8.0}, asked, near=0.0), shortlist=())
    assert lacks(open_one)
    assert read(open_one).reply.startswith("I know no server that tells you that.")
    assert not read(replace(open_one, told=())).reply
