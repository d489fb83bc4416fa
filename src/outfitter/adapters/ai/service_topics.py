"""What a message asks about the service itself, by what people say who ask that."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from outfitter.adapters.ai import asking, asking_words
from outfitter.adapters.ai.asking import Asking
from outfitter.adapters.ai.asking_words import AskingWords
from outfitter.adapters.ai.kinds import in_a_row, kinds
from outfitter.adapters.ai.rows import Rows, in_bytes, of_length_one
from outfitter.adapters.ai.telling_words import TellingWords, Weights, weighed

_NAME = "about"
# From which sureness on a message asks about the service, and how much surer it has to be for each
# step by which it surely asks for what takes a server.
_SURE, _DOUBT = 1.0, 0.25
# What a word's sureness is worth beside a likeness.
_HEARD = 0.03
# What only looks like a question about the service tells the most.
_LOOKALIKES = 3


class ServiceTopics(NamedTuple):
    """Tells questions about the service by a text and its vector, if there is one.

    `likes` has a few vectors for each of the `topics`, which `starts` tells apart.
    """

    topics: tuple[str, ...]
    likes: Rows
    starts: NDArray[np.int64]
    telling: Weights
    by_vector: Asking
    by_words: AskingWords

    def sureness(self, text: str, vectors: Rows | None = None) -> float:
        """About the logarithm of how much likelier a text asks about the service than not."""
        by_vector = 0.0 if vectors is None else float(self.by_vector(vectors[:1])[0])
        return self.by_words(text) + by_vector

    def topic(self, text: str, vectors: Rows | None = None) -> str:
        """The topic that a question about the service has."""
        scores = np.zeros(len(self.topics))
        if vectors is not None:
            # A product of matrices would wake a thread for each core, to wait for the next one.
            cosines = np.einsum("ec,c->e", self.likes, vectors[0])
            scores += np.maximum.reduceat(cosines, self.starts)
        for topic, sureness in TellingWords(self.telling)(text).items():
            scores[topic] += _HEARD * sureness
        return self.topics[int(scores.argmax())]

    def is_asked(self, sureness: float, asking: float) -> bool:
        """Whether a text of that sureness is a question about the service."""
        return sureness - _DOUBT * max(0.0, asking) > _SURE

    @classmethod
    def kept(cls, held: Mapping[str, NDArray[Any]]) -> Self:
        """The one that was stored."""
        return cls(
            tuple(json.loads(str(held[f"{_NAME}_topics"]))),
            of_length_one(held[f"{_NAME}_likes"]),
            held[f"{_NAME}_starts"],
            Weights.kept(held, f"{_NAME}_topic"),
            Asking.kept(held, _NAME),
            AskingWords.kept(held, _NAME),
        )

    @property
    def stored(self) -> dict[str, NDArray[Any]]:
        """What there is to store, by name."""
        return {
            f"{_NAME}_topics": np.array(json.dumps(self.topics)),
            f"{_NAME}_likes": in_bytes(self.likes),
            f"{_NAME}_starts": self.starts,
            **self.telling.stored(f"{_NAME}_topic"),
            **self.by_vector.stored(_NAME),
            **self.by_words.stored(_NAME),
        }


class Said(NamedTuple):
    """Texts with a vector for each."""

    texts: Sequence[str]
    rows: Rows


def learnt(topics: Mapping[str, Said], lookalikes: Said, others: Said) -> ServiceTopics:
    """What tells the topics from each other, and all from what only looks alike and all else."""
    likes, starts = in_a_row([kinds(one.rows) for one in topics.values()])
    asked = [one.texts for one in topics.values()]
    rows = np.concatenate([one.rows for one in topics.values()])
    apart = [*[lookalikes.rows] * _LOOKALIKES, others.rows]
    texts = [*lookalikes.texts] * _LOOKALIKES + [*others.texts]
    return ServiceTopics(
        tuple(topics),
        likes,
        starts,
        weighed(asked, lookalikes.texts),
        asking.learnt([rows], np.concatenate(apart)),
        asking_words.learnt([list(chain(*asked))], texts),
    )
