"""How near each server is to a message: meaning, words and names put together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

from outfitter.core.analysis import Candidate, Hear
from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import without_unknown
from outfitter.core.finding.hearing import Shares, alike, deaf, shares
from outfitter.core.finding.leaning import REMARK
from outfitter.core.finding.rivals import preferred
from outfitter.core.finding.searchable import told_by
from outfitter.core.finding.sought import Sought
from outfitter.core.words.naming import is_ordinary, names_of, said_names
from outfitter.core.words.text import terms, tokens

# For each service the needs that it is known to meet, as numbers.
Met = Mapping[str, frozenset[int]]
NONE_MET: Met = {}

# As BM25 is commonly set.
_K1, _B = 1.2, 0.75
# What each part of the score weighs; docs/selection.md tells how that was chosen.
_WHOLE, _NEED = 0.5, 0.5
_WORDS, _SPOKEN, _PART, _NAME, _GENERIC = 0.07, 0.1, 0.05, 0.3, 0.05
# Without vectors the share of the words that a server knows stands for the meaning.
_WORDS_ALONE = 0.55
# A single word in small letters is no name of a server that is further than this from every part,
# unless it is one of those that are looked after: what these are called is known.
_CALLED = 0.3
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Features:
    """What the ranking sees in a server's own words, whatever is asked.

    `needs` are those that it is known to meet, `speaks` those that its description speaks of.
    """

    terms: Counter[str]
    length: int
    names: tuple[tuple[str, ...], ...]
    spoken: frozenset[str]
    needs: frozenset[int]
    speaks: Shares


@dataclass(frozen=True, slots=True)
class Near:
    """What the database knows of one candidate.

    `cosines` has one for each thing searched for, the best of the server's own vector and its
    tools'; it is empty or all zero where nothing was embedded.
    `features` spares taking the server's words apart again.
    """

    server: Server
    cosines: tuple[float, ...]
    features: Features | None = None

    @property
    def seen(self) -> Features:
        """What the ranking sees in the server."""
        return self.features or features_of(self.server)


def features_of(server: Server, met: Met = NONE_MET, hear: Hear = deaf) -> Features:
    """What the ranking will look at, taken apart once.

    `met` has the needs that services meet, `hear` hears those that a text speaks of.
    """
    needs = met.get(server.name, _NONE) | met.get(server.service, _NONE)
    told = tuple(name for name in names_of(server) if not is_ordinary(name))
    counts = Counter(terms(told_by(server)))
    spoken = frozenset(chain.from_iterable(told))
    speaks = shares(hear(server.description or server.title))
    return Features(counts, counts.total(), told, spoken, needs, speaks)


def rank(
    message: str, sought: Sought, near: Sequence[Near], *, limit: int = 20
) -> tuple[Candidate, ...]:
    """The servers nearest to a message, best first; none that cannot be run.

    Of each service that is named one comes before a second of any other.

    A server's need is the place of the clause, or of the hint behind the clauses, that it is
    nearest to.
    """
    near = [one for one in near if one.server.is_usable]
    seen = [one.seen for one in near]
    lexical = _Lexical(seen)
    servers = [one.server for one in near]
    stems = [one.terms for one in seen]
    message = without_unknown(message, servers, stems)
    whole = lexical.shares(terms(message))
    best = max(whole, default=0.0) or 1.0
    meanings = _meanings(near, sought)
    if not meanings:
        clauses = [without_unknown(one, servers, stems) for one in sought.texts]
        meanings = _by_words(clauses, lexical)
    speaks = shares(sought.hear(message))
    names = _names(message, servers, seen, meanings, wary=sought.asking < REMARK)
    found = []
    told = zip(near, seen, meanings, whole, names, strict=True)
    for one, features, meaning, share, (name, named) in told:
        nearest = max(meaning)
        need = meaning.index(nearest)
        score = _WHOLE * meaning[0] + _NEED * nearest + _WORDS * share / best + name
        score += _SPOKEN * alike(speaks, features.speaks)
        place = sought.places[need]
        found.append(
            Candidate(one.server, score, place, named, features.needs, near=tuple(meaning))
        )
    found.sort(key=lambda one: (-one.score, one.server.name))
    return tuple(needed_first(found, one_of_each_service(found), limit)[:limit])


def one_of_each_service(found: Sequence[Candidate]) -> frozenset[str]:
    """The server to take of each service that is named, of a ranking."""
    alike: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        if one.named:
            alike[one.server.service].append(one)
    return frozenset(preferred(some).server.name for some in alike.values())


def needed_first(found: Sequence[Candidate], needed: Collection[str], most: int) -> list[Candidate]:
    """Those that are needed, however many, and the first of the others while there is room.

    They stay in their order.
    """
    room = max(0, most - len(needed))
    others = [one.server.name for one in found if one.server.name not in needed]
    kept = {*needed, *others[:room]}
    return [one for one in found if one.server.name in kept]


def _meanings(near: Sequence[Near], sought: Sought) -> list[Sequence[float]]:
    """For each server its cosines, or how near it is known to be; empty if nothing was embedded."""
    found: list[Sequence[float]] = [one.cosines for one in near]
    if not all(found) or not any(map(any, found)):
        return []
    met = sought.met
    for at, one in enumerate(near):
        server = one.server
        if not met.isdisjoint((server.name, server.service)):
            nearness = zip(one.cosines, sought.known, strict=True)
            found[at] = [
                max(cosine, known.get(server.name, 0.0), known.get(server.service, 0.0))
                for cosine, known in nearness
            ]
    return found


def _by_words(clauses: Sequence[str], lexical: "_Lexical") -> list[Sequence[float]]:
    """For each server the share of each clause's words that it knows, in place of a cosine."""
    shares = [lexical.shares(terms(one)) for one in clauses]
    return [[_WORDS_ALONE * share for share in row] for row in zip(*shares, strict=True)]


def _names(
    message: str,
    servers: Sequence[Server],
    seen: Sequence[Features],
    meanings: Sequence[Sequence[float]],
    *,
    wary: bool,
) -> list[tuple[float, bool]]:
    """What its name adds to each server, and whether the message names it beyond doubt."""
    far = {
        one.name
        for one, meaning in zip(servers, meanings, strict=True)
        if not one.reviewed and max(meaning) < _CALLED
    }
    said = {
        name: at
        for name, at in said_names(message, servers, wary=wary).items()
        if name not in far or not all(one.may_be_a_word for one in at)
    }
    worth = {
        name: _GENERIC if all(one.generic for one in at) else _NAME for name, at in said.items()
    }
    spoken = frozenset(tokens(message))
    found = []
    for server, features in zip(servers, seen, strict=True):
        sure = worth.get(server.name, 0.0)
        found.append((sure + _PART * _share(features, spoken), sure == _NAME))
    return found


def _share(server: Features, spoken: frozenset[str]) -> float:
    """The share of the words of the best known of a server's names that the message says."""
    if spoken.isdisjoint(server.spoken):
        return 0.0
    return max(sum(part in spoken for part in name) / len(name) for name in server.names)


class _Lexical:
    """BM25 over the texts of the candidates."""

    def __init__(self, texts: Sequence[Features]) -> None:
        self._texts = texts
        self._mean = sum(one.length for one in texts) / max(1, len(texts)) or 1.0

    def shares(self, query: tuple[str, ...]) -> list[float]:
        """The score of each text, as a share of what a text with every word would have."""
        asked = frozenset(query)
        held = [one.terms.keys() & asked for one in self._texts]
        holders = Counter(chain.from_iterable(held))
        weights = {term: self._weight(holders[term]) for term in asked}
        total = sum(weights.values()) or 1.0
        return [
            sum(weights[term] * self._part(text, term) for term in known) / total if known else 0.0
            for text, known in zip(self._texts, held, strict=True)
        ]

    def _weight(self, holders: int) -> float:
        return log(1 + (len(self._texts) - holders + 0.5) / (holders + 0.5))

    def _part(self, text: Features, term: str) -> float:
        count = text.terms[term]
        norm = _K1 * (1 - _B + _B * text.length / self._mean)
        return count * (_K1 + 1) / (count + norm)
