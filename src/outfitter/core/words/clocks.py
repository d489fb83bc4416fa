"""The hours that a text names, in digits or in the words of four languages."""

import re

_ROWS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "une deux trois quatre cinq six sept huit neuf dix onze douze",
)
_MORE = {
    1: "a an ein",
    15: "fifteen fünfzehn quince quinze",
    20: "twenty zwanzig veinte vingt",
    25: "twenty-five fünfundzwanzig",
    30: "thirty dreißig treinta trente",
}
NUMBERS = {said: at for row in _ROWS for at, said in enumerate(row.split(), 1)} | {
    said: at for at, row in _MORE.items() for said in row.split()
}
_HOUR_WORDS = "|".join(sorted({word for row in _ROWS for word in row.split()}))
_WORD = rf"(?:{_HOUR_WORDS})"
_DIGITS = r"\d{1,2}(?:[:.]\d\d)?"
# "At 2k" and "at 2gb" tell no hour.
_AFTER_DIGITS = r"(?![\d%]|(?!(?:[ap]\.?m|uhr|h\d{0,2})(?![^\W\d_]))[a-z])"
_NO_PLURAL = r"(?:das|des|les|las|los|mis|mes|ses|nos|aus|is|as|this|across|always|whats|lies)\b"
# By itself a number is an hour unless it counts something: "9%", "5 emails".
_COUNTING = rf"(?! (?!{_NO_PLURAL})\w+s\b| (?:of|percent|or more)\b)"
BARE_CLOCK = rf"(?:{_DIGITS}{_AFTER_DIGITS}|{_WORD}\b){_COUNTING}"
_AT = r"(?:at|around|um|gegen|ab|a las?|sobre las|à|vers)"
_EXACT = r"(?: (?:around|about|exactly))?"
_FEW = r"(?:five|ten|twenty(?:-five)?|fünf|zehn|zwanzig|\d{1,2} min\w*)"
_LEAD = (
    r"(?:half past|(?<=at )half|halb|(?:a )?quarter (?:past|after|to|before)|viertel (?:nach|vor)|"
    rf"dreiviertel|{_FEW} (?:past|nach|vor)|(?:(?<=at )|(?<=around )){_FEW} to)"
)
_TAIL = r"(?:y media|y cuarto|menos cuarto|et demie|et quart|moins le quart)"
_NAMES = (
    r"(?:noon|midday|midnight|mittags?|mitternachts?|mediodía|medianoche|midi|minuit|"
    r"sunset|sunrise|dusk|dawn)"
)
_NAMED = r"(?:noon|midday|midnight|mitternacht|sunset|sunrise|dusk|dawn)"
_UNIT = rf"(?: ?[ap]\.?m\b| ?(?:o'?clock|uhr|heures?)\b(?: {_TAIL})?| ?h(?:\d\d)?\b| {_TAIL}\b)"
_HOURS = (
    rf"(?:{_AT}{_EXACT} )?"
    rf"(?:{_LEAD} (?:{_DIGITS}{_AFTER_DIGITS}|{_WORD}\b)|(?:{_DIGITS}|\b{_WORD}){_UNIT}|"
    rf"\d{{1,2}}:\d\d\b|[012]\d[0-5]\d (?:hours|h|uhr)\b|{_NAMED}\b)"
    rf"|(?:(?<=time to )|(?:{_AT}{_EXACT}|(?:um|à)) )(?:[012]\d[0-5]\d\b{_COUNTING}|{BARE_CLOCK})"
    r"|(?:à|at|a|al|um|am) (?:midi|minuit|mediodía|medianoche|mittag)\b"
)
HOURS = re.compile(rf"\b(?:{_HOURS})", re.IGNORECASE)
_PART = (
    r"(?:,? (?:(?:in the|de la|du|de l'|am|in der) ?"
    r"(?:morning|afternoon|evening|night|mañana|tarde|noche|matin|soir|après-midi|morgen|abend|"
    r"nachmittag|vormittag|nacht)|at night|tonight|morgens|früh|vormittags|nachmittags|abends|"
    r"nachts))"
)
_JOINT = r"(?:,? (?:and|und|y|et|as well as|&) (?:again |then |also )?|, ?|/)"
# Hours that are told in a row, each with its part of the day.
RUN = re.compile(
    rf"\b(?:{_HOURS}){_PART}?(?:{_JOINT}(?:{_HOURS}|{BARE_CLOCK}){_PART}?){{0,11}}", re.IGNORECASE
)
_CLOCK = re.compile(
    rf"(?:\b(?P<lead>{_LEAD}) )?"
    rf"(?:\b(?P<four>[012]\d[0-5]\d)\b|(?P<hour>\d{{1,2}}|\b{_WORD}\b)"
    rf"(?:[:.]?(?P<minute>(?<=[:.])\d\d)|(?: ?h(?:eures?)? ?(?P<past>\d\d)\b))?"
    rf"(?: ?(?:h|heures?|o'?clock|uhr)\b)?(?: (?P<tail>{_TAIL}))?(?: ?(?P<half>[ap])\.?m\b)?)"
    rf"|\b(?P<name>{_NAMES})\b",
    re.IGNORECASE,
)
LATE = re.compile(
    r"\b(?:afternoon|evening|abend|nachmittag|tarde|noche|soir|après-midi)", re.IGNORECASE
)
_EARLY = re.compile(r"\b(?:morning|mañana|matin|morgen|früh|vormittag)", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:night|nacht)", re.IGNORECASE)
NOON, _MIDNIGHT, _DUSK = 12, 24, 6
_MINUTES = 60
_NAMED_HOURS = {
    **dict.fromkeys(("noon", "midday", "mittag", "mittags", "mediodía", "midi"), NOON),
    **dict.fromkeys(("midnight", "mitternacht", "mitternachts", "medianoche", "minuit"), 0),
}


def clocks(run: str, said: str) -> list[tuple[int, int]]:
    """The hours and minutes of a run in order; none where one of them is no time of a clock.

    >>> clocks("at 6 in the morning and half past 7 in the evening", "")
    [(6, 0), (19, 30)]
    """
    half, found, end = "", set[tuple[int, int]](), len(run)
    for one in reversed([*_CLOCK.finditer(run)]):
        half = (one["half"] or _half(run[one.end() : end]) or half).lower()
        end = one.start()
        found.add(_clock(one, half, said))
    sound = all(0 <= hour < _MIDNIGHT and 0 <= minute < _MINUTES for hour, minute in found)
    return sorted(found) if sound else []


def is_late(said: str, hour: int = _DUSK) -> bool:
    """Whether an hour is one of the second half of the day, by what is said of its part."""
    return bool(LATE.search(said) or (hour >= _DUSK and _NIGHT.search(said)))


def _half(part: str) -> str:
    """Which half of the day stands behind an hour; a night has the end of one and of the next."""
    if LATE.search(part):
        return "p"
    return "a" if _EARLY.search(part) else "n" if _NIGHT.search(part) else ""


def _clock(one: re.Match[str], half: str, said: str) -> tuple[int, int]:
    if one["name"]:
        return _NAMED_HOURS.get(one["name"].lower(), _MIDNIGHT), 0
    if one["four"]:
        return int(one["four"][:2]), int(one["four"][2:])
    told = one["hour"].lower()
    hour = int(told) if told.isdigit() else NUMBERS[told]
    minute = int(one["minute"] or one["past"] or 0) + _offset(one)
    if half in {"a", "p"} and hour <= NOON:
        hour = hour % NOON + (NOON if half == "p" else 0)
    elif half == "n" or not half:
        at_night = half == "n" and hour >= _DUSK
        hour += NOON if hour < NOON and (at_night or (not half and is_late(said, hour))) else 0
    at = hour * _MINUTES + minute
    return at // _MINUTES, at % _MINUTES


def _offset(one: re.Match[str]) -> int:
    """How many minutes past the hour its words put it: "halb acht" is half an hour before."""
    lead, tail = (one["lead"] or "").lower(), (one["tail"] or "").lower()
    first = lead.split(" ")[0]
    if first in {"half", "halb"} or tail.endswith(("media", "demie")):
        return -30 if first == "halb" else 30
    minutes = int(first) if first.isdigit() else NUMBERS.get(first, 15)
    if lead.startswith(("a quarter", "quarter", "viertel", "dreiviertel")):
        minutes = 15
    if not (lead or tail):
        return 0
    before = re.search(r"\b(?:to|before|vor)\b|dreiviertel|menos|moins", f"{lead}{tail}")
    return -minutes if before else minutes
