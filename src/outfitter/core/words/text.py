"""Plain text taken apart: the clauses of a message, its content words, and their stems."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

_MOST_CLAUSES, _MOST_PARTS = 100, 11
# One word, as in a list of things, says nothing that a server could do.
_LEAST_WORDS = 2
WORD = re.compile(r"[^\W_]+")
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_HAN = re.compile(rf"[{_CJK}]+|[^{_CJK}]+")
ARROW = r"(?:[\u2192\u21d2\u27a1]\ufe0f?|(?<![-=])[-=]+>)"
_END = r"[.!?;](?=\s|$)|[\u3002\uff01\uff1b\uff1f]|\n+|\s[-\u2013\u2014]\s"
_DAY = r"(?-i:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
# "Mon, Wed and Fri" and "morning and evening" say one thing.
_ROW = (
    rf"(?!(?:(?<=\b{_DAY})|(?<=\b{_DAY} ))(?:,|and\b) ?(?:and )?{_DAY}\b)"
    r"(?!(?<=\bmorning )and evening\b)"
)
_WITHIN = (
    rf"{_ROW}(?::(?=\s|$)|[\u3001\uff0c\uff1a]|(?<!\d),|,(?!\d)|{ARROW}"
    r"|\b(?:and(?! (?:me|us|him|her|them)(?:$|\s*[.,;!?\n]))|then|additionally|as well as|und|dann"
    r"|y|luego|(?-i:et)|puis)\b)"
)
_SENTENCE = re.compile(_END)
_INSIDE = re.compile(_WITHIN, re.IGNORECASE)
_BREAK = re.compile(f"{_END}|{_WITHIN}", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_SEAM = re.compile(rf"(?<=[{_CJK}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_CJK}])")
_SHORTEST, _STEM = 4, 3
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("ers", "er"),
    ("es", ""),
    ("s", ""),
)
_STOP_WORDS = (
    "a an and any are as at be but by can could do does for from get give had has have help hey "
    "hi how i if in into is it its just like me my need of on or our out please she he so "
    "some that the their them then there these they this those to up us use using want was we "
    "were what when where which while who why will with would you your"
)
_STOP = frozenset(_STOP_WORDS.split())


def words(text: str) -> tuple[str, ...]:
    """The content words of a text in lower case; Chinese and Japanese come as pairs of characters.

    >>> words("Save the invoices to Notion"), words("NOTION_TOKEN")
    (('save', 'invoices', 'notion'), ('notion', 'token'))
    """
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        for run in _HAN.findall(word):
            found += _pairs(run) if "\u3040" <= run[0] <= "\u9fff" else [run]
    return tuple(word for word in found if word not in _STOP)


def clauses(message: str) -> tuple[str, ...]:
    """The whole message first, then the parts of it that say one thing each, at most 100.

    >>> clauses("monitor Gmail for invoices and save them to Notion")[1:]
    ('monitor Gmail for invoices', 'save them to Notion')
    """
    whole = one_line(message)
    pieces = _pieces(message)
    return (whole, *_packed(pieces, _MOST_CLAUSES)) if len(pieces) > 1 else (whole,)


def parts(message: str) -> tuple[tuple[str, int], ...]:
    """What to search for: the message and its parts that say enough, with each one's clause.

    A part is a clause together with those beside it that are only a word, as in a list.

    >>> parts("read my mail, chats and tickets. Then save them to Notion")[1:]
    (('read my mail', 1), ('chats and tickets', 2), ('Then save them to Notion', 4))
    """
    found = [part for one in _SENTENCE.split(message) for part in _telling(one) if _pieces(part)]
    if len(found) < 2:  # noqa: PLR2004
        return ((one_line(message), 0),)
    counts = [len(_pieces(part)) for part in found]
    size = _size_of_pack(sum(counts), _MOST_CLAUSES)
    places = [before // size + 1 for before in accumulate(counts, initial=0)]
    texts = _packed([one_line(part).strip(" ,") for part in found], _MOST_PARTS)
    step = _size_of_pack(len(found), _MOST_PARTS)
    return (one_line(message), 0), *zip(texts, places[:-1:step], strict=True)


def parted(text: str) -> str:
    """A text with a space wherever Chinese or Japanese characters meet Latin letters.

    >>> parted("\u4fdd\u5b58\u5230Notion") == "\u4fdd\u5b58\u5230 Notion"
    True
    """
    return _SEAM.sub(" ", text)


def tokens(text: str) -> tuple[str, ...]:
    """Every word of a text as a stem, in order; words run together by capitals are parted.

    >>> tokens("Add rows to GoogleSheets")
    ('add', 'row', 'to', 'googl', 'sheet')
    """
    return tuple(stem(word) for word in WORD.findall(_HUMP.sub(" ", parted(text)).lower()))


def terms(text: str) -> tuple[str, ...]:
    """The stems of the content words of a text, which is what two texts are compared by.

    >>> terms("invoices") == terms("an invoice")
    True
    """
    return tuple(stem(word) for word in words(_HUMP.sub(" ", text)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its English ending, the same for all its forms."""
    if len(word) < _SHORTEST or not word.isascii():
        return word
    for ending, instead in _ENDINGS:
        kept = len(word) - len(ending)
        if word.endswith(ending) and kept >= _STEM and not word.endswith("ss"):
            word = word[:kept] + instead
            break
    if len(word) >= _SHORTEST and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    if len(word) >= _SHORTEST and word[-1] in "ey":
        word = word[:-1] + ("i" if word[-1] == "y" else "")
    return word


def stems(spoken: Iterable[str]) -> frozenset[str]:
    """The words as their stems, each once."""
    return frozenset(map(stem, spoken))


def dashed(text: str) -> str:
    """A text in small letters and digits without marks, with a dash for anything else.

    >>> dashed("Büro: invoices!")
    'buro-invoices-'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)


def one_line(text: str) -> str:
    """The text with one space wherever there was any white space, and none around it."""
    return " ".join(text.split())


def storable(text: str) -> str:
    """The text without what Postgres cannot hold: zero bytes and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _pairs(run: str) -> list[str]:
    """The overlapping pairs of characters in a run without spaces."""
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


def _pieces(text: str) -> list[str]:
    """A text cut wherever it can be."""
    return [one_line(piece) for piece in _BREAK.split(text) if words(piece)]


def _telling(sentence: str) -> Iterator[str]:
    """A sentence, cut wherever what comes before and what comes after say enough."""
    marks = [mark.span() for mark in _INSIDE.finditer(sentence)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(sentence)]
    counts = [_size(sentence[start:end]) for start, end in zip(starts, ends, strict=True)]
    begin, said, left = 0, 0, sum(counts)
    for count, end, after in zip(counts, ends, starts[1:], strict=False):
        said, left = said + count, left - count
        if min(said, left) >= _LEAST_WORDS:
            yield sentence[begin:end]
            begin, said = after, 0
    yield sentence[begin:]


def _size(part: str) -> int:
    """How many words a part has; none if none of them says anything."""
    telling = len(words(part))
    return telling and max(telling, len(WORD.findall(part)))


def _packed(parts: list[str], most: int) -> list[str]:
    """The parts in order, joined with their neighbours until no more than so many are left."""
    size = _size_of_pack(len(parts), most)
    return [", ".join(parts[at : at + size]) for at in range(0, len(parts), size)]


def _size_of_pack(parts: int, most: int) -> int:
    return -(-parts // most)
