"""Vectors of texts that come again and again, made once."""

from collections.abc import Iterable

from outfitter.core.finding.vectors import Embed, Vector


class KeptVectors:
    """An embedder that remembers the vectors of some texts, and of no others."""

    def __init__(self, embed: Embed, recurring: Iterable[str]) -> None:
        self._embed = embed
        self._recurring = frozenset(recurring)
        self._kept: dict[str, Vector] = {}

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One unit vector for each text."""
        lacking = [text for text in dict.fromkeys(texts) if text not in self._kept]
        made = dict(zip(lacking, await self._embed(lacking), strict=True)) if lacking else {}
        self._kept |= {text: made[text] for text in lacking if text in self._recurring}
        return [made[text] if text in made else self._kept[text] for text in texts]
