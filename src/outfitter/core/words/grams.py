"""Texts as linear models see them: the words and signs of a text, and runs of these."""

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

_SPOKEN = re.compile(r"@\d+|[^\W\d_]+(?:'[a-z]+)?|\d+|[?!.,;:()\-\u2013]+")


def spoken(text: str) -> tuple[str, ...]:
    """The words, numbers, marks of names and punctuation of a text, in order.

    >>> spoken("no, I don't use @1!")
    ('no', ',', 'I', "don't", 'use', '@1', '!')
    """
    return tuple(_SPOKEN.findall(text))


def grams(told: Sequence[str], longest: int) -> Iterator[str]:
    """All runs of up to so many of these.

    >>> list(grams(("mute", "it"), 2))
    ['mute', 'it', 'mute it']
    """
    for length in range(1, longest + 1):
        for at in range(len(told) - length + 1):
            yield " ".join(told[at : at + length])


def place(sign: str, places: int) -> int:
    """Where the weight of a sign stands; two signs may share one."""
    return crc32(sign.encode()) % places
