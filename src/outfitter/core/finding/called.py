"""Which servers of a shortlist a message calls by name: one for each name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.finding.rivals import preferred
from outfitter.core.words.mentions import Mention
from outfitter.core.words.naming import is_kind, said_names, told_apart
from outfitter.core.words.text import tokens


def one_each(message: str, shortlist: Sequence[Candidate]) -> Iterator[Candidate]:
    """One server for each name in the message."""
    named = [one for one in shortlist if one.named]
    if not named:
        return
    said = said_names(message, [one.server for one in named])
    places = Counter(one for many in said.values() for one in many if not one.generic)
    sharing: dict[Mention, list[Candidate]] = defaultdict(list)
    for one in named:
        for place in said.get(one.server.name, ()):
            sharing[place].append(one)
    stems = tokens(message)
    done: dict[Mention, Candidate] = {}
    # A name that several share means the one of them that is named by itself as well.
    for place in sorted(places, key=lambda one: (places[one], one.start, one.end)):
        alike = sharing[place]
        services = _services(place, alike)
        same = [at for at, one in done.items() if one.server.service in services]
        if same and all(told_apart(stems, place, at) for at in same):
            alike = [one for one in alike if one not in done.values()]
        elif same:
            continue
        if alike:
            done[place] = preferred(alike)
            yield done[place]


def _services(place: Mention, alike: Sequence[Candidate]) -> set[str]:
    """The services that a name may mean; by its own name a server means itself, not its kind."""
    services = {one.server.service for one in alike}
    return services if place.generic else {one for one in services if not is_kind(one)}
