"""Which servers a message calls by name, and where."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from outfitter.core.catalogue import Server
from outfitter.core.words.lexicon import ADDED, DAYS, GENERIC, ORDINARY
from outfitter.core.words.mentions import Mention, places_in
from outfitter.core.words.text import WORD, parted, stem, stems, tokens
from outfitter.core.words.vocabulary import ACTION, COURTESY, DETERMINER, NO_VERBS, SCHEDULE
from outfitter.core.words.written import as_written

_LONGEST = 5
# Anybody may call a server "Every Morning" or "Save Them".
_EVERYDAY = DAYS | stems(ACTION | COURTESY | DETERMINER | NO_VERBS | SCHEDULE)
_ROW = stems("and or und oder y o et ou plus".split())
# What stands between the names that one title holds.
PARTS = re.compile(r"[()/|]")
_JOINTS = stems("and plus also as well the both our my und y et".split())
_SENTENCE = re.compile(r"[.!?:;\n]\s*")

# Where runs of words stand, by their stems run together, and whether each is written as a name.
_Stretches = Mapping[str, list[tuple[int, int, bool]]]


class _Word(NamedTuple):
    """A stem of a message, and whether it has a capital that no sentence gave it.

    It `begins` or `ends` a word as it is written, or is a part of one, and where it `stops`, a
    punctuation mark or the end of the sentence follows it.
    """

    stem: str
    capital: bool
    begins: bool
    ends: bool
    stops: bool


def said_names(
    message: str, servers: Collection[Server], *, wary: bool = False
) -> dict[str, tuple[Mention, ...]]:
    """For each server that the message names: where, the longest name at a place alone counting.

    To the `wary` a single word is a name only where it is written as one. In a message that writes
    none so, names count where there are two: small talk does not have as many.
    """
    words = tuple(_words(as_written(message)))
    stretches = _stretches(words)
    if wary and (sure := _said_names(words, stretches, servers, wary=True)):
        return sure
    found = _said_names(words, stretches, servers, wary=False)
    places = {one.place for many in found.values() for one in many if not one.generic}
    return found if not wary or len(places) > 1 else {}


def _said_names(
    words: Sequence[_Word], stretches: _Stretches, servers: Collection[Server], *, wary: bool
) -> dict[str, tuple[Mention, ...]]:
    runs = stretches.keys()
    found: dict[str, list[tuple[Mention, bool]]] = {}
    plain: list[tuple[str, Mention]] = []
    for server in servers:
        names = _names_of(server)
        if not runs.isdisjoint(names.keys()):
            found[server.name] = [
                (one, name.own)
                for joined, name in names.items()
                if joined in runs
                for one in _said(name.stems, stretches[joined], wary=wary)
            ]
            plain += ((server.name, one) for one in _everyday(names, stretches))
    for name, one in _in_a_row(plain, found, words):
        found[name].append((one, True))
    # What is looked after gives up no name for a stranger's sake.
    strange = {one.name for one in servers if one.name in found and not one.reviewed}
    known = places_in(many for name, many in found.items() if name not in strange)
    places = places_in(found.values()) if strange else known
    borrowed = _borrowed(words, known.taken) if strange else frozenset()
    kept = {
        name: tuple(
            dict.fromkeys(
                one
                for one, own in many
                if (places if name in strange else known).leaves(one, own=own)
                and (name not in strange or one.is_more_than(borrowed))
            )
        )
        for name, many in found.items()
    }
    return {name: many for name, many in kept.items() if many}


def _borrowed(words: Sequence[_Word], known: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Where nothing stands but known names and what is said around any: "in Gmail", "my Slack"."""
    inside = {at for start, end in known for at in range(start, end)}
    return frozenset(inside.union(at for at, one in enumerate(words) if one.stem in _EVERYDAY))


def names_of(server: Server) -> tuple[tuple[str, ...], ...]:
    """What people may call a server, each name as its stems."""
    return tuple(name.stems for name in _names_of(server).values())


class _Name(NamedTuple):
    """A name as its stems; what is not a server's `own` is what it gives access to."""

    stems: tuple[str, ...]
    own: bool


def _names_of(server: Server) -> Mapping[str, _Name]:
    """The names of a server, each by its stems run together."""
    return _names(server.title, server.name, server.service, tuple(server.aliases))


@lru_cache(maxsize=8192)
def _names(title: str, name: str, service: str, aliases: tuple[str, ...]) -> Mapping[str, _Name]:
    found: dict[str, _Name] = {}
    # "Hosted" says in which form a server comes, not which one it is.
    pieces = [one for one in PARTS.split(title) if not ADDED.issuperset(tokens(one))]
    spoken = (title, f"{title} {name}", *pieces, name, *aliases)
    names = [_Name(form, own=True) for one in spoken for form in _forms_of(one)]
    names += [_Name(tokens(one), own=True) for one in in_its_form(title, name, service)]
    names += [_Name(form, own=False) for form in _forms_of(service) if not is_ordinary(form)]
    for one in names:
        if one.stems:
            found.setdefault("".join(one.stems), one)
    return found


def _forms_of(name: str) -> tuple[tuple[str, ...], ...]:
    """A name as its stems, in full and without what packages add to one."""
    parts = tokens(name)
    return parts, tuple(part for part in parts if part not in ADDED)


def in_its_form(title: str, name: str, service: str) -> tuple[str, ...]:
    """The names of a server with the form in which it comes before or behind them.

    >>> in_its_form("Notion (hosted)", "notion", "notion")[:2]
    ('hosted Notion', 'Notion hosted')
    """
    found = []
    for spoken in (title, name):
        said = WORD.findall(spoken)
        form = list(takewhile(lambda one: stem(one.lower()) in ADDED, reversed(said)))[::-1]
        called = " ".join(said[: len(said) - len(form)])
        if form and called:
            told = " ".join(form)
            found += [f"{told} {called}", f"{called} {told}"]
            found += [f"{told} {service}", f"{service} {told}"]
    return tuple(found)


def _said(
    name: tuple[str, ...], stretches: Iterable[tuple[int, int, bool]], *, wary: bool
) -> Iterator[Mention]:
    plain = all(part in GENERIC for part in name)
    if _is_day(name):
        return
    for start, end, written in stretches:
        generic = plain and not (written and len(name) > 1)
        if written or not (is_ordinary(name) or (wary and len(name) == 1)):
            yield Mention(start, end, generic, marked=written)


def _everyday(names: Mapping[str, _Name], stretches: _Stretches) -> Iterator[Mention]:
    """Where a name stands that is an everyday word and has no capital to tell."""
    for joined, name in names.items():
        if is_ordinary(name.stems) and not GENERIC.issuperset(name.stems):
            for start, end, written in stretches.get(joined, ()):
                if not written or _is_day(name.stems):
                    yield Mention(start, end, generic=False)


def _in_a_row(
    plain: Iterable[tuple[str, Mention]],
    found: Mapping[str, Iterable[tuple[Mention, bool]]],
    words: Sequence[_Word],
) -> Iterator[tuple[str, Mention]]:
    """The everyday words that are names since they stand in a row of names.

    What ends a row is one of it too: "Slack and teams"; a day of the week need not be.
    """
    starts = {one.start for many in found.values() for one, _ in many}
    ends = {one.end for many in found.values() for one, _ in many}
    for name, one in sorted(plain, key=lambda each: each[1].start):
        before, last = words[: one.start][-1:], words[one.end - 1]
        joined = bool(before) and before[0].stem in _ROW
        led = one.start - joined in ends and (joined or before[0].stops)
        joint = words[one.end : one.end + 1]
        follows = bool(joint) and joint[0].stem in _ROW and one.end + 1 in starts
        if led and (follows or (last.stops and not _is_day((last.stem,)))):
            ends.add(one.end)
            yield name, one


def kin_of(names: Collection[str], servers: Collection[Server]) -> frozenset[str]:
    """The other servers of the same services; a service that is a kind of thing makes no kin."""
    mine = {one.service for one in servers if one.name in names}
    services = {one for one in mine if not is_kind(one)}
    kin = (one.name for one in servers if one.service in services)
    return frozenset(kin) - frozenset(names)


def is_kind(service: str) -> bool:
    """Whether a service is a kind of thing that several servers do, as "web search" is."""
    return GENERIC.issuperset(tokens(service))


def told_apart(told: Sequence[str], one: Mention, two: Mention) -> bool:
    """Whether a message names two things of one name in a row: "Slack and the hosted Slack"."""
    first, second = sorted((one, two), key=lambda place: place.start)
    if second.start - first.end > len(_JOINTS):
        return False
    names = frozenset(told[one.start : one.end]), frozenset(told[two.start : two.end])
    joint = frozenset(told[first.end : second.start])
    return bool(joint) and joint <= _JOINTS and (names[0] < names[1] or names[1] < names[0])


def is_ordinary(name: tuple[str, ...]) -> bool:
    """Whether a name is a word of everyday language."""
    return len(name) == 1 and (len(name[0]) == 1 or name[0] in ORDINARY | DAYS)


def _is_day(name: tuple[str, ...]) -> bool:
    """Whether a name is a day of the week, which has a capital anyhow."""
    return len(name) == 1 and name[0] in DAYS


def _stretches(words: Sequence[_Word]) -> _Stretches:
    """Where each run of up to five words stands, and whether it is written as a name."""
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for start, first in enumerate(words):
        # No name is a part of "GitLab".
        if not first.begins:
            continue
        joined = ""
        for end, last in enumerate(words[start : start + _LONGEST], start + 1):
            joined += last.stem
            if last.ends:
                found.setdefault(joined, []).append((start, end, first.capital))
    return found


def _words(message: str) -> Iterator[_Word]:
    for sentence in _SENTENCE.split(message):
        spoken = sentence.replace("_", " ").split()
        for place, word in enumerate(spoken):
            capital = place > 0 and word.strip("\"'([*_")[:1].isupper()
            stops = place == len(spoken) - 1 or not word[-1].isalnum()
            for piece in WORD.findall(parted(word)):
                found = tokens(piece)
                last = len(found) - 1
                yield from (
                    _Word(one, capital, at == 0, at == last, stops and at == last)
                    for at, one in enumerate(found)
                )
