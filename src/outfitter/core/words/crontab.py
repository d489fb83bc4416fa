"""The times at which a text says that something is done again, as `cron` writes them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from outfitter.core.words.clocks import NUMBERS, RUN, clocks, is_late
from outfitter.core.words.intervals import OFTEN, WINDOW, within_a_day
from outfitter.core.words.moments import BARE_DAY, DAYS, JOINT, recurs, says_when
from outfitter.core.words.recurring import COUNT, DATE, IN_MONTHS, MONTHS, ODD, ONCE, fields
from outfitter.core.words.vocabulary import COURTESY, SCHEDULE
from outfitter.core.words.wishes import is_only

_SKIPPED = (
    r"(?:weekends?|wochenenden?|week-?ends?|fin(?:es)? de semana|(?:bank |public )?holidays?|"
    rf"feiertage?n?|(?:jours )?fériés|festivos|{DAYS.pattern}|(?:\w+(?:day|tag)s?))"
)
_LEFT_OUT = (
    r"(?:except(?: for)?|excluding|excepting|not|never|no|skip|außer|nicht|ausgenommen|sauf|"
    rf"excepto|salvo|pas)(?: (?:on|the|a|at|am|an|le|les|los|el|en))* {_SKIPPED}"
)
_BARE = re.compile(BARE_DAY, re.IGNORECASE)
_BEYOND_A_DAY = re.compile(r"week|month|year|woche|monat|semana|\bmes\b|mois", re.IGNORECASE)
_HOLIDAYS = re.compile(r"holiday|feiertag|férié|festivo", re.IGNORECASE)
# Of whose clock an hour is, where that need not be the clock of the machine.
_ZONE = (
    r"(?:in )?(?-i:(?!My\b|The\b|Local\b)[A-Z][\w.]+(?: [A-Z][\w.]+)?) (?:local )?(?-i:time)\b"
    r"|(?-i:(?:Eastern|Pacific|Central|Mountain)(?: (?:Standard|Daylight))?)(?: (?-i:[Tt]ime))?\b"
    r"|(?-i:UTC|GMT|BST|CES?T|[ECMP][SD]?T|IST|JST|AES?T)(?:[+-]\d+)?\b"
    r"|(?-i:[A-Z]\w+er Zeit|heure d[eu'] ?[A-Z]\w+|hora de [A-Z]\w+)\b"
)
ZONE = re.compile(rf"\b(?:{_ZONE})", re.IGNORECASE)
# As who knows cron writes it.
_WRITTEN = r"(?<!\S)(?:[\d*][\d*,/-]* ){4}[\d*](?:[\d*,/-]*[\d*])?(?![^\s,;:.])"
_KINDS = {
    "written": _WRITTEN,
    "left_out": _LEFT_OUT,
    "odd": ODD,
    "count": COUNT,
    "often": OFTEN,
    "once": ONCE,
    "months": IN_MONTHS,
    "date": DATE,
    "window": WINDOW,
    "days": DAYS.pattern,
    "clock": RUN.pattern,
    "zone": _ZONE,
    "bare": rf"{BARE_DAY}(?:{JOINT}{BARE_DAY})*",
}
# Where no word begins nothing is tried: that is most of a text.
_ANY_KIND = "|".join(rf"(?P<{kind}>(?:{said})(?!\w))" for kind, said in _KINDS.items())
_TOKEN = re.compile(rf"(?<!\w)(?:{_ANY_KIND})", re.IGNORECASE)
_GLUE = re.compile(
    r"(?:[ ,;:()\u2013-]|\b(?:and|but|on|at|in|each|only|both|again|also|am|um|the|starting|always|"
    r"sharp|und|et|y|aber|every|(?:my|our|local) time)\b)*",
    re.IGNORECASE,
)
_HELD_BACK = r"(?:not|never|no|except|skip|without|unless|until|till|between|before|after|since|by)"
_HELD = re.compile(rf"\b{_HELD_BACK}(?: (?:on|at|the|for))?[ ,]*$", re.IGNORECASE)
# "Every day by mail" and "from Gmail" limit nothing.
_LIMITED = re.compile(
    r"[ ,]*(?:but )?(?:(?:not|never|no|except|skip|unless|until|till|between|before|after|since|"
    r"bis|jusqu\w*|hasta)\b|(?:from|by|starting|beginning|ab) (?:on |the |at )*"
    rf"(?:\d|noon\b|midnight\b|next\b|now\b|today\b|tomorrow\b|{BARE_DAY}\b|{MONTHS}\b))",
    re.IGNORECASE,
)
# What is told to happen when something else does, and what has a time of its own.
_EVENT = re.compile(r"(?:when|after|before|as soon as|shortly|right|just|upon)\b", re.IGNORECASE)
_EVENTS = re.compile(r"\b(?:event|meeting|appointment|call)s? $", re.IGNORECASE)
_HELD_NEAR = 40
_HOURS_ALONE = frozenset({"clock", "zone"})
_HOURS = 24
_EIGHT = (8, 0)


@dataclass(slots=True)
class Time:
    """What a text says of when in one place: its words by kind, and where they stand."""

    start: int
    end: int
    parts: dict[str, list[str]] = field(default_factory=dict)

    def has(self, *kinds: str) -> bool:
        """Whether something of these kinds is said."""
        return any(kind in self.parts for kind in kinds)

    def takes(self, kind: str) -> bool:
        """Whether it can hold one more of a kind: a second hour belongs to another time."""
        if kind in {"clock", "often", "count"}:
            return kind not in self.parts
        parted = all(one.lower().startswith("in the ") for one in self.parts.get("days", ()))
        return not (
            kind == "days" and self.has("days", "often") and self.has("clock") and not parted
        )

    def add(self, one: re.Match[str]) -> None:
        """Take in what stands next."""
        self.parts.setdefault(str(one.lastgroup), []).append(one[0])
        self.end = one.end()


def read(
    text: str, limits: Mapping[str, Sequence[str]] | None = None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The lines of cron that a text tells, with their words, and the words of what none can tell.

    `limits` are what was said elsewhere of days and months.

    >>> read("every weekday at half past 7"), read("every other Tuesday")
    (({'30 7 * * 1-5': 'every weekday at half past 7'}, ()), ({}, ('every other Tuesday',)))
    """
    lines, untold = dict[str, str](), list[str]()
    times = _joined(list(_times(text)))
    loose = any(one.has("clock") and not _recurs(one) for one in times)
    loose |= _EVENT.match(text) is not None
    for one in _of_the_work(text, times):
        said = text[one.start : one.end].strip(" ,")
        for kind, words in (limits or {}).items():
            one.parts.setdefault(kind, []).extend(words)
        limited = _LIMITED.match(text, one.end) or _EVENTS.search(_before(text, one))
        found = () if limited else tuple(_lines(one, said, loose=loose))
        lines |= dict.fromkeys(found, said)
        untold += [] if found else [said]
    return lines, tuple(dict.fromkeys(untold))


def limits(text: str) -> dict[str, list[str]]:
    """On which days not, or in which months alone, if a text says no more than that.

    >>> limits("not on weekends"), limits("only in December"), limits("no mails on Sunday")
    ({'left_out': ['not on weekends']}, {'months': ['only in December']}, {})
    """
    times = list(_times(text))
    if len(times) != 1 or not times[0].parts.keys() <= {"left_out", "months"}:
        return {}
    rest = text[: times[0].start] + text[times[0].end :]
    return times[0].parts if is_only(rest, SCHEDULE, COURTESY) else {}


def _times(text: str) -> Iterator[Time]:
    now: Time | None = None
    for one in _TOKEN.finditer(text):
        near = now and _GLUE.fullmatch(text, now.end, one.start())
        if now and near and now.takes(str(one.lastgroup)):
            now.add(one)
            continue
        if now:
            yield now
        now = Time(one.start(), one.end(), {})
        now.add(one)
    if now:
        yield now


def _joined(times: list[Time]) -> list[Time]:
    """The times, one for "at 9 post it every day", which begins with the hour of its days."""
    if len(times) == 2:  # noqa: PLR2004
        first, last = times
        is_hour = first.start == 0 and first.has("clock") and first.parts.keys() <= _HOURS_ALONE
        if is_hour and _on_days(last) and not last.has("clock", "often", "odd"):
            return [Time(first.start, first.end, first.parts | last.parts)]
    return times


def _of_the_work(text: str, times: Sequence[Time]) -> Iterator[Time]:
    """The times at which something is done, without those that are a part of what is done."""
    steady = any(_recurs(one) for one in times)
    whole = bool(times) and says_when(text)
    for one in times:
        held = _HELD.search(_before(text, one))
        leads = whole or one.start == 0
        told = one.has("clock", "once", "bare", "date", "days") and leads and not steady
        if not held and (told or _recurs(one)):
            yield one


def _before(text: str, one: Time) -> str:
    return text[max(0, one.start - _HELD_NEAR) : one.start]


def _recurs(one: Time) -> bool:
    return one.has("written", "often", "count", "odd") or _on_days(one)


def _on_days(one: Time) -> bool:
    dated = one.has("date") and not all(map(_is_single, one.parts["date"]))
    return dated or any(map(recurs, one.parts.get("days", ())))


def _is_single(date: str) -> bool:
    return re.fullmatch(r"on the \d+\w\w", date, re.IGNORECASE) is not None


def _lines(one: Time, said: str, *, loose: bool) -> Iterator[str]:
    """The lines for one time; none where a part of it is more than cron can say.

    A loose hour is told beside no day, and may be that of any.
    """
    days, parts = _fields(one), one.parts
    if written := parts.get("written"):
        yield from written if len(parts) == 1 and "*" in written[0] else ()
        return
    if days is None or one.has("odd", "once"):
        return
    if often := parts.get("often"):
        yield from (
            ()
            if one.has("clock", "count")
            else within_a_day(often[0], parts.get("window", ()), days)
        )
        return
    hours = clocks(parts["clock"][0], said) if one.has("clock") else []
    if one.has("count") and len(hours) != _counted(parts["count"][0]):
        return
    if not one.has("clock") and not (loose or is_late(said) or one.has("window")):
        hours = [_EIGHT]
    for minute in dict.fromkeys(minute for _, minute in hours):
        yield f"{minute} {','.join(str(hour) for hour, at in hours if at == minute)} {days}"


def _fields(one: Time) -> str | None:
    """The day of the month, the month and the days of the week; none where cron has no such."""
    parts = one.parts
    skipped = parts.get("left_out", [])
    if _is_once(parts) or any(map(_HOLIDAYS.search, skipped)):
        return None
    if any(map(_BEYOND_A_DAY.search, parts.get("count", ()))):
        return None
    days = parts.get("days", []) + parts.get("bare", [])
    return fields(days, parts.get("date", []), skipped, " ".join(parts.get("months", ())))


def _is_once(parts: Mapping[str, Sequence[str]]) -> bool:
    """Whether a day or a date of it need not come again."""
    days, dates = parts.get("days", ()), parts.get("date", ())
    if not days and _BARE.fullmatch(" ".join(parts.get("bare", ()))):
        return True
    monthly = any("month" in day.lower() for day in days)
    single = bool(dates) and all(map(_is_single, dates)) and not monthly
    return single or not all(map(recurs, days))


def _counted(said: str) -> int:
    """How many times a day; more than an hour can be told for where the number is not known."""
    first = re.split(r" |(?<=\d)x|mal", said.lower())[0]
    told = int(first) if first.isdigit() else NUMBERS.get(first, _HOURS)
    return 2 if first == "twice" else told
