"""When and how often: the days and the hours that a text names."""

import re
from dataclasses import dataclass

from outfitter.core.words.clocks import BARE_CLOCK, HOURS
from outfitter.core.words.phrases import MORE, WEEKDAY
from outfitter.core.words.vocabulary import ACTION, COURTESY, SCHEDULE, THINKING
from outfitter.core.words.wishes import is_only, is_schedule

# What is longer says more than when.
_LONGEST = 200
_DAY = (
    rf"(?:{WEEKDAY}s?|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b(?!\.\w)|"
    r"(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|"
    r"lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|"
    r"(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?)"
)
_PART = r"(?:mornings?|afternoons?|evenings?|nights?)"
_WORKING = (
    r"(?:weekdays?|work(?:ing)?[ -]?days?|business days?|werktags?|arbeitstag|wochentag|"
    r"jours? ouvrables?|jours? de semaine|días? (?:laborables?|hábil(?:es)?))"
)
_SPAN = (
    rf"(?:{_DAY}|{_PART}|{_WORKING}|weekends?|min(?:ute)?s?|hours?|days?|weeks?|"
    r"months?|quarters?|years?|tag|morgen|abend|nacht|mittag|wochenende|woche|monat|quartal|jahr|"
    r"stunde|día|mañana|tarde|noche|semana|mes|hora|jour|matin|soir|nuit|semaine|mois|heure)"
)
_EACH = (
    r"(?:(?:every|each|jede[nrs]?|cada|chaque)(?: (?:other|single|first|second|third|last|\d+|two|"
    r"three|four|five|six|ten))?|(?:once|twice|\w+ times) (?:an?|per|every|each))"
)
_ALL = (
    rf"(?:todos los (?:días|{_DAY}|meses)(?: laborables| hábiles)?|"
    r"todas las (?:semanas|horas|mañanas|tardes|noches)|"
    rf"tous les (?:jours(?: ouvrables)?|{_DAY}(?: (?:matin|soir)s?)?|matins|soirs|mois)|"
    r"toutes les (?:heures|semaines|nuits)|werktags|wochentags)"
)
_OFTEN = r"(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually)"
_ALWAYS_ADVERB = (
    r"(?:einmal (?:täglich|wöchentlich|(?:am|pro|die|in der|im) (?:tag|woche|monat|quartal|jahr))|"
    r"une fois par (?:jour|semaine|mois)|una vez (?:al|por|a la) (?:día|semana|mes)|"
    r"täglich|wöchentlich|monatlich|jährlich|diariamente|semanalmente|mensualmente|"
    r"quotidiennement|mensuellement)"
)
# "The weekly report" is a thing, but "post it weekly" says how often.
_ADVERB = (
    rf"(?:{_ALWAYS_ADVERB}|{_OFTEN}(?=$|[,.:;!?]| (?:at|on|in|to|instead|please|will do|"
    r"would (?:do|be)|is (?:enough|fine|okay|ok|plenty)|suffices)\b)"
    rf"|(?:^|(?<=[,;] )){_OFTEN}(?= (?:{'|'.join(sorted(ACTION | THINKING))})\b))"
)
_MARKED = (
    rf"(?:(?:on |every )?(?:the )?(?:first|last|\d+(?:st|nd|rd|th))(?: day| {_DAY})? of "
    rf"(?:the|each|every) month|{_EACH} {_SPAN}(?: {_PART})?|{_ALL}|{_ADVERB}(?: on {_DAY})?|"
    rf"(?:from |von |de |du )?{_DAY} (?:to|through|thru|till|until|bis|a|au) {_DAY}|"
    rf"(?:on|next|this|am|el|los|le|les) {_DAY}(?: {_PART})?|{WEEKDAY}s(?: {_PART})?|"
    rf"{WEEKDAY} (?:mornings|afternoons|evenings|nights)|"
    r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)s|"
    rf"(?:on )?(?:weekdays|weekends|workdays|working days|business days)|in the {_PART})"
)
BARE_DAY = rf"{_DAY}(?: {_PART})?"
JOINT = r"(?:,? (?:and|or|to|through|bis|und|y|et|a|au) |, ?| ?[-\u2013&] ?)"
_MORE_DAYS = rf"(?:{JOINT}(?:on |every )?{BARE_DAY})*"
DAYS = re.compile(rf"\b{_MARKED}\b{_MORE_DAYS}", re.IGNORECASE)
# "Mornings" says when; "good morning" does not.
_ANY_DAYS = re.compile(rf"\b(?:{_MARKED}|{BARE_DAY}|{_PART}(?<=s))\b{_MORE_DAYS}", re.IGNORECASE)
_SINGLE = re.compile(rf"{_DAY}(?<!s)(?: {_PART}(?<!s))?{_MORE_DAYS}", re.IGNORECASE)
_ONCE = re.compile(rf"(?:on|next|this) {WEEKDAY}(?: {_PART})?", re.IGNORECASE)
_ANY = rf"(?:[ap]m|{HOURS.pattern}|{_MARKED}|{BARE_DAY}|{_PART}|{BARE_CLOCK})"
_OLD = re.compile(
    r"[,;]? ?\b(?:(?:and|but) )?(?:rather than|instead of|no longer|not|stop(?: \w+ing)?(?: it)?|"
    rf"anstatt|statt|en vez de|au lieu de) (?P<not>{_ANY})(?!\w)"
    rf"|\b(?<=from )(?P<from>{_ANY})(?= to\b)"
    rf"|^(?:(?:hm+|no|well|ok|actually|but),? )*(?P<bad>{_ANY}) "
    r"(?:(?:is|was|'s)(?: just| way)? (?:too \w+|wrong|no good|bad|overkill)|"
    r"(?:doesn't|does not|won't) (?:work|suit)(?: me| us)?)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?:and )?(?:then )?again\b", re.IGNORECASE)
_LONE = re.compile(
    r"(?:(?:ok|no|hm+|well|actually|please|sorry),? )*"
    rf"(?:(?:make|set|change|move) (?:it|that)(?: to)? )?(?P<hour>{BARE_CLOCK})"
    r"(?:,? (?:instead|please|pls|then|rather|better))*",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:until|till|between|before|after|by|since|except|starting|start(?:s|ing)? (?:on|from))\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?),? )*(?:can|could) (?:it|this|that|we|you|the agent)\b",
    re.IGNORECASE,
)
_UNLED = re.compile(r"\d|half\b|halb\b|(?:a )?quarter (?:to|past)\b|viertel\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:um|gegen|à|a las?|around) ", re.IGNORECASE)
_AROUND = frozenset(
    "wants needs likes check only instead rather obviously guess better actually mean meant "
    "works work suits prefer date switch shift push about enough often s "
    "will do does would fine plenty suffices of course sharp exactly reicht genügt basta suffit "
    "d ll re m lieber doch stattdessen mach mejor plutôt".split()
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is to happen: the days and the hours.

    They come beside what was said before where it `adds`, else in the place of it, which may be
    said to be `old`.
    """

    days: str
    hours: str
    old: str
    adds: bool

    @property
    def is_new(self) -> bool:
        """Whether it says when, and not only when no longer."""
        return bool(self.days or self.hours)


def moment(text: str) -> Moment | None:
    """What a text says that tells no more than when, else nothing.

    >>> moment("make it Monday at 8am rather than 9")
    Moment(days='Monday', hours='at 8am', old='9', adds=False)
    """
    if len(text) > _LONGEST:
        return None
    old, rest = _taken(_OLD, text.strip(" .!?"))
    hours, rest = _taken(HOURS, rest)
    days, rest = _taken(_ANY_DAYS, rest)
    said = old or hours or days
    if not said or _ANY_DAYS.search(rest) or _LIMIT.search(rest):
        return None
    known = is_only(MORE.sub(" ", _AGAIN.sub("", rest)), SCHEDULE, COURTESY, _AROUND)
    adds = bool(MORE.search(rest) or _AGAIN.match(rest))
    return Moment(days, hours, old, adds) if known else None


def hour_alone(text: str) -> str:
    """The hour that a text may mean which says no more than a number.

    >>> hour_alone("make it 8 instead"), hour_alone("make it 8 pages")
    ('at 8', '')
    """
    found = _LONE.fullmatch(text.strip(" .!?"))
    return f"at {found['hour']}" if found else ""


def says_when(text: str) -> bool:
    """Whether a text says no more than when, be it only when not.

    >>> says_when("until Friday"), says_when("make it run")
    (True, False)
    """
    rest = _ANY_DAYS.sub(" ", HOURS.sub(" ", text))
    return rest != text and is_schedule(rest) and is_schedule(HOURS.sub(" 1 ", text))


def wishes_when(text: str) -> bool:
    """Whether a text that asks "can it" asks for no more than a time.

    >>> wishes_when("can it be 7am every day?"), wishes_when("is it every day?")
    (True, False)
    """
    return bool(_WISHED.match(text)) and moment(text) is not None


def without_days(text: str) -> str:
    """A text without on which days it is to happen.

    >>> without_days("water my plants every Friday in the garden")
    'water my plants in the garden'
    """
    return " ".join(DAYS.sub(" ", text).split())


def without_moments(text: str) -> str:
    """A text without on which days and at which hours it is to happen.

    >>> without_moments("every Friday at 9 water my plants")
    'water my plants'
    """
    return without_days(HOURS.sub(" ", text))


def recurs(days: str) -> bool:
    """Whether days come again: "every Friday" does, "on Friday" need not."""
    return _ONCE.fullmatch(days) is None


def fitted(new: str, old: str) -> str:
    """A new moment, said the way the old one was where it is no more than a name.

    >>> fitted("Monday", "Every Friday morning"), fitted("8am", "at 9")
    ('Every Monday morning', 'at 8am')
    """
    if _SINGLE.fullmatch(new):
        lead, tail = _around_day(old)
        new = f"{lead}{new}" if re.search(_PART, new, re.IGNORECASE) else f"{lead}{new}{tail}"
    elif _UNLED.match(new):
        led = _LEAD.match(old)
        new = f"{led[0] if led else 'at '}{new}"
    upper = old[:1].isupper() and not re.match(_DAY, old, re.IGNORECASE)
    return new[:1].upper() + new[1:] if upper else new


def _around_day(old: str) -> tuple[str, str]:
    """What stands before the day of a week in a moment, and the part of the day behind it."""
    found = re.search(rf"\b{_DAY}\b(?P<tail> {_PART})?", old, re.IGNORECASE)
    return (old[: found.start()], found["tail"] or "") if found else ("every ", "")


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What is found in a text by the last group or as a whole, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return "", text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return found[found.lastgroup or 0], " ".join(rest.split())
