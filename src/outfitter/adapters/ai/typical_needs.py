"""Examples of what people say who have a need, as vectors that ship with the package."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from outfitter.adapters.ai.rows import Rows, in_bytes, of_length_one
from outfitter.adapters.ai.telling_words import weighed
from outfitter.core.analysis import Embed, Vector
from outfitter.core.finding.leaning import Leaning
from outfitter.core.value import Value

FOLDER = Path(__file__).parents[2] / "needs"
FILE = FOLDER / "vectors.npz"

# What people say for one need falls into a few kinds; each is drawn towards the middle of all.
# What takes no server is more various.
_KINDS, _KINDS_OF_NOTHING = 3, 6
_MIDDLE, _NEED = 0.3, 0.3
_ROUNDS = 15
# How like a need a text must be to be drawn towards it, and by how much of its likeness; and how
# like what asks for nothing it must at least be to count as that.
_DRAWN, _PULL, _IDLE = 0.4, 0.5, 0.4
# People say things alike, catalogues do not: a likeness to what people say is worth less.
_WORTH_LESS, _LEAST = 0.1, 0.35


class Need(Value):
    """A need, the services that meet it, and what people say who have it.

    Where `need` is empty it takes no server.
    """

    need: str
    services: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """Everything that tells of the need: what people say, and what it is called."""
        return (*self.examples, self.need) if self.need else self.examples


class TypicalNeeds:
    """Tells what texts lean to, by the vectors of the model that embedded the examples."""

    def __init__(self, file: Path = FILE) -> None:
        with np.load(file) as held:
            self.model = str(held["model"])
            self._examples: Rows = of_length_one(held["examples"])
            self._starts = held["starts"]
            self._needs: Rows = of_length_one(held["needs"])
            self._services: list[list[str]] = json.loads(str(held["services"]))

    @property
    def met(self) -> dict[str, frozenset[int]]:
        """For each service the needs that it meets, by their numbers."""
        found: dict[str, set[int]] = {}
        for need, services in enumerate(self._services):
            for service in services:
                found.setdefault(service, set()).add(need)
        return {service: frozenset(needs) for service, needs in found.items()}

    def __call__(self, vectors: Sequence[Vector]) -> list[Leaning]:
        """What each text leans to."""
        if not vectors:
            return []
        given: Rows = np.array(vectors, dtype=np.float32)
        # A product of matrices would wake a thread for each core, to wait for the next one.
        cosines = np.einsum("ed,td->et", self._examples, given)
        likeness: Rows = np.maximum.reduceat(cosines, self._starts, axis=0)
        some = len(self._needs)
        idle = likeness[some:].max(axis=0) > np.maximum(likeness[:some].max(axis=0), _IDLE)
        drawn = self._drawn(given, likeness[:some])
        return [
            Leaning(vector, self._near(likeness[:some, place]), bool(idle[place]))
            for place, vector in enumerate(drawn)
        ]

    def _drawn(self, given: Rows, likeness: Rows) -> list[Vector]:
        """The vectors, drawn towards what they are most like where they are like anything."""
        best = likeness.argmax(axis=0)
        most = likeness[best, np.arange(len(best))]
        pull = np.where(most >= _DRAWN, _PULL * most, 0.0)[:, None]
        vectors: list[Vector] = of_length_one(given + pull * self._needs[best]).tolist()
        return vectors

    def _near(self, likeness: Rows) -> dict[str, float]:
        found: dict[str, float] = {}
        for place in np.flatnonzero(likeness >= _LEAST):
            nearness = float(likeness[place]) - _WORTH_LESS
            for service in self._services[place]:
                found[service] = max(nearness, found.get(service, 0.0))
        return found


def read() -> list[Need]:
    """All needs that are known, those that take no server last."""
    lines = [line for file in _files() for line in file.read_bytes().splitlines()]
    found = map(Need.model_validate_json, lines)
    return sorted(found, key=lambda one: not one.need)


def is_current(file: Path = FILE) -> bool:
    """Whether the vectors are those of the examples as they are now."""
    with np.load(file) as held:
        return str(held["made_of"]) == _digest()


async def write(
    file: Path, embed: Embed, model: str, width: int, *, needs: Sequence[Need] | None = None
) -> None:
    """Write the vectors of all needs, or of those given, made anew."""
    needs = read() if needs is None else needs
    asked = [one for one in needs if one.need]
    told = await _rows(embed, [one.need for one in asked], width)
    kinds = []
    for place, one in enumerate(needs):
        rows = await _rows(embed, one.examples, width)
        middle = rows.mean(axis=0) + (_NEED * told[place] if one.need else 0)
        groups = _kinds(rows, _KINDS if one.need else _KINDS_OF_NOTHING)
        kinds.append(of_length_one((1 - _MIDDLE) * groups + _MIDDLE * of_length_one(middle[None])))
    spoken = weighed([one.said for one in needs], len(asked))
    np.savez_compressed(
        file,
        words=spoken.words,
        word_needs=spoken.needs,
        word_weights=spoken.weights,
        model=np.array(model),
        made_of=np.array(_digest()),
        examples=in_bytes(np.concatenate(kinds)),
        starts=np.cumsum([0, *map(len, kinds[:-1])]),
        needs=in_bytes(told),
        services=np.array(json.dumps([one.services for one in asked])),
    )


def _kinds(rows: Rows, most: int) -> Rows:
    """The middles of so many groups of vectors (k-means, begun with those that are far apart)."""
    middles: Rows = rows[(rows @ rows.mean(axis=0)).argmax()][None]
    while len(middles) < min(most, len(rows)):
        middles = np.concatenate([middles, rows[(rows @ middles.T).max(axis=1).argmin()][None]])
    for _ in range(_ROUNDS):
        group = (rows @ middles.T).argmax(axis=1)
        means = [rows[group == one].mean(axis=0) for one in np.unique(group)]
        middles = of_length_one(np.array(means))
    return middles


async def _rows(embed: Embed, texts: Sequence[str], width: int) -> Rows:
    found: Rows = np.array(await embed(list(texts)), dtype=np.float32)[:, :width]
    return found


def _digest() -> str:
    found = hashlib.sha256()
    for file in _files():
        found.update(file.read_bytes())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    return iter(sorted(FOLDER.glob("*.jsonl")))
