"""The words of people who need something, as they tell of it."""

import numpy as np
import pytest

from outfitter.adapters.ai import typical_needs
from outfitter.adapters.ai.examples import Examples
from outfitter.adapters.ai.telling_words import TellingWords, Weights, weighed

SAID = [
    ["read it aloud", "speak the text aloud", "a voice for the text"],
    ["play some music", "music for the party"],
]
REMARKS = ["thanks for the party"]


@pytest.fixture(scope="module")
def hear() -> TellingWords:
    """What hears the needs above."""
    return TellingWords(Weights.kept(weighed(SAID, REMARKS).stored()))


def test_words_speak_of_the_need_that_they_were_said_for(hear: TellingWords) -> None:
    heard = hear("have the text spoken aloud, please")
    assert heard.keys() == {0}
    assert hear("aloud")[0] > hear("voice")[0] > 0
    assert hear("music").keys() == {1}
    assert hear("play some music")[1] > hear("music")[1]


def test_words_that_nobody_said_speak_of_nothing(hear: TellingWords) -> None:
    assert hear("") == hear("the quick brown fox") == hear("thanks") == {}


def test_a_word_of_one_need_among_very_many_is_as_heavy_as_words_get() -> None:
    made = weighed([["aloud"] * 30_000], [""] * 30_000)
    assert made.weights.tolist() == [255]


def test_the_words_that_ship_are_those_of_the_examples() -> None:
    known = Examples.read()
    made = weighed([one.said for one in known.needs], known.remarks)
    with np.load(typical_needs.FILE) as held:
        kept = Weights.kept(held)
    assert all(np.array_equal(one, made.stored()[name]) for name, one in kept.stored().items())


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("have it spoken aloud by a decent voice", "elevenlabs"),
        ("work out the driving order that wastes least time", "google-maps"),
        ("log in to the portal and fill in the form", "playwright"),
        ("follow flight BA178 until it lands", "flightradar24"),
    ],
)
def test_a_need_of_the_catalogue_is_heard(text: str, service: str) -> None:
    known = typical_needs.TypicalNeeds()
    heard = known.hear(text)
    surest = max(heard, key=lambda need: heard[need])
    assert surest in known.met[service]
