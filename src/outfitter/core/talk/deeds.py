"""What each server does in each step of a plan, and by which words that may be meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.plan import Step, together
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import BY_MEANS
from outfitter.core.words.text import stems, words


@dataclass(frozen=True, slots=True)
class Deed:
    """What one server does in one step, and the words by which that may be called.

    By `about` it is spoken of, by `meant` it is also turned down: "no invoices" is a limit of what
    the Gmail in a step brings. A server `is_means` where the step says that it is done with it or
    through it.
    """

    place: int
    server: str | None
    told: frozenset[str]
    about: frozenset[str]
    meant: frozenset[str]
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
        named = said_names(text, planned)
        for step in same:
            server = servers.get(step.server or "")
            names = (server.title, *server.kinds) if server else ()
            about = _stems_of(names)
            is_means = step.server in means
            by_kind = is_means or step.server not in named
            meant = about if by_kind else _stems_of(names[:2])
            yield Deed(place, step.server, told, about, meant, is_means)


def _stems_of(names: Iterable[str]) -> frozenset[str]:
    return stems(word for name in names for word in words(name))


def _means_of(text: str, planned: Sequence[Server]) -> frozenset[str]:
    return frozenset(
        name for one in BY_MEANS.finditer(text) for name in said_names(one.group(), planned)
    )
