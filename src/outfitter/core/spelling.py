"""Misspelt names in a message, put right where no real word is meant."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from outfitter.core.lexicon import ADDED, DAYS, GENERIC
from outfitter.core.naming import is_ordinary
from outfitter.core.text import tokens

_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[\s-]?")
_PARTS = re.compile(r"[()/|]")
_SHORT, _LONG = 4, 9  # shorter names are found by chance; longer ones may be wrong twice
_SURE = 6  # an everyday word that is also a name needs this many letters and a capital
_MOST_WORDS = 3
_MOST_TEXT = 4_000

# Real words, and names of people, that are one slip away from a name.
_REAL = frozenset(
    "attic analytic brace brake braves bravo braze canvas carva chrome cloudy conference "
    "confidence confluent content contest context decker deep deeply deeps discard discords dock "
    "docked docket dropbear excels excess expel gail grenada granada hobspot jia jura kali kari "
    "lara liner liners mango mercy metal meter metro mira mongol mono nation nations notice "
    "notions papal placid plain plaint played pled postmen powerplant quadrant reader readied reds "
    "redid redial redist reedit regis relics relocate replica resent sack sentinel sheet shack "
    "shotify slack slacks slake slick slacken smack snack stack strata strategy strife "
    "strike strip stripes stripey stripo stripy strips stride strive tears team terms trams "
    "trellis vessel versal vertical wordpad workplace zoo zooms".split()
)
# The words that change a plan are put right as well, but only where letters are missing or swapped.
_COMMANDS = (
    "remove replace delete instead without switch cancel monitor summarize invoice invoices "
    "calendar please with"
).split()


@dataclass(frozen=True, slots=True)
class Respelt:
    """A text with its misspelt names put right, and what was read as what."""

    text: str
    read: Mapping[str, str]


class Spellings:
    """The names of servers as they are written, to be found when they are not quite."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: set[str] = set()
        written: dict[str, str] = {}
        for name in names:
            for part in _PARTS.split(name):
                written |= self._learned(" ".join(part.split()), written)
        self._near: dict[str, list[tuple[str, str]]] = {}
        for one in written.items():
            self._near.setdefault(one[0][0], []).append(one)

    def _learned(self, name: str, before: Mapping[str, str]) -> dict[str, str]:
        """The name by its letters alone, if it can be told from plain words and is new."""
        words = _WORD.findall(name.lower())
        self._known.update(words)
        joined = "".join(words)
        plain = all(one in GENERIC | ADDED | DAYS for one in tokens(name))
        told = len(joined) >= _SHORT and joined.isascii() and not any(map(str.isdigit, name))
        if plain or joined in before or not told:
            return {}
        return {joined: name.capitalize() if name.islower() else name}

    def put_right(self, text: str) -> Respelt:
        """The text with each name that is all but written as it should be."""
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
                spoken = [one.group() for one in run]
                if right := self._meant(spoken, capital=spoken[0][0].isupper() and not first):
                    return count, right
        return 1, _command(found[0].group())

    def _is_known(self, word: str) -> bool:
        return word.lower() in self._known

    def _meant(self, spoken: Sequence[str], *, capital: bool) -> str | None:
        typed = [one.lower() for one in spoken]
        if all(map(self._is_known, typed)) or any(one in _REAL for one in typed):
            return None
        near = [
            written
            for joined, written in self._near.get(typed[0][0], ())
            if self._could_be(written, joined, capital=capital) and _is_nearly(typed, written)
        ]
        ranked = sorted((_strange("".join(typed), one), one) for one in near)
        sure = len(ranked) == 1 or (ranked and ranked[0][0] < ranked[1][0])
        return ranked[0][1] if sure else None

    def _could_be(self, written: str, joined: str, *, capital: bool) -> bool:
        """Whether a name may be meant at all: a plain word only where a capital marks it."""
        return not is_ordinary(tokens(written)) or (capital and len(joined) >= _SURE)


def _is_nearly(typed: Sequence[str], written: str) -> bool:
    """Whether each word is one of the name, and at least one of them all but spelt so."""
    parts = _WORD.findall(written.lower())
    if len(parts) != len(typed):
        return False
    pairs = [pair for pair in zip(typed, parts, strict=True) if pair[0] != pair[1]]
    return all(_slips(*pair) for pair in pairs)


def _slips(typed: str, name: str) -> bool:
    """Whether a few slips of a hand make the name into what was typed.

    A name with an ending is another word, and of four letters only their order may be wrong.

    >>> _slips("notoin", "notion"), _slips("stripey", "stripe"), _slips("telegramm", "telegram")
    (True, False, True)
    """
    if typed == name or abs(len(typed) - len(name)) > 1:
        return False
    if typed.startswith(name) and typed[-1] != name[-1]:
        return False
    if len(name) <= _SHORT:
        return sorted(typed) == sorted(name) and _distance(typed, name) == 1
    return _distance(typed, name) <= (2 if len(name) >= _LONG else 1)


def _strange(typed: str, written: str) -> int:
    """How many letters one has that the other has not."""
    one, two = Counter(typed), Counter(written.lower().replace(" ", ""))
    return ((one - two) | (two - one)).total()


def _command(word: str) -> str | None:
    """The command that a word is but for letters that are missing, doubled or swapped."""
    typed = word.lower()
    for one in _COMMANDS:
        if one[0] != typed[0] or typed == one or len(typed) < _SHORT:
            continue
        swapped = sorted(typed) == sorted(one)
        missing = len(typed) + 1 == len(one) > _SURE
        if (swapped or missing) and _distance(typed, one) == 1:
            return one
    return None


def _distance(one: str, two: str) -> int:
    """How many letters are put in, left out, exchanged, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for place, other in enumerate(two, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other))
            if last and place > 1 and letter == two[place - 2] and one[at - 2] == other:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]
