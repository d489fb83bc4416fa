"""What people say, as examples: for each need, for anything at all, and for nothing."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from outfitter.core.value import Value

FOLDER = Path(__file__).parents[2] / "needs"
# Of these nobody says which need they have; each of the other files holds needs.
_REQUESTS, _REMARKS, _ABOUT = "requests.jsonl", "remarks.jsonl", "about_service.jsonl"


class Need(Value):
    """A need, the services that meet it, and what people say who have it."""

    need: str
    services: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """Everything that tells of the need: what people say, and what it is called."""
        return *self.examples, self.need


class Sayings(Value):
    """What people say of one kind, whatever they need."""

    kind: str
    examples: tuple[str, ...]


class Topic(Value):
    """What people ask about the service; what only looks like that has no topic."""

    topic: str
    examples: tuple[str, ...]


class Examples(NamedTuple):
    """All that is known of what people say: with a need, with any, with none, and of us."""

    needs: tuple[Need, ...]
    requests: tuple[str, ...]
    remarks: tuple[str, ...]
    topics: tuple[Topic, ...]

    @classmethod
    def read(cls) -> Self:
        """Those of the package."""
        apart = requests, remarks, about = [FOLDER / one for one in (_REQUESTS, _REMARKS, _ABOUT)]
        needs = [one for file in _files() if file not in apart for one in _lines(file)]
        return cls(
            tuple(map(Need.model_validate_json, needs)),
            tuple(_said(requests)),
            tuple(_said(remarks)),
            tuple(map(Topic.model_validate_json, _lines(about))),
        )


def digest() -> str:
    """What the examples are known by: another one when a letter of them changes."""
    found = hashlib.sha256()
    for file in _files():
        found.update(file.read_bytes())
    return found.hexdigest()


def _said(file: Path) -> Iterator[str]:
    for line in _lines(file):
        yield from Sayings.model_validate_json(line).examples


def _lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines()


def _files() -> Iterator[Path]:
    return iter(sorted(FOLDER.glob("*.jsonl")))
