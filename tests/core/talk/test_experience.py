"""How signs speak for a server, and against it."""

from outfitter.core.talk.experience import Experience
from outfitter.core.words.grams import place

PLACES = 64


def taught(**weights: int) -> Experience:
    """An experience in which each of these signs weighs so much."""
    row = [0] * PLACES
    for sign, weight in weights.items():
        row[place(sign, PLACES)] += weight
    return Experience(row, details=[0])


def test_what_nothing_was_learnt_of_is_not_wanted() -> None:
    assert not taught().wants(["it rains"])


def test_signs_for_and_against_a_server_count_together() -> None:
    learnt = taught(kept=4, named=3, dropped=-6)
    assert learnt.wants(["kept"])
    assert not learnt.wants(["dropped"])
    assert not learnt.wants(["kept", "dropped"])
    assert learnt.wants(["kept", "named", "dropped"])


def test_what_tells_how_work_is_done_is_learnt_by_its_words() -> None:
    row = [0] * PLACES
    row[place("live in", PLACES)] = 9
    row[place("length 0", PLACES)] -= 3
    held = Experience([0], details=row)
    assert held.tells_how("we live in Graz")
    assert not held.tells_how("nice weather")


def test_a_turn_of_phrase_tells_nothing_whatever_was_learnt() -> None:
    assert Experience([0], details=[1]).tells_how("coffee with milk")
    assert not Experience([0], details=[1]).tells_how("of course")
