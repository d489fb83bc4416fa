"""How many secrets are found, and how much ordinary talk is left alone."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from outfitter.core.secrets import find, redact
from secret_values import FRAMES, KNOWN, NAMED, NAMED_FRAMES, SAID, Make, secret_part

TALK = Path(__file__).parents[1] / "data" / "talk" / "ordinary.txt"
LEAST_RECALL = 0.98
# A part of a key that is shorter than this opens nothing.
TELLING = 12

Case = tuple[str, str, str]


def _known(dice: Random) -> Iterator[Case]:
    for name, make in KNOWN.items():
        for frame in FRAMES:
            value = make(dice)
            yield name, frame.format(value), secret_part(value)


def _named(dice: Random) -> Iterator[Case]:
    for name, make in NAMED.items():
        for frame in NAMED_FRAMES:
            value = make(dice)
            yield name, frame.format(name=name, value=value), value


def _said(dice: Random) -> Iterator[Case]:
    for name, (sentence, make) in SAID.items():
        for _ in range(7):
            value = make(dice)
            yield name, sentence.format(value), value


CASES = {"known": _known, "named": _named, "said": _said}


def _is_left(text: str, secret: str) -> bool:
    """Whether a telling part of the secret is still there."""
    cleaned = redact(text).text
    last = max(1, len(secret) - TELLING + 1)
    return any(secret[at : at + TELLING] in cleaned for at in range(last))


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("which", CASES)
@pytest.mark.parametrize("seed", [1, 20_261_122])
def test_secrets_are_found_in_whatever_form_they_come(which: str, seed: int) -> None:
    cases = list(CASES[which](Random(seed)))  # noqa: S311 - made-up keys need no real chance
    missed = [(name, text[:120]) for name, text, secret in cases if _is_left(text, secret)]
    assert len(cases) > 150
    assert 1 - len(missed) / len(cases) >= LEAST_RECALL, missed


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("name", KNOWN)
def test_every_known_form_is_found_nearly_always(name: str) -> None:
    make: Make = KNOWN[name]
    dice = Random(7)  # noqa: S311 - made-up keys need no real chance
    values = [make(dice) for _ in range(20)]
    assert sum(not _is_left(f"here: {one}", secret_part(one)) for one in values) >= 18


@pytest.mark.proves("R-44")
def test_no_ordinary_sentence_is_touched() -> None:
    sentences = TALK.read_text().splitlines()
    touched = [(one, [found.kind for found in find(one)]) for one in sentences if find(one)]
    assert len(set(sentences)) >= 150
    assert touched == []
    # A message of several lines is nothing else.
    assert find("\n".join(sentences)) == ()
