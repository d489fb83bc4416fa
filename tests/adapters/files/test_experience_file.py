"""What was learnt, kept in a file."""

from pathlib import Path

import numpy as np

import benchmark_data
from outfitter.adapters.files import experience_file
from outfitter.core.words.grams import place


def test_weights_come_back_as_they_compare(tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    weights = np.zeros(16)
    weights[place("kept", 16)] = 1.27
    weights[place("dropped", 16)] = -0.63
    experience_file.write(file, weights, weights[:8], made_of="two signs")
    held = experience_file.read(file)
    assert held.weights[place("kept", 16)] == 127
    assert held.weights[place("dropped", 16)] == -63
    assert len(held.details) == 8
    assert experience_file.made_of(file) == "two signs"


def test_weights_that_are_learnt_anew_are_not_half_there_at_any_moment(tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    experience_file.write(file, np.ones(16), np.ones(8), made_of="one")
    before = file.read_bytes()
    with file.open("rb") as reading:
        experience_file.write(file, np.ones(64), np.ones(8), made_of="another")
        assert reading.read() == before
    assert experience_file.made_of(file) == "another"


def test_what_ships_was_learnt_from_the_conversations_as_they_are() -> None:
    assert experience_file.made_of() == benchmark_data.teaching_digest(), "run `make teach`"
