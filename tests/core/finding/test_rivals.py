"""Which servers can take each other's place."""

from dataclasses import replace

import pytest

from catalogues import GITHUB, NOTION, a_server, candidates
from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Access, Server
from outfitter.core.finding.rivals import alternatives, does_the_same, preferred

PASTED = a_server("pasted", access=Access.PASTE)
OPEN = a_server("open", access=Access.OPEN)
RETIRED = a_server("retired", access=Access.OPEN, status="archived")
STRANGE = a_server("strange", access=Access.OPEN, reviewed=False)
STRANGE_RETIRED = a_server("gone", access=Access.OPEN, reviewed=False, status="archived")


def test_the_others_of_a_service_come_before_those_of_its_kind() -> None:
    airtable = a_server("airtable", category="notes")
    hosted = a_server("notion-hosted", service="notion", category="other")
    mine, *others = candidates(NOTION, airtable, hosted, GITHUB)
    assert alternatives(mine, [mine, *others]) == ("notion-hosted", "airtable")


def test_of_one_category_only_those_are_others_that_meet_a_need_alike() -> None:
    names = ("player", "speaker", "jukebox", "stranger")
    player, speaker, jukebox, stranger = candidates(*(a_server(one, category="m") for one in names))
    known = (
        replace(player, needs=frozenset({1, 2})),
        replace(speaker, needs=frozenset({3})),
        replace(jukebox, needs=frozenset({2})),
    )
    assert alternatives(known[0], [*known, stranger]) == ("jukebox", "stranger")
    assert does_the_same(known[2], known[0])
    assert not does_the_same(known[1], known[0])


def test_what_came_without_a_category_is_of_no_kind() -> None:
    one, two = candidates(*(a_server(name, category="other") for name in ("traces", "shop")))
    assert alternatives(one, [one, two]) == ()
    assert not does_the_same(two, one)


def test_at_most_three_others_are_named_best_first() -> None:
    servers = [a_server(f"notes-{at}", category="notes") for at in range(5)]
    shortlist = candidates(*servers)
    assert alternatives(shortlist[0], shortlist) == ("notes-1", "notes-2", "notes-3")


def test_of_those_that_are_as_close_the_reviewed_come_first() -> None:
    unknown = a_server("unknown", category="notes", reviewed=False)
    known = a_server("known", category="notes")
    mine, *others = candidates(a_server("mine", category="notes"), unknown, known)
    assert alternatives(mine, others) == ("known", "unknown")


@pytest.mark.parametrize(
    ("mine", "its", "score", "others"),
    [(2, 2, 0.4, ("other",)), (2, 2, 0.39, ()), (2, 1, 0.6, ()), (0, 0, 0.6, ())],
    ids=["likely", "hardly likely", "for another part", "for the whole message"],
)
def test_what_is_likely_and_for_the_same_part_could_do_it_but_does_not_the_same(
    mine: int, its: int, score: float, others: tuple[str, ...]
) -> None:
    chosen = Candidate(a_server("chosen"), 0.7, need=mine)
    other = Candidate(a_server("other"), score, need=its)
    assert alternatives(chosen, [chosen, other]) == others
    assert not does_the_same(other, chosen)


@pytest.mark.parametrize(
    ("alike", "taken"),
    [
        ((PASTED, OPEN), "open"),
        ((OPEN, a_server("named", access=Access.OPEN, official=True)), "named"),
        ((OPEN, a_server("loved", access=Access.OPEN, popularity=9)), "loved"),
        ((STRANGE, PASTED), "pasted"),
        ((RETIRED, PASTED), "pasted"),
        ((RETIRED, STRANGE), "strange"),
        ((STRANGE_RETIRED, RETIRED), "retired"),
        ((STRANGE_RETIRED, STRANGE), "strange"),
    ],
)
def test_the_look_alike_that_asks_least_is_taken_of_those_one_can_rely_on(
    alike: tuple[Server, ...], taken: str
) -> None:
    assert preferred(candidates(*alike)).server.name == taken


@pytest.mark.parametrize(("score", "taken"), [(0.56, "open"), (0.54, "pasted")])
def test_what_is_much_farther_is_not_alike(score: float, taken: str) -> None:
    found = preferred([Candidate(PASTED, 0.75), Candidate(OPEN, score)])
    assert found.server.name == taken


def test_how_near_a_stranger_says_it_is_does_not_count_beside_a_reviewed_one() -> None:
    found = preferred([Candidate(STRANGE, 0.9), Candidate(PASTED, 0.5)])
    assert found.server.name == "pasted"
