"""Which servers can take each other's place."""

from dataclasses import replace

from catalogues import GITHUB, NOTION, a_server, candidates
from outfitter.core.finding.rivals import alternatives, does_the_same


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
