"""What a message is searched for by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from outfitter.core.analysis import Hear, Told
from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.hearing import deaf
from outfitter.core.finding.leaning import Leaning
from outfitter.core.finding.vectors import Vector
from outfitter.core.words.text import clauses, parts

# From this on a server is wanted though it may be far from every word of the message.
_LIKELY = 0.4


@dataclass(frozen=True, slots=True)
class Sought:
    """A message taken apart: its clauses, what to search for, and a vector for each of that.

    Searched for are its parts and its hints; `places` says which clause each of these belongs to,
    counting the hints behind the clauses. There are no vectors when the embedder is away; words
    and names still find servers then. `known` has for each text the services that meet what it
    leans to, and how near they are; `hear` hears what words tell; `asking` is how surely the
    message asks for what takes a server, 0 where nobody can say; `about` what of the service
    itself it asks about, if it does.
    """

    clauses: tuple[str, ...]
    texts: tuple[str, ...]
    places: tuple[int, ...]
    vectors: Sequence[Vector] = ()
    known: tuple[Mapping[str, float], ...] = ()
    hear: Hear = deaf
    asking: float = 0.0
    about: str = ""

    @property
    def parts(self) -> int:
        """How many of the texts are parts of the message, the whole of it among them."""
        return sum(place < len(self.clauses) for place in self.places)

    @property
    def met(self) -> frozenset[str]:
        """The services that meet anything it may lean to."""
        return frozenset().union(*self.known)

    @property
    def likely(self) -> frozenset[str]:
        """The services that meet a need which the message very likely has."""
        return frozenset(
            name for one in self.known for name, nearness in one.items() if nearness >= _LIKELY
        )

    @property
    def told(self) -> tuple[Told, ...]:
        """What each part tells; that of the whole message only where it has no parts."""
        parts = range(min(1, self.parts - 1), self.parts)
        return tuple(Told(at, self.places[at], self.texts[at], self.hear) for at in parts)

    def leaning(self, found: Leaning) -> "Sought":
        """The same with the vectors of its texts, and what they lean to."""
        return replace(
            self,
            vectors=found.vectors,
            known=found.known,
            asking=found.asking,
            about=found.about,
        )

    def reworded(self, text: str) -> "Sought":
        """The same with the words of another text in place of those that were typed.

        The vectors stay those of what was typed where both have as many clauses and parts: a name
        counts by itself. Where they have not, only that of the whole message stays.
        """
        new = _in_parts(text)
        if (len(new.clauses), new.parts) != (len(self.clauses), self.parts):
            return replace(
                self,
                clauses=new.clauses,
                texts=(text,),
                places=(0,),
                vectors=self.vectors[:1],
                known=self.known[:1],
            )
        kept = slice(self.parts, None)
        return replace(
            self,
            clauses=new.clauses,
            texts=(*new.texts[: new.parts], *self.texts[kept]),
            places=(*new.places[: new.parts], *self.places[kept]),
        )


def taken_apart(message: str, hear: Hear = deaf) -> Sought:
    """What to search for, without vectors yet."""
    told, hints = _in_parts(message), tuple(one.hint for one in implied(message))
    behind = range(len(told.clauses), len(told.clauses) + len(hints))
    texts, places = (*told.texts, *hints), (*told.places, *behind)
    return replace(told, texts=texts, places=places, hear=hear)


def _in_parts(message: str) -> Sought:
    """The same without its hints: to find these takes longer than all the rest."""
    searched, places = zip(*parts(message), strict=True)
    return Sought(clauses(message), searched, places)
