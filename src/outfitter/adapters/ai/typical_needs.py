"""Examples of what people say who have a need, as vectors that ship with the package."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from outfitter.adapters.ai import asking, asking_words, service_topics
from outfitter.adapters.ai.asking import Asking
from outfitter.adapters.ai.asking_words import AskingWords
from outfitter.adapters.ai.examples import FOLDER, Examples, digest
from outfitter.adapters.ai.kinds import in_a_row, kinds
from outfitter.adapters.ai.rows import Rows, in_bytes, of_length_one
from outfitter.adapters.ai.service_topics import Said, ServiceTopics
from outfitter.adapters.ai.telling_words import TellingWords, Weights, weighed
from outfitter.adapters.whole_file import written
from outfitter.core.analysis import Told
from outfitter.core.finding.leaning import Leaning
from outfitter.core.finding.vectors import Embed, Vector

FILE = FOLDER / "vectors.npz"

# How like a need a text must be to be drawn towards it, and by how much of its likeness.
_DRAWN, _PULL = 0.4, 0.5
# People say things alike, catalogues do not: a likeness to what people say is worth less.
_WORTH_LESS, _LEAST = 0.13, 0.35
# How much likelier a need is that a part's words speak of, and as far as which sureness.
_HEARD, _SUREST = 0.015, 14.0
# What a message asks for shows in its vector first, and in its words beside it.
_BESIDE = 0.5
# The more surely the service itself is asked about, the less surely anything is asked for.
_OF_US = 0.5


class TypicalNeeds:
    """Tells what a message leans to, by the vectors of the model that embedded the examples.

    `hear` hears in words, which are the same for every model, what needs a text speaks of.
    """

    def __init__(self, file: Path = FILE) -> None:
        with np.load(file) as held:
            self.model = str(held["model"])
            self.hear = TellingWords(Weights.kept(held))
            self._examples: Rows = of_length_one(held["examples"])
            self._starts = held["starts"]
            self._needs: Rows = of_length_one(held["needs"])
            self._asking = Asking.kept(held)
            self._asking_words = AskingWords.kept(held)
            self._service = ServiceTopics.kept(held)
            self._services: list[list[str]] = json.loads(str(held["services"]))

    @property
    def met(self) -> dict[str, frozenset[int]]:
        """For each service the needs that it meets, by their numbers."""
        found: dict[str, set[int]] = {}
        for need, services in enumerate(self._services):
            for service in services:
                found.setdefault(service, set()).add(need)
        return {service: frozenset(needs) for service, needs in found.items()}

    def __call__(
        self, message: str, vectors: Sequence[Vector], told: Sequence[Told] = ()
    ) -> Leaning:
        """What a message leans to, by the vectors of its texts, the whole of it first.

        `told` is what the parts among them tell by their words.
        """
        given: Rows = np.array(vectors, dtype=np.float32)
        # A product of matrices would wake a thread for each core, to wait for the next one.
        cosines = np.vecdot(self._examples[:, None], given)
        likeness: Rows = np.maximum.reduceat(cosines, self._starts, axis=0)
        for part in told:
            for need, sureness in part.heard.items():
                likeness[need, part.at] += _HEARD * min(sureness, _SUREST)
        drawn, near = self._drawn(given, likeness), tuple(map(self._near, likeness.T))
        asking = float(self._asking(given[:1])[0]) + _BESIDE * self._asking_words(message)
        return self._told_of_service(Leaning(drawn, near, asking), message, given)

    def by_words(
        self, message: str, vectors: Sequence[Vector], _told: Sequence[Told] = ()
    ) -> Leaning:
        """What a message leans to by its words alone, with the vectors of any model."""
        return self._told_of_service(Leaning(vectors, asking=self._asking_words(message)), message)

    def _told_of_service(self, found: Leaning, message: str, given: Rows | None = None) -> Leaning:
        """The same with what the message asks about the service: that takes no server."""
        sureness = self._service.sureness(message, given)
        asked = self._service.is_asked(sureness, found.asking)
        about = self._service.topic(message, given) if asked else ""
        return replace(found, asking=found.asking - _OF_US * max(0.0, sureness), about=about)

    def _drawn(self, given: Rows, likeness: Rows) -> list[Vector]:
        """The vectors, drawn towards what they are most like where they are like anything."""
        best = likeness.argmax(axis=0)
        most = likeness[best, np.arange(len(best))]
        pull = np.where(most >= _DRAWN, _PULL * most, 0.0)[:, None]
        vectors: list[Vector] = of_length_one(given + pull * self._needs[best]).tolist()
        return vectors

    def _near(self, likeness: Rows) -> dict[str, float]:
        """How near each service is that meets a need of this likeness to a text."""
        found: dict[str, float] = {}
        for place in np.flatnonzero(likeness >= _LEAST):
            nearness = float(likeness[place]) - _WORTH_LESS
            for service in self._services[place]:
                found[service] = max(nearness, found.get(service, 0.0))
        return found


async def write(file: Path, embed: Embed, model: str, examples: Examples) -> None:
    """Write what the examples come to, made anew."""
    needs = examples.needs
    told = await _rows(embed, [one.need for one in needs])
    rows = [await _rows(embed, one.examples) for one in needs]
    requests = await _rows(embed, examples.requests)
    remarks = await _rows(embed, examples.remarks)
    phrases = [one for need in needs for one in need.examples]
    about = {
        one.topic: Said(one.examples, await _rows(embed, one.examples)) for one in examples.topics
    }
    lookalikes = about.pop("")
    others = Said(
        [*phrases, *examples.requests, *examples.remarks],
        np.concatenate([*rows, requests, remarks]),
    )
    drawn = [kinds(said, called) for said, called in zip(rows, told, strict=True)]
    row, starts = in_a_row(drawn)
    with written(file) as whole:
        np.savez_compressed(
            whole,
            allow_pickle=False,
            model=np.array(model),
            made_of=np.array(digest()),
            examples=in_bytes(row),
            starts=starts,
            needs=in_bytes(told),
            services=np.array(json.dumps([one.services for one in needs])),
            **weighed([one.said for one in needs], examples.remarks).stored(),
            **asking.learnt([np.concatenate(rows), requests], remarks).stored(),
            **asking_words.learnt([phrases, examples.requests], examples.remarks).stored(),
            **service_topics.learnt(about, lookalikes, others).stored,
        )


async def _rows(embed: Embed, texts: Sequence[str]) -> Rows:
    return np.array(await embed(list(texts)), dtype=np.float32)
