"""Vectors of texts that come again and again."""

import pytest

from outfitter.adapters.ai.kept_vectors import KeptVectors
from outfitter.core.errors import Unavailable
from outfitter.core.finding.vectors import Vector


class Embedder:
    """Makes a vector of a text's length, and can go away."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.is_away = False

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One number for each text."""
        if self.is_away:
            raise Unavailable("away")
        self.asked.append(texts)
        return [[float(len(text))] for text in texts]


async def test_a_recurring_text_is_embedded_once_and_any_other_each_time() -> None:
    embed = Embedder()
    kept = KeptVectors(embed, ["files", "mail"])
    assert await kept(["read it", "files"]) == [[7.0], [5.0]]
    assert await kept(["files", "read it", "mail", "files"]) == [[5.0], [7.0], [4.0], [5.0]]
    assert embed.asked == [["read it", "files"], ["read it", "mail"]]


async def test_what_is_kept_needs_no_embedder() -> None:
    embed = Embedder()
    kept = KeptVectors(embed, ["files"])
    await kept(["files"])
    embed.is_away = True
    assert await kept(["files"]) == [[5.0]]
    with pytest.raises(Unavailable):
        await kept(["files", "something else"])
