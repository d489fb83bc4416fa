"""Keys that line ends broke into pieces: what wraps long lines does so."""

import re
from collections.abc import Iterator
from itertools import accumulate

from outfitter.core.secret_formats import VENDOR, VENDOR_HERE, is_random

# The last word of a line, and lines below that begin with what a key can be made of. A word is
# looked at from its beginning alone.
_BROKEN = re.compile(r"(?<!\S)\S{2,2048}+(?:\r?\n[ \t]{0,8}+[A-Za-z0-9_.~+/=-]{4,256}+){1,32}+")
_PIECE = re.compile(r"\S+")
_ENDS_LINE = re.compile(r"[.,;:)\"'`]{0,2}[ \t]*(?:\r?\n|\Z)")
# A line that holds nothing but what goes on with a key, written in the same letters.
_LINE = re.compile(
    r"\r?\n[ \t]{0,8}(?P<rest>[A-Za-z0-9_+/-]{8,256}+={0,2})(?=[.,;)\"'`]{0,2}[ \t]*(?:\r?\n|\Z))"
)
_HEX = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]+")
_MOST_LINES = 32
# So much of a key shows that it is no row of words or dots.
_TELLING = 16

Span = tuple[int, int]


def broken(text: str) -> Iterator[tuple[str, Span]]:
    """The keys that go on behind a line end, put together, and where they begin and end."""
    for match in _BROKEN.finditer(text) if "\n" in text else ():
        for pieces in _apart(text, match.span()):
            yield from _across(text, pieces)


def going_on(text: str, start: int, end: int) -> int:
    """Where a key of no known form ends that was seen as far as the end of its line."""
    first = text[start:end]
    for _ in range(_MOST_LINES if len(first) >= _TELLING else 0):
        line = _LINE.match(text, end)
        if line is None or not _is_alike(first, line["rest"]):
            break
        end = line.end()
    return end


def _is_alike(first: str, rest: str) -> bool:
    if _HEX.fullmatch(first):
        return bool(_HEX.fullmatch(rest))
    kinds = (str.islower, str.isupper, str.isdigit)
    return all(any(map(kind, one)) for kind in kinds for one in (first, rest))


def _apart(text: str, span: Span) -> Iterator[list[Span]]:
    """The pieces that could be of one key: a line that begins with a key goes on with none."""
    pieces: list[Span] = []
    for piece in (one.span() for one in _PIECE.finditer(text, *span)):
        if VENDOR_HERE.match(text, *piece):
            yield pieces
            pieces = []
        pieces.append(piece)
    yield pieces


def _across(text: str, pieces: list[Span]) -> Iterator[tuple[str, Span]]:
    """The keys that begin in one of the pieces and end in a later one."""
    joined = "".join(text[start:end] for start, end in pieces)
    ends = list(accumulate(end - start for start, end in pieces))
    places = [place for start, end in pieces for place in range(start, end)]
    done = 0
    for found in _begun(joined, ends):
        start = found.start()
        # What begins inside of one was looked at with it.
        if start < done:
            continue
        done = found.end()
        within = [end for end in ends if start < end < found.end()]
        cuts = [*within, found.end()]
        while len(cuts) > 1 and _is_whole_before(text, joined[start : cuts[-1]], places, cuts):
            cuts.pop()
        first = joined[start : cuts[0]]
        if len(cuts) > 1 and (len(first) < _TELLING or is_random(first)) and is_random(found[0]):
            yield joined[start : cuts[-1]], (places[start], places[cuts[-1] - 1] + 1)


def _begun(joined: str, ends: list[int]) -> list[re.Match[str]]:
    """What looks like keys, in order; at the beginning of a line the word before is another."""
    found = [
        *VENDOR.finditer(joined),
        *filter(None, (VENDOR_HERE.match(joined, end) for end in ends)),
    ]
    return sorted(found, key=re.Match.start)


def _is_whole_before(text: str, key: str, places: list[int], cuts: list[int]) -> bool:
    """Whether the last piece is none of the key, which is whole without it, but a word."""
    last = key[cuts[-2] - cuts[-1] :]
    if not VENDOR_HERE.fullmatch(key[: -len(last)]):
        return False
    return not (is_random(last) and _ENDS_LINE.match(text, places[cuts[-1] - 1] + 1))
