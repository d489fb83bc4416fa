"""When a plan is to run, by what its steps say: as `cron` has it, or why it cannot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from outfitter.core.words.crontab import ZONE, left_out, read
from outfitter.core.words.han_times import odd_in_han, times_in_han
from outfitter.core.words.layout import shortened
from outfitter.core.words.moments import says_when
from outfitter.core.words.recurring import fields

EVERY_QUARTER_HOUR = "*/15 * * * *"
_LONGEST_QUOTE = 120
_WAITING = re.compile(
    r"(?:when(?:ever)?|if|as soon as|once (?:an?|the|some\w+|my|our)\b|(?:every|each) time|"
    r"the (?:moment|minute)|on (?:each|every|any|a|new)\b(?! \w*days?\b)|(?:immer )?wenn|sobald|"
    r"falls|jedes mal,? wenn|bei jede[rmn]|cuando|en cuanto|cada vez que|si|quand|lorsque?|"
    r"dès qu|à chaque|chaque fois)\b"
    r"|(?:当|每当|一旦|如果|收到)|[^,\uff0c]{1,30}一有",
    re.IGNORECASE,
)
# "A daily digest" says how often, where nothing else does; "the daily digest" is a thing.
_ADJECTIVE = re.compile(
    r"(?:^|\b(?:an?|une?|eine?n?) )(daily|weekly|monthly|quarterly|yearly|annual|"
    r"(?:täglich|wöchentlich|monatlich)e[nrs]?|(?:résumé|rapport|resumen|informe) "
    r"(?:quotidien|hebdomadaire|mensuel|diario|semanal|mensual)) \w",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The lines of cron with the words they are made of, and what they leave open.

    `untold` are words of when that no line says, `zone` whose clock the hours are told by where
    that is named, `awaited` what the agent is started again and again to look for.
    """

    lines: dict[str, str] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    zone: str = ""
    awaited: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the lines are all that was said, on whichever machine."""
        return not (self.untold or self.zone)


def timetable(texts: Iterable[str]) -> Timetable:
    """When what the texts say is to happen.

    >>> timetable(["every day at 9 post the news", "not on weekends"]).lines
    {'0 9 * * 1-5': 'every day at 9'}
    >>> timetable(["post it every other Tuesday"]).untold
    ('every other Tuesday',)
    """
    told = tuple(dict.fromkeys(texts))
    skipped = tuple(one for one in told if left_out(one))
    lines, untold = dict[str, str](), list[str]()
    for text in told:
        found, odd = ({}, ()) if text in skipped else read(text, skipped)
        lines |= {**dict(times_in_han(text)), **found}
        untold += (*odd_in_han(text), *odd)
    if lines or untold:
        return Timetable(lines, tuple(dict.fromkeys(untold)), _zone(told, lines))
    return _unnamed(told)


def _zone(texts: Iterable[str], lines: dict[str, str]) -> str:
    """Whose clock is named beside an hour, or by itself."""
    said = (*lines.values(), *filter(says_when, texts))
    return next((found[0] for one in said if (found := ZONE.search(one))), "")


def _unnamed(texts: tuple[str, ...]) -> Timetable:
    """What is told of when though no time is: how often, or what it waits for."""
    often = [found[1] for one in texts if (found := _ADJECTIVE.search(one))]
    if often:
        return Timetable({f"0 8 {fields(often, [], [], '')}": often[0]})
    first = texts[0] if texts else ""
    if not _WAITING.match(first):
        return Timetable()
    awaited = shortened(first, _LONGEST_QUOTE)
    return Timetable({EVERY_QUARTER_HOUR: awaited}, awaited=awaited)
