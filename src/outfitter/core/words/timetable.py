"""When a plan is to run, by what its steps say: as `cron` has it, or why it cannot."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from outfitter.core.words.crontab import ZONE, limits, read
from outfitter.core.words.han_times import odd_in_han, times_in_han
from outfitter.core.words.layout import shortened
from outfitter.core.words.moments import says_when, without_moments
from outfitter.core.words.recurring import fields
from outfitter.core.words.vocabulary import COURTESY, SCHEDULE
from outfitter.core.words.wishes import is_only

EVERY_QUARTER_HOUR = "*/15 * * * *"
_LONGEST_QUOTE = 120
# In Chinese work takes more than these characters.
_SHORTEST_WORK = 3
_WAITING = re.compile(
    r"(?:when(?:ever)?|if|as soon as|upon|once (?:an?|the|some\w+|my|our)\b|(?:every|each) time|"
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


_BY_HAND = re.compile(
    r"\b(?:no|without an?|forget the|drop the|remove the|cancel the) (?:fixed )?schedule\b"
    r"|\b(?:run|start|trigger|launch) (?:it|this|them|the agent)(?: \w+)? "
    r"(?:by hand|manually|myself|on demand)\b"
    r"|\bkein(?:en)? zeitplan\b|\b(?:starte|führe) (?:es|ihn|sie) (?:selbst|von hand)\b"
    r"|\b(?:lance|démarre)\w* (?:moi-même|à la main)\b|\blo (?:ejecuto|inicio|lanzo) yo\b"
    r"|手动(?:运行|启动)|不(?:要|用)定时",
    re.IGNORECASE,
)
_BESIDE = frozenset("of course not am pm do this it enough then de a la en".split())


@dataclass(frozen=True, slots=True)
class Timetable:
    """The lines of cron with the words they are made of, and what they leave open.

    `untold` are words of when that no line says, `zone` whose clock the hours are told by where
    that is named, `awaited` what the agent is started again and again to look for, and `by_hand`
    what says that the user starts it.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    zone: str = ""
    awaited: str = ""
    by_hand: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the lines are all that was said, on whichever machine."""
        return not (self.untold or self.zone or self.by_hand)


def timetable(texts: Iterable[str]) -> Timetable:
    """When what the texts say is to happen.

    >>> timetable(["every day at 9 post the news", "not on weekends"]).lines
    {'0 9 * * 1-5': 'every day at 9'}
    >>> timetable(["post it every other Tuesday"]).untold
    ('every other Tuesday',)
    """
    return _timetable(tuple(dict.fromkeys(texts)))


# Each turn of a conversation tells of the same steps again.
@lru_cache(maxsize=1024)
def _timetable(told: tuple[str, ...]) -> Timetable:
    if by_hand := next(filter(starts_by_hand, told), ""):
        return Timetable(by_hand=shortened(by_hand, _LONGEST_QUOTE))
    limited = {text: found for text in told if (found := limits(text))}
    within = {kind: words for found in limited.values() for kind, words in found.items()}
    read_of = {text: _read(text, within) for text in told if text not in limited}
    lines = {line: said for found, _ in read_of.values() for line, said in found.items()}
    odd = (said for _, untold in read_of.values() for said in untold)
    untold = tuple(dict.fromkeys((*odd, *_rivals(read_of))))
    return Timetable(lines, untold, _zone(told, lines)) if lines or untold else _unnamed(told)


def timetable_of(goal: str, steps: Iterable[str]) -> Timetable:
    """When a plan is to run; where its steps do not say, its goal has what they were made of."""
    told = timetable(steps)
    return told if told != Timetable() else timetable([goal])


_Read = tuple[dict[str, str], tuple[str, ...]]


def _read(text: str, within: Mapping[str, Sequence[str]]) -> _Read:
    found, odd = read(text, within)
    return {**dict(times_in_han(text)), **found}, (*odd_in_han(text), *odd)


def _rivals(read_of: Mapping[str, _Read]) -> Iterator[str]:
    """What says a time by itself, beside work that has one: either may be meant."""
    timed = [text for text, (lines, _) in read_of.items() if lines]
    alone = [one for one in timed if _is_time_alone(one)]
    yield from alone if len(alone) < len(timed) else ()


def _is_time_alone(text: str) -> bool:
    in_han = sum(len(said) for _, said in times_in_han(text))
    if in_han:
        return len(text) - in_han < _SHORTEST_WORK
    return is_only(without_moments(text), SCHEDULE, COURTESY, _BESIDE)


def starts_by_hand(text: str) -> bool:
    """Whether a text says that no clock starts the agent.

    >>> starts_by_hand("I'll start it myself"), starts_by_hand("sort it by hand")
    (True, False)
    """
    return _BY_HAND.search(text) is not None


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
