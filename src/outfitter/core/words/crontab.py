"""The times at which a text says that something is done again, as `cron` writes them."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence

from outfitter.core.words.han_times import times_in_han
from outfitter.core.words.moments import BARE_CLOCK, DAYS, HOURS, says_when

_PART = (
    r"(?:,? (?:in the|de la|du|de l'|am) ?(?:morning|afternoon|evening|mañana|tarde|noche|matin|"
    r"soir|après-midi|abend))?"
)
_RUN = re.compile(
    rf"{HOURS.pattern}"
    rf"(?:(?:,? (?:and|und|y|et) |, ?)(?:{HOURS.pattern}|{BARE_CLOCK})){{0,11}}{_PART}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?m\b)?"
    r"|\b(?P<name>noon|midnight|sun(?:set|rise)|dusk|dawn)\b",
    re.IGNORECASE,
)
_WITHIN_A_DAY = re.compile(
    r"\b(?:(?:hourly|stündlich)\b|(?:every|each|jede|alle|cada|chaque|toutes les) "
    r"(?:(?P<count>\d+|other|two|three|four|six) )?(?:(?P<minutes>min)|hour|stunde|hora|heure)\w*)",
    re.IGNORECASE,
)
_COUNTS = {"other": 2, "two": 2, "three": 3, "four": 4, "six": 6}
_OF_MONTH = re.compile(
    r"(?:on |every )?(?:the )?(?P<day>first|\d+)(?:st|nd|rd|th)?(?: day)? of .*", re.IGNORECASE
)
# What is no rule of the week: once, counted, or on a day that is not told.
_UNTOLD = re.compile(
    r"^(?:next|this|am|el|in the|on \w+day(?!s))\b|\d"
    r"|\b(?:other|first|second|third|last|two|three|four|five|six|ten|times|twice|hour|min|week|"
    r"month|quarter|year|woche|stunde|semana|hora|semaine|heure)"
    r"(?:s|ly|utes?)?\b(?! on )",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:(sund|sonnt|dom|dim)|(monda|montag|lun)|(tues|dien|mart|mard)|(wedn|mitt|mié|merc)"
    r"|(thur|donn|jue|jeu)|(frid|frei|vier|vend)|(satu|sams|sonna|sáb|same))\w*",
    re.IGNORECASE,
)
_RANGE = re.compile(r" (?:to|through) | ?[-\u2013] ?")
_HELD_BACK = r"(?:not|never|no|except|skip|without|unless|until|till|between|before|after|since|by)"
_LEFT_OUT = re.compile(rf"\b{_HELD_BACK}(?: (?:on|at|the|for))?[ ,]*$", re.IGNORECASE)
_LIMITED = re.compile(rf"[ ,]*(?:but )?(?:from|{_HELD_BACK})\b", re.IGNORECASE)
_HELD_NEAR = 40
_LATE = re.compile(r"\b(?:afternoon|evening|abend|tarde|noche|soir|après-midi)", re.IGNORECASE)
_NIGHT = re.compile(r"\bnight", re.IGNORECASE)
_NOON, _MIDNIGHT, _DUSK = 12, 24, 6
_MINUTES = 60
_NAMED = {"noon": _NOON, "midnight": 0}
_EIGHT = (8, 0)


def times(texts: Iterable[str]) -> dict[str, str]:
    """The lines of cron for the times that the texts tell, each with the words that tell it.

    >>> times(["sum up my mail every weekday at 7:30", "at 6pm and 9am post the news"])
    {'30 7 * * 1-5': 'every weekday at 7:30', '0 9,18 * * *': 'at 6pm and 9am'}
    """
    return {line: said for text in texts for line, said in (*times_in_han(text), *_told(text))}


def _told(text: str) -> Iterator[tuple[str, str]]:
    if often := _WITHIN_A_DAY.search(text):
        lines = _within_a_day(often) if _holds(text, *often.span()) else ()
        yield from ((line, often[0]) for line in lines)
        return
    runs = list(_RUN.finditer(text))
    near = _neighbours(runs)
    days = [one for one in DAYS.finditer(text) if not any(_within(one, run) for run in near(one))]
    leads = runs and (runs[0].start() == 0 or says_when(text))
    if leads and not days and not _WEEK.search(text):
        yield from _lines(text, runs[0].span(), "* * *", runs[0][0])
    for day in days:
        run = next((one for one in near(day) if _beside(text, day, one)), None)
        start = min(one.start() for one in (day, run) if one)
        end = max(one.end() for one in (day, run) if one)
        yield from _lines(text, (start, end), _days(day[0]), run[0] if run else "")


def _neighbours(
    runs: Sequence[re.Match[str]],
) -> Callable[[re.Match[str]], Sequence[re.Match[str]]]:
    """What gives the hours that begin last before a day and first after it."""
    starts = [one.start() for one in runs]

    def near(day: re.Match[str]) -> Sequence[re.Match[str]]:
        at = bisect(starts, day.start())
        return runs[max(0, at - 1) : at + 1]

    return near


def _within(day: re.Match[str], run: re.Match[str]) -> bool:
    return run.start() <= day.start() and day.end() <= run.end()


def _beside(text: str, day: re.Match[str], run: re.Match[str]) -> bool:
    """Whether nothing stands between a day and the hours of it."""
    first, last = sorted((day.span(), run.span()))
    return first[1] <= last[0] and not text[first[1] : last[0]].strip(" ,")


def _holds(text: str, start: int, end: int) -> bool:
    """Whether a time is one at which something is done, and nothing limits it."""
    before = text[max(0, start - _HELD_NEAR) : start]
    return not (_LEFT_OUT.search(before) or _LIMITED.match(text, end))


def _within_a_day(often: re.Match[str]) -> Iterator[str]:
    """What divides the hour or the day evenly."""
    told = (often["count"] or "1").lower()
    count = _COUNTS.get(told) or int(told)
    if not 0 < count < (_MINUTES if often["minutes"] else _MIDNIGHT):
        return
    every = "*" if count == 1 else f"*/{count}"
    if often["minutes"] and _MINUTES % count == 0:
        yield f"{every} * * * *"
    elif not often["minutes"] and _MIDNIGHT % count == 0:
        yield f"0 {every} * * *"


def _lines(text: str, span: tuple[int, int], days: str, run: str) -> Iterator[tuple[str, str]]:
    """A line for all hours that share a minute."""
    said = text[slice(*span)]
    if not days or not _holds(text, *span):
        return
    clocks = _clocks(run, said) if run else [] if _is_late(_DUSK, said) else [_EIGHT]
    for minute in dict.fromkeys(minute for _, minute in clocks):
        hours = ",".join(str(hour) for hour, at in clocks if at == minute)
        yield f"{minute} {hours} {days}", said


def _clocks(run: str, said: str) -> list[tuple[int, int]]:
    """The hours and minutes in order; none where one of them is no time of a clock."""
    half, clocks = "", set[tuple[int, int]]()
    for one in reversed([*_CLOCK.finditer(run)]):
        half = (one["half"] or half).lower()
        hour = int(one["hour"] or _NAMED.get(str(one["name"]).lower(), _MIDNIGHT))
        if half and hour <= _NOON:
            hour = hour % _NOON + (_NOON if half == "p" else 0)
        elif one["hour"] and not half and hour < _NOON and _is_late(hour, said):
            hour += _NOON
        clocks.add((hour, int(one["minute"] or 0)))
    sound = all(hour < _MIDNIGHT and minute < _MINUTES for hour, minute in clocks)
    return sorted(clocks) if sound else []


def _is_late(hour: int, said: str) -> bool:
    """Whether an hour is one of the second half of the day, by what is said of its part."""
    return bool(_LATE.search(said) or (hour >= _DUSK and _NIGHT.search(said)))


def _days(said: str) -> str:
    """The day of the month, the month and the days of the week; empty where cron has no such."""
    if (found := _OF_MONTH.fullmatch(said)) and not _WEEK.search(said):
        day = found["day"]
        return f"{int(day) if day.isdigit() else 1} * *"
    if _UNTOLD.search(said):
        return ""
    named = [int(one.lastindex or 1) - 1 for one in _WEEK.finditer(said)]
    if len(named) == 2 and _RANGE.search(said) and named[0] < named[1]:  # noqa: PLR2004
        return f"* * {named[0]}-{named[1]}"
    if named:
        return f"* * {','.join(map(str, sorted({*named})))}"
    weekend = re.search("weekend", said, re.IGNORECASE)
    working = re.search("weekdays?|working", said, re.IGNORECASE)
    return "* * 0,6" if weekend else "* * 1-5" if working else "* * *"
