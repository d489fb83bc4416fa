"""Which part of a plan a clause does not want, by what it does and not by a name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.plan import Step, together
from outfitter.core.words.edit_phrases import DENYING
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import BY_MEANS, said
from outfitter.core.words.text import stem, words

# Words that say nothing of what is done, the articles of other languages among them.
_AROUND = frozenset(
    "part parts step thing things stuff bit anymore more instead again all altogether plan now "
    "please after der die das den dem el la le les los las un une una ein eine l".split()
)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What one server does in one step, and the words by which that may be called.

    A server `is_means` where the step says that it is done with it or through it.
    """

    place: int
    server: str | None
    told: frozenset[str]
    about: frozenset[str]
    is_means: bool


def denied(
    clause: str, planned: Sequence[Server], steps: Sequence[Step]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The servers, or else the places of the steps, that a clause says no to.

    All that the clause says must be known of them, or it is a limit: "don't send a text" is about
    the step that sends one, "don't send more than five" is not.
    """
    found = DENYING.match(said(clause))
    spoken = _stems(words(found["what"])) - _AROUND if found else frozenset()
    deeds = list(_deeds(planned, steps))
    known = [one for one in deeds if spoken and spoken <= one.told | one.about]
    return _leaving(_nearest(spoken, known), deeds)


def _deeds(planned: Sequence[Server], steps: Sequence[Step]) -> Iterator[_Deed]:
    servers = {one.name: one for one in planned}
    for place, same in enumerate(together(steps)):
        text = same[0].text
        told, means = _stems(words(text)), _means_of(text, planned)
        for step in same:
            server = servers.get(step.server or "")
            kinds = (server.category, server.title, *server.keywords) if server else ()
            about = _stems(word for kind in kinds for word in words(kind))
            yield _Deed(place, step.server, told, about, step.server in means)


def _means_of(text: str, planned: Sequence[Server]) -> frozenset[str]:
    return frozenset(
        name for one in BY_MEANS.finditer(text) for name in said_names(one.group(), planned)
    )


def _nearest(spoken: frozenset[str], deeds: Sequence[_Deed]) -> list[_Deed]:
    """Those of which most is said, by the words of the step before those of its server.

    Of several servers in one step it is the one that the step is done with.
    """
    said_of = [(len(spoken & one.told), len(spoken & one.about), one.is_means) for one in deeds]
    return [one for one, most in zip(deeds, said_of, strict=True) if most == max(said_of)]


def _leaving(
    meant: Sequence[_Deed], deeds: Sequence[_Deed]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The servers with nothing left to do, or else the steps; nothing where several are meant."""
    places = {one.place for one in meant}
    names = tuple(dict.fromkeys(one.server for one in meant))
    if len(places) > 1 and len(names) > 1:
        return (), ()
    whole = all(one in meant for one in deeds if one.place in places)
    busy = {one.server for one in deeds if one not in meant}
    if None in names or (whole and busy.intersection(names)):
        return (), tuple(sorted(places))
    return tuple(name for name in names if name), ()


def _stems(spoken: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, spoken))
