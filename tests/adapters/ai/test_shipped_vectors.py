"""Vectors that ship with the built-in servers."""

from pathlib import Path

import numpy as np
import pytest

from outfitter.adapters.ai import shipped_vectors
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.shipped_vectors import ShippedVectors
from outfitter.adapters.files import catalogue_files
from outfitter.core.finding.searchable import texts_of
from outfitter.core.finding.vectors import Vector

MODEL = LocalEmbedder.model


async def _refuse(texts: list[str]) -> list[Vector]:
    raise AssertionError(texts)


async def _ones(texts: list[str]) -> list[Vector]:
    return [[1.0, 0.0] for _ in texts]


def test_every_text_of_the_built_in_servers_is_known() -> None:
    texts = [text for server in catalogue_files.builtin() for text in texts_of(server)]
    lacking = ShippedVectors(_refuse, MODEL).lacks(texts)
    assert not lacking, "run `outfitter catalogue vectors`"


async def test_a_known_text_has_the_vector_that_the_model_gives_it() -> None:
    texts = list(texts_of(catalogue_files.builtin()[0]))[:3]
    known = await ShippedVectors(_refuse, MODEL)(texts)
    made = await LocalEmbedder()(texts)
    assert [np.dot(*pair) for pair in zip(known, made, strict=True)] == pytest.approx(
        [1] * len(texts), abs=1e-3
    )


async def test_the_model_is_asked_for_what_is_not_known() -> None:
    (known, _) = texts_of(catalogue_files.builtin()[0])[:2]
    first, second = await ShippedVectors(_ones, MODEL)(["never seen before", known])
    assert first == [1.0, 0.0]
    assert len(second) > len(first)


async def test_vectors_of_another_model_are_not_used() -> None:
    text = texts_of(catalogue_files.builtin()[0])[0]
    assert await ShippedVectors(_ones, "another-model")([text]) == [[1.0, 0.0]]


async def test_vectors_are_written_once_for_each_text(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    assert await shipped_vectors.write(file, ["b", "a", "b"], _ones, "m") == 2
    assert ShippedVectors(_refuse, "m", file).lacks(["a", "b", "c"]) == ["c"]


async def test_vectors_that_are_written_anew_are_not_half_there_at_any_moment(
    tmp_path: Path,
) -> None:
    file = tmp_path / "vectors.npz"
    await shipped_vectors.write(file, ["a"], _ones, "m")
    before = file.read_bytes()
    with file.open("rb") as reading:
        await shipped_vectors.write(file, ["b", "c"], _ones, "m")
        assert reading.read() == before
    assert ShippedVectors(_refuse, "m", file).lacks(["a", "b"]) == ["a"]
