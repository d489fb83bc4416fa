"""Misspelt and shortened names in a message, put right where no real word is meant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance.OSA import distance

from outfitter.core.words.lexicon import ADDED, DAYS, GENERIC
from outfitter.core.words.naming import PARTS, is_ordinary
from outfitter.core.words.text import tokens
from outfitter.core.words.written import for_short

# A word by itself: no part of an address, a path, a number or a quotation.
_WORD = re.compile(r"(?<![\w@./\\#\"“„«])[^\W\d_]+(?![\w@/\\]|[.:][\w/])")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_APART = re.compile(r"[\s-]?")
_SHORT, _LONG = 4, 9  # shorter names are found by chance; longer ones may be wrong twice
_SURE = 6  # an everyday word that is also a name needs this many letters and a capital
_MOST_WORDS = 3
_MOST_TEXT = 4_000
_REMEMBERED = 2_048

# Real words, and names of people, that are one slip away from a name.
_REAL = frozenset(
    "attic brace brake bravo braze breve carva chrome conference confidence confluent congruence "
    "decker deep deeps discard docked docket expel firma freshness gail hobspot liner mango meter "
    "metro mono nation paid papal placid plain postmen powerplant redid reds reedit regis relocate "
    "replicas resent sack shack shotify slack slick smack snack stack strata stride strife strike "
    "strip stripo strips stripy strive team tears terms tracing trams workplace".split()
)
# The words that change a plan are put right as well, but only where letters are missing or swapped.
_COMMANDS = (
    "remove replace delete instead without switch cancel monitor summarize invoice invoices "
    "calendar please with"
).split()


@dataclass(frozen=True, slots=True)
class Respelt:
    """A text with its names put right, and what was read as what."""

    text: str
    read: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, its words in lower case, and whether those are everyday ones."""

    written: str
    parts: tuple[str, ...]
    everyday: bool


class Spellings:
    """The names of servers as they are written, to be found when they are not quite."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._names: set[str] = set()
        self._near: dict[tuple[str, int, int], dict[tuple[str, ...], Name]] = {}
        # People say the same words over and over.
        self._meant = lru_cache(_REMEMBERED)(self._looked_up)
        for name in names:
            for part in PARTS.split(name):
                self._learn(" ".join(part.split()))

    def _learn(self, name: str) -> None:
        """Know the words of a name, and the name if it can be told from plain words."""
        parts = tuple(_LETTERS.findall(name.lower()))
        self._known.update(parts)
        if not is_ordinary(tokens(name)):
            self._names.add(name.lower())
        letters = "".join(parts)
        plain = all(one in GENERIC | ADDED | DAYS for one in tokens(name))
        if not plain and len(letters) >= _SHORT and letters.isascii() and not _DIGIT.search(name):
            written = name.capitalize() if name.islower() else name
            one = Name(written, parts, everyday=is_ordinary(tokens(name)))
            self._near.setdefault(_kind(parts), {}).setdefault(parts, one)

    def put_right(self, text: str) -> Respelt:
        """The text with each name that is all but written as it should be, or in full."""
        right = self._spelt(text)
        found = [one for one in for_short(right.text, self._names) if self._has(one.name)]
        text, read = right.text, dict(right.read)
        for one in reversed(found):
            read[text[one.start : one.end]] = one.name
            text = f"{text[: one.start]}{one.name}{text[one.end :]}"
        return Respelt(text, read)

    def _has(self, name: str) -> bool:
        return name.lower() in self._names

    def _spelt(self, text: str) -> Respelt:
        """The text with each name as it is spelt."""
        head, tail = text[:_MOST_TEXT], text[_MOST_TEXT:]
        found = list(_WORD.finditer(head))
        pieces: list[str] = []
        read: dict[str, str] = {}
        at = end = 0
        while at < len(found):
            count, right = self._at(head, found[at : at + _MOST_WORDS], first=at == 0)
            if right:
                start, stop = found[at].start(), found[at + count - 1].end()
                pieces += (head[end:start], right)
                read |= {head[start:stop]: right} if right[0].isupper() else {}
                end = stop
            at += count
        return Respelt("".join((*pieces, head[end:], tail)), read)

    def _at(
        self, text: str, found: Sequence[re.Match[str]], *, first: bool
    ) -> tuple[int, str | None]:
        """How many words from here on are a name, and how it is written; longer names first."""
        for count in range(len(found), 0, -1):
            run = found[:count]
            gaps = (text[one.end() : two.start()] for one, two in pairwise(run))
            if all(map(_APART.fullmatch, gaps)):
                spoken = tuple(one.group() for one in run)
                if right := self._meant(spoken, capital=spoken[0][0].isupper() and not first):
                    return count, right
        return 1, _command(found[0].group())

    def _like(self, typed: Sequence[str]) -> Iterator[Name]:
        """The names that begin with the same letter and are about as long."""
        letter, count, length = _kind(typed)
        for near in range(length - 1, length + 2):
            yield from self._near.get((letter, count, near), {}).values()

    def _looked_up(self, spoken: tuple[str, ...], *, capital: bool) -> str | None:
        """What some words are meant to be, where they are all but the name of that."""
        typed = [one.lower() for one in spoken]
        if all(one in self._known for one in typed) or any(one in _REAL for one in typed):
            return None
        near = [
            (_strange(typed, one.parts), one.written)
            for one in self._like(typed)
            if _is_nearly(typed, one.parts)
            # "Excel file" is no slip of "Excel files"
            and not (len(typed) > 1 and (*typed[:-1], f"{typed[-1]}s") == one.parts)
            # a plain word is meant only where a capital marks it
            and (not one.everyday or (capital and len(one.written) >= _SURE))
        ]
        near.sort()
        sure = len(near) == 1 or (near and near[0][0] < near[1][0])
        return near[0][1] if sure else None


def _kind(parts: Sequence[str]) -> tuple[str, int, int]:
    """What a name and a slip of it have in common, but for a letter: first letter and lengths."""
    return parts[0][0], len(parts), len(parts[0])


def _is_nearly(typed: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether each word is one of the name, or all but spelt so."""
    return all(one == two or _slips(one, two) for one, two in zip(typed, parts, strict=True))


def _slips(typed: str, name: str) -> bool:
    """Whether a few slips of a hand make the name into what was typed.

    A name with an ending is another word, and of four letters only their order may be wrong.

    >>> _slips("notoin", "notion"), _slips("stripey", "stripe"), _slips("telegramm", "telegram")
    (True, False, True)
    """
    if typed == name or abs(len(typed) - len(name)) > 1 or typed[0] != name[0]:
        return False
    if typed.startswith(name) and typed[-1] != name[-1]:
        return False
    if len(name) <= _SHORT:
        return sorted(typed) == sorted(name) and distance(typed, name) == 1
    return distance(typed, name) <= (2 if len(name) >= _LONG else 1)


def _strange(typed: Sequence[str], parts: Sequence[str]) -> int:
    """How many letters one has that the other has not."""
    one, two = Counter("".join(typed)), Counter("".join(parts))
    return ((one - two) | (two - one)).total()


def _command(word: str) -> str | None:
    """The command that a word is but for letters that are missing, doubled or swapped."""
    typed = word.lower()
    if typed in _COMMANDS:
        return None
    for one in _COMMANDS:
        if one[0] != typed[0] or len(typed) < _SHORT:
            continue
        swapped = sorted(typed) == sorted(one)
        missing = len(typed) + 1 == len(one) > _SURE
        if (swapped or missing) and distance(typed, one) == 1:
            return one
    return None
