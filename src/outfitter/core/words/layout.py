"""A message in several lines as the sentences and parts that its layout means."""

import re
from collections.abc import Iterator
from itertools import pairwise
from string import whitespace

from outfitter.core.words.phrases import LEAD_IN
from outfitter.core.words.wishes import is_request, is_schedule

_FENCE = re.compile(r"\s*(?:(`{3,})[^`]*|(~{3,}).*)$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?")
# Items in a row: "first 1) read it 2) save it", "(1) read it, and (2) save it", "step 1: read it".
_IN_A_ROW = tuple(
    re.compile(rf"(?:^|(?<=\s)){mark}\s*(?=[^\W\d_]|[\"'\u201c#@])", re.IGNORECASE)
    for mark in (
        r"\((?P<number>\d{1,2})\)",
        r"(?P<number>\d{1,2})(?:\)|\.(?=\s))",
        r"(?:step|schritt|paso|\u00e9tape) (?P<number>\d{1,2}) ?[:.)-]",
    )
)
# "Shop 1. It sells shoes": such a number counts the thing before it.
_ENDED_BEFORE = re.compile(r"[,;:.!?\u3002\uff1a\uff0c]\s*$")
_JOINTS = frozenset("and then und dann y et puis".split())
_PAUSES = f"{whitespace},;"
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_RULE = re.compile(r"\s*[-=*_]{3,}\s*$")
_INDENT = re.compile(r"\s{2,}\S")
_PLUS_AND_MINUS = frozenset("-+")
_STOPS = r".!?:;\u2026\u3002\uff01\uff1f\uff1a\uff1b"
_ENDED = re.compile(rf"[{_STOPS}][\"')\]]*$")
_MARKED = re.compile(rf"[{_STOPS},\uff0c][\"')\]]*$")
_REGULAR = re.compile(r"(?:hourly|daily|weekly|monthly)\b", re.IGNORECASE)
# What no sentence ends with, and what may belong to a verb: "log in".
_UNFINISHED = re.compile(
    r"(?:,|\b(?:an?|the|my|our|your|his|her|their|to|for|from|with|of|via|into|onto|and|or|than|"
    r"every|each|der|die|das|den|und|oder|für|von|mit|el|la|los|las|de|para|y|le|les|du|des|et|"
    r"pour))$",
    re.IGNORECASE,
)
_HANGING = re.compile(r"\b(?:in|on|at|by|about|as|over|em|en|auf|bei|sur|dans)$", re.IGNORECASE)
_BY_ITSELF = re.compile(
    r"(?:also|then|plus|no|nope|not|don't|dont|do not|without|please|ok(?:ay)?|yes|thanks)\b"
)
# Who breaks lines at a width breaks long ones, whatever comes next.
_WIDTH = 60


def laid_out(message: str) -> str:
    r"""The message with a line for each sentence or part, and without blocks of code.

    >>> laid_out("what time is it in\nTokyo")
    'what time is it in Tokyo'
    """
    lines = [part for line in message.splitlines() for part in _in_a_row(line)]
    if len(lines) < 2:  # noqa: PLR2004
        return message
    prose = list(_prose(lines)) if any(_FENCE.match(one) for one in lines) else lines
    if not any(one.strip() for one in prose):
        prose = [one for one in lines if not _FENCE.match(one)]
    return "\n".join(_parts(list(_titled(prose)))) or message


def _in_a_row(line: str) -> list[str]:
    """The line with items that stand in a row in it as lines of their own.

    >>> _in_a_row("do this: 1) read my mail, and 2) save it")
    ['do this:', '1. read my mail', '2. save it']
    """
    for mark in _IN_A_ROW:
        found = list(mark.finditer(line))
        numbers = [int(one["number"]) for one in found]
        if len(found) < 2 or numbers != list(range(1, len(found) + 1)):  # noqa: PLR2004
            continue
        before = line[: found[0].start()]
        counts = found[0][0].rstrip().endswith(".") and not _ENDED_BEFORE.search(before)
        if before and counts:
            continue
        ends = [*(one.start() for one in found[1:]), len(line)]
        items = [line[one.end() : end] for one, end in zip(found, ends, strict=True)]
        marked = (f"{number}. {_unjoined(one)}" for number, one in enumerate(items, 1))
        return [*filter(None, [before.strip()]), *marked]
    return [line]


def _unjoined(item: str) -> str:
    """An item without what joins it to the next."""
    told = item.strip().rstrip(_PAUSES)
    while (last := "".join(told.rsplit(maxsplit=1)[-1:])).lower() in _JOINTS:
        told = told[: -len(last)].rstrip(_PAUSES)
    return told


def in_one_line(message: str) -> str:
    r"""A message laid out in one line, in which a mark stands wherever a part ends.

    >>> in_one_line("Do this:\nread my mail\nsave it.\nThen stop")
    'Do this: read my mail; save it. Then stop'
    """
    lines = [one.strip() for one in message.splitlines() if one.strip()]
    marked = (one if _MARKED.search(one) else f"{one};" for one in lines[:-1])
    return " ".join([*marked, *lines[-1:]])


def finished(text: str) -> str:
    """A text that was cut short, without what no sentence ends with.

    >>> finished("read the mail and put it in a")
    'read the mail and put it'
    """
    while (shorter := _HANGING.sub("", _UNFINISHED.sub("", text)).rstrip()) != text and shorter:
        text = shorter
    return text


def shortened(text: str, longest: int) -> str:
    """The text; of one that is too long its first words, with a sign that there are more.

    >>> shortened("read the mail and put it in a folder", 30)
    'read the mail and put it …'
    """
    if len(text) <= longest:
        return text
    cut = text[: longest - 2]
    return f"{finished(cut.rpartition(' ')[0] or cut)} …"


def titles(message: str) -> tuple[str, ...]:
    r"""The lines of a message laid out that only stand above what they are about.

    >>> titles("Weekly report:\nread my mail\nsave the invoices:\nto Notion")
    ('Weekly report',)
    """
    lines = message.splitlines()[:-1]
    above = (one.strip().rstrip(":").strip() for one in lines if one.rstrip().endswith(":"))
    return tuple(one for one in above if one and not (is_request(one) or _tells_when(one)))


def _tells_when(line: str) -> bool:
    """Whether a line says when all below it is done; a "weekly report" says what that is."""
    return bool(LEAD_IN.match(line)) and (is_schedule(line) or not _REGULAR.match(line))


def _prose(lines: list[str]) -> Iterator[str]:
    """The lines outside of blocks of code; one that is never closed goes on to the end."""
    mark = ""
    for line in lines:
        fence = _FENCE.match(line)
        if mark:
            closed = line.strip().startswith(mark) and not line.strip().strip(mark[0])
            mark = "" if closed else mark
        elif fence:
            mark = fence[1] or fence[2]
            yield ""
        else:
            yield line


def _titled(lines: list[str]) -> Iterator[str]:
    """The lines, with a colon behind each that stands above a list or is marked as a heading."""
    for line, below in pairwise((*lines, "")):
        above = _ITEM.match(below) and line.strip() and not _ITEM.match(line)
        told = line.rstrip()
        whole = not (_ENDED.search(told) or _UNFINISHED.search(told) or _RULE.match(line))
        yield f"{told}:" if whole and (above or _HEADING.match(line)) else line


def _parts(lines: list[str]) -> list[str]:
    """The lines without what marks them as headings or as items, each sentence in one."""
    # Where both + and - are used, they stand for what is to come in and what is to go.
    bullets = {line.lstrip()[:1] for line in lines if _ITEM.match(line)}
    marks = (_HEADING,) if bullets >= _PLUS_AND_MINUS else (_HEADING, _ITEM)
    parts: list[list[str]] = []
    before = ""
    for line in (_QUOTE.sub("", one) for one in lines):
        mark = next((found for one in marks if (found := one.match(line))), None)
        text = line[mark.end() if mark else 0 :].strip()
        if not text or _RULE.match(line):
            before = ""
            continue
        if before and not mark and _is_broken(before, line):
            parts[-1].append(text)
        else:
            parts.append([text])
        before = "" if _HEADING.match(line) else text
    return [" ".join(one) for one in parts]


def _is_broken(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the one before."""
    text = line.strip()
    if _ENDED.search(before):
        return False
    if _UNFINISHED.search(before):
        return True
    if is_request(text) or LEAD_IN.match(text) or _BY_ITSELF.match(text):
        return False
    small = text[0].islower() or bool(_INDENT.match(line))
    return small or bool(_HANGING.search(before)) or len(before) >= _WIDTH
