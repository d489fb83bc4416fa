"""What each server does in each step of a plan, and by which words that may be meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.plan import Step, together
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import BY_MEANS
from outfitter.core.words.text import stems, words


@dataclass(frozen=True, slots=True)
class Deed:
    """What one server does in one step, and the words by which that may be called.

    A server `is_means` where the step says that it is done with it or through it.
    """

    place: int
    server: str | None
    told: frozenset[str]
    about: frozenset[str]
    is_means: bool

    def spoken_of(self, spoken: frozenset[str]) -> tuple[int, int]:
        """How many of these words the step says, and how many are about its server."""
        return len(spoken & self.told), len(spoken & self.about)


def deeds_of(planned: Sequence[Server], steps: Sequence[Step]) -> Iterator[Deed]:
    """What the servers do, in the order of the steps."""
    servers = {one.name: one for one in planned}
    for place, same in enumerate(together(steps)):
        text = same[0].text
        told, means = stems(words(text)), _means_of(text, planned)
        for step in same:
            server = servers.get(step.server or "")
            names = (server.title, *server.kinds) if server else ()
            about = stems(word for name in names for word in words(name))
            yield Deed(place, step.server, told, about, step.server in means)


def _means_of(text: str, planned: Sequence[Server]) -> frozenset[str]:
    return frozenset(
        name for one in BY_MEANS.finditer(text) for name in said_names(one.group(), planned)
    )
