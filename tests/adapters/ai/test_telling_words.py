"""The words of people who need something, as they tell of it."""

from pathlib import Path

import numpy as np
import pytest

from outfitter.adapters.ai import typical_needs
from outfitter.adapters.ai.examples import Examples
from outfitter.adapters.ai.telling_words import TellingWords, weighed

SAID = [
    ["read it aloud", "speak the text aloud", "a voice for the text"],
    ["play some music", "music for the party"],
]
REMARKS = ["thanks for the party"]


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> TellingWords:
    """What hears the needs above."""
    file: Path = tmp_path_factory.mktemp("words") / "words.npz"
    words, needs, weights = weighed(SAID, REMARKS)
    np.savez(file, words=words, word_needs=needs, word_weights=weights)
    return TellingWords(file)


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
        assert np.array_equal(held["words"], made.words)
        assert np.array_equal(held["word_needs"], made.needs)
        assert np.array_equal(held["word_weights"], made.weights)


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
    heard = TellingWords(typical_needs.FILE)(text)
    surest = max(heard, key=lambda need: heard[need])
    assert surest in typical_needs.TypicalNeeds().met[service]
