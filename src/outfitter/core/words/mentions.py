"""The stretches of a message that are names, and which of those that overlap count."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a message, in stems, that is the name of a server.

    It is `marked` as a name by a capital of its own, or stands in a row of names.
    """

    start: int
    end: int
    generic: bool
    marked: bool = True

    @property
    def may_be_a_word(self) -> bool:
        """Whether it is a single word that nothing marks as a name."""
        return not self.marked and self.end - self.start == 1

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end

    def is_more_than(self, places: Container[int]) -> bool:
        """Whether it is a single word, or some word of it stands at none of these."""
        return self.end - self.start == 1 or any(at not in places for at in range(*self.place))

    def inner(self) -> Iterator[tuple[int, int]]:
        """The places of all shorter stretches that this one covers; it is short itself."""
        for start in range(self.start, self.end):
            for end in range(start + 1, self.end + 1):
                if (start, end) != self.place:
                    yield start, end


class Places(NamedTuple):
    """The places of names that are taken by whom they are called, and those inside longer names."""

    taken: frozenset[tuple[int, int]]
    covered: frozenset[tuple[int, int]]

    def leaves(self, one: Mention, *, own: bool) -> bool:
        """Whether a mention stands where no longer name does, nor the own one of another."""
        return one.place not in self.covered and (own or one.place not in self.taken)


def places_in(found: Iterable[Iterable[tuple[Mention, bool]]]) -> Places:
    """The places of what was found for each server, and whether it is a name of its own."""
    every = [one for many in found for one in many]
    strong = {one for one, _ in every if not one.generic}
    covered = frozenset(place for one in strong for place in one.inner())
    return Places(frozenset(one.place for one, own in every if own), covered)
