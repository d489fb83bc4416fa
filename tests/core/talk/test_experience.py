"""How signs speak for a server, and against it."""

from outfitter.core.talk.experience import Experience
from outfitter.core.words.grams import place

PLACES = 64


def taught(**weights: int) -> Experience:
    """An experience in which each of these signs weighs so much."""
    row = [0] * PLACES
    for sign, weight in weights.items():
        row[place(sign, PLACES)] += weight
    return Experience(row)


def test_what_nothing_was_learnt_of_is_not_wanted() -> None:
    assert not taught().wants(["it rains"])


def test_signs_for_and_against_a_server_count_together() -> None:
    learnt = taught(kept=4, named=3, dropped=-6)
    assert learnt.wants(["kept"])
    assert not learnt.wants(["dropped"])
    assert not learnt.wants(["kept", "dropped"])
    assert learnt.wants(["kept", "named", "dropped"])
