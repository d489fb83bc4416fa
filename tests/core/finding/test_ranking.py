"""How near each server is to a message."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import EVERYTHING, GITHUB, GMAIL, NOTION, SLACK, a_server, searched
from outfitter.core.analysis import Candidate, Sureness
from outfitter.core.catalogue import Server
from outfitter.core.finding.hearing import deaf
from outfitter.core.finding.ranking import Near, features_of, rank
from outfitter.core.finding.sought import Sought
from outfitter.core.words.text import clauses


def _ranked(message: str, *near: Near) -> list[Candidate]:
    return list(rank(message, searched(*clauses(message)), near))


def _bare(servers: Sequence[Server]) -> list[Near]:
    return [Near(server, ()) for server in servers]


def _names(found: Sequence[Candidate]) -> list[str]:
    return [one.server.name for one in found]


def test_the_server_nearest_in_meaning_comes_first() -> None:
    found = _ranked("do a thing", Near(SLACK, (0.2,)), Near(GITHUB, (0.4,)))
    assert _names(found) == ["github", "slack"]


def test_a_server_whose_description_speaks_of_the_same_need_comes_nearer() -> None:
    def hear(text: str) -> Sureness:
        return {0: 9.0} if "road" in text or "maps" in text else {}

    message = "which road is shorter"
    far, atlas = a_server("far"), a_server("atlas", description="maps of everywhere")
    near = [Near(far, (0.41,), features_of(far)), Near(atlas, (0.4,), features_of(atlas, {}, hear))]
    sought = replace(searched(*clauses(message)), hear=hear)

    assert _names(rank(message, sought, near)) == ["atlas", "far"]
    assert _names(rank(message, replace(sought, hear=deaf), near)) == ["far", "atlas"]


def test_a_server_that_is_named_beats_one_that_is_nearer_in_meaning() -> None:
    found = _ranked("post it to Slack", Near(SLACK, (0.3,)), Near(GITHUB, (0.5,)))
    assert [(one.server.name, one.named) for one in found] == [("slack", True), ("github", False)]


def test_a_second_server_of_a_service_stands_behind_each_other_service_that_is_named() -> None:
    second = SLACK.model_copy(update={"name": "slack-two"})
    near = [Near(SLACK, (0.9,)), Near(second, (0.8,)), Near(GITHUB, (0.1,)), Near(NOTION, (0.9,))]
    message = "tell Slack of GitHub"

    found = rank(message, searched(*clauses(message)), near, limit=2)

    assert _names(found) == ["slack", "github"]


def test_need_says_which_clause_a_server_answers_best() -> None:
    message = "watch the mailbox and write to the wiki"
    mail = Near(GMAIL, (0.4, 0.6, 0.1))
    wiki = Near(NOTION, (0.4, 0.1, 0.7))
    assert {one.server.name: one.need for one in _ranked(message, mail, wiki)} == {
        "gmail": 1,
        "notion": 2,
    }


def test_need_is_the_place_that_is_given_for_what_was_searched() -> None:
    near = [Near(GMAIL, (0.4, 0.6))]
    sought = Sought(("all", "mail", "chats", "notes"), ("all", "the notes"), (0, 3))
    found = rank("read mail, chats, notes", sought, near)
    assert [one.need for one in found] == [3]


@pytest.mark.parametrize("empty", [(), (0.0, 0.0, 0.0)])
def test_without_vectors_words_alone_decide(empty: tuple[float, ...]) -> None:
    message = "repositories with open issues, messages in a channel"
    near = [Near(server, empty) for server in EVERYTHING]
    found = rank(message, searched(*clauses(message)), near)
    assert set(_names(found[:2])) == {"github", "slack"}
    assert {one.server.name: one.need for one in found[:2]} == {"github": 1, "slack": 2}


def test_the_forms_of_a_word_are_the_same_word() -> None:
    found = rank("searching designs", searched("searching designs"), _bare(EVERYTHING))
    assert found[0].server.name == "figma"


@pytest.mark.parametrize(
    "message",
    [
        "copy rows to Google Sheets",
        "copy rows to GoogleSheets",
        "copy rows to a google sheet",
        "copy rows to gsheets",
    ],
)
def test_a_name_is_known_however_it_is_written(message: str) -> None:
    sheets = a_server("google-sheets", title="Google Sheets", aliases=("gsheets",))
    assert [one.named for one in _ranked(message, *_bare([sheets]))] == [True]


@pytest.mark.parametrize(
    ("message", "named"),
    [("put it in a box", False), ("put it in Box", True), ("Box it", False), ("use box", True)],
)
def test_a_name_that_is_a_plain_word_counts_where_it_is_written_as_a_name(
    message: str, *, named: bool
) -> None:
    assert [one.named for one in _ranked(message, *_bare([a_server("box")]))] == [named]


def test_a_day_of_the_week_is_never_a_name() -> None:
    board = a_server("monday", title="monday.com")
    assert not _ranked("post the list every Monday", *_bare([board]))[0].named
    assert _ranked("post the list on monday.com", *_bare([board]))[0].named


def test_a_name_within_a_longer_name_is_not_said() -> None:
    servers = [a_server("youtube"), a_server("youtube-transcript")]
    found = {one.server.name: one.named for one in _ranked("YouTube transcript", *_bare(servers))}
    assert found == {"youtube": False, "youtube-transcript": True}


def test_what_a_package_adds_to_a_name_need_not_be_said() -> None:
    found = _ranked("query acme", *_bare([a_server("acme-mcp-server", title="Acme (hosted)")]))
    assert found[0].named


def test_the_limit_is_kept_and_nothing_gives_nothing() -> None:
    assert len(rank("mail", searched("mail"), _bare(EVERYTHING), limit=3)) == 3
    assert rank("mail", searched("mail"), []) == ()
    assert len(rank("", searched(""), _bare(EVERYTHING))) == len(EVERYTHING)


_COSINES = st.lists(st.floats(0, 1), min_size=len(EVERYTHING), max_size=len(EVERYTHING))


@given(st.text(max_size=80), _COSINES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    message: str, cosines: list[float], dice: Random
) -> None:
    near = [Near(s, (c,)) for s, c in zip(EVERYTHING, cosines, strict=True)]
    shuffled = list(near)
    dice.shuffle(shuffled)
    one, other = rank(message, searched(message), near), rank(message, searched(message), shuffled)
    assert _names(one) == _names(other)
    assert [a.score for a in one] == sorted((a.score for a in one), reverse=True)


def test_a_server_is_as_near_as_it_is_known_to_meet_a_need() -> None:
    sought = replace(searched("tell my customers"), known=({"slack": 0.6},))
    found = rank("tell my customers", sought, [Near(SLACK, (0.2,)), Near(GITHUB, (0.4,))])
    assert _names(found) == ["slack", "github"]


def test_where_nothing_is_asked_only_what_is_written_as_a_name_counts() -> None:
    near = [Near(NOTION, (0.4,)), Near(SLACK, (0.4,))]
    remark = replace(searched("the notion of it"), asking=-7.0)
    found = rank("the notion of it, as Slack has it", remark, near)
    assert {one.server.name: one.named for one in found} == {"notion": False, "slack": True}


@pytest.mark.parametrize("message", ["sync TeamSnap with me", "read my Canvas assignments"])
def test_the_name_of_an_app_that_is_not_there_is_no_name_of_another(message: str) -> None:
    found = _ranked(message, *_bare([a_server("teams", aliases=("team",)), a_server("canva")]))
    assert [one.named for one in found] == [False, False]
    assert len({one.score for one in found}) == 1


def test_of_who_writes_no_capitals_two_names_together_are_names() -> None:
    near = [Near(NOTION, (0.4,)), Near(SLACK, (0.4,))]
    for message, named in (("connect notion with slack", True), ("the notion of it", False)):
        found = rank(message, replace(searched(message), asking=-7.0), near)
        assert {one.named for one in found if one.server is NOTION} == {named}


@pytest.mark.parametrize(
    ("message", "nearness", "named"),
    [
        ("the fluid runs through a nozzle", 0.29, []),
        ("the fluid runs through a nozzle", 0.3, ["fluid"]),
        ("let Fluid run through a nozzle", 0.29, ["fluid"]),
        ("Let_Fluid_run_through_a_nozzle", 0.29, ["fluid"]),
    ],
)
def test_a_word_is_no_name_of_a_server_that_is_far_and_that_nobody_looks_after(
    message: str, nearness: float, named: list[str]
) -> None:
    fluid = a_server("fluid", reviewed=False)
    found = _ranked(message, Near(fluid, (nearness,)))
    assert [one.server.name for one in found if one.named] == named


def test_a_word_is_the_name_of_a_server_that_is_looked_after_however_far_it_is() -> None:
    found = _ranked("the fluid runs through a nozzle", Near(a_server("fluid"), (0.1,)))
    assert found[0].named
