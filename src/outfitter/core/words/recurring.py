"""Which days come again, and which of what people say of them is more than a line of cron holds."""

import re
from collections.abc import Iterable

from outfitter.core.words.clocks import NUMBERS

_NUMBER = rf"(?:\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_LONG = r"(?:days?|weeks?|months?|quarters?|years?|tage?n?|wochen?|monate?n?|jahre?|días?|semanas?|"
_LONG += r"mes(?:es)?|jours?|semaines?|mois|\w+days?|\w+tage?n?|mittwoche?n?|"
_LONG += r"mornings?|evenings?|nights?)"
MONTHS = (
    r"(?:jan(?:uary|uar|vier)?|enero|feb(?:ruary|ruar|rero)?|février|mar(?:ch|s|zo)|märz|"
    r"apr(?:il)?|avril|abril|may|mai|mayo|june?i?|juin|junio|july?i?|juillet|julio|"
    r"aug(?:ust)?|août|agosto|sept(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|"
    r"nov(?:ember|embre|iembre)?|de[cz](?:ember)?|décembre|diciembre)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|"
    r"letzte[nrs]?|premier|dernier|primer|último)"
)
_OF = r"(?:and|und|y|et|of|in|the|each|every|del?|du|des|im|jede[ns]|chaque|cada)"
_MONTH_OF_EACH = (
    r"(?:(?:of|in) )?(?:(?:the|each|every|a) |del? |du |des |im |jede[ns] |de (?:chaque|cada) )?"
    r"(?:months?|monats?|mois|mes|quarters?|quartals|years?|jahres|weeks?)"
)
# What a line of cron cannot say: every other week, the last working day, twice a day.
ODD = (
    rf"(?:every|each|jede[nrs]?|alle|cada|chaque|tou(?:te)?s les) "
    rf"(?:other|second|third|zweite[nrs]?|dritte[nrs]?|{_NUMBER}) {_LONG}\b"
    rf"|un[ae]? \w+ (?:sur (?:deux|trois|2|3)|sí y otr[ao] no)\b"
    rf"|(?:on |am |le |el )?(?:(?:every|each|the) )?{_ORDINAL} "
    rf"(?!(?:day|tag|jour|día) )(?:(?!{_OF} )\w+ ){{1,2}}{_MONTH_OF_EACH}\b"
    rf"|(?:on |am |le |el )?(?:the |each |every )?(?:last|letzte[nr]|dernier|último) "
    rf"(?:day|tag|jour|día) {_MONTH_OF_EACH}\b"
    rf"|(?:at |by |am |à la |a )?(?:the |each )?(?:end|ende|fin|final|middle|mitte) "
    rf"(?:of (?:the|each|every) |des |jedes |du |del? |de (?:chaque|cada) )"
    r"(?:months?|monats?|mois|mes|quarters?|years?|weeks?|days?)\b|monatsende\b"
    r"|(?:bi|semi)-?(?:weekly|monthly|annually|yearly)\b|(?:every )?fortnight(?:ly)?\b"
    r"|twice-weekly\b|zweiwöchentlich\b|quincenal(?:mente)?\b"
    r"|(?:every|alle|cada|toutes les) (?:\d+ )?(?:seconds?|sekunden|segundos|secondes)\b"
    r"|in (?:the )?(?:summer|winter|spring|autumn|fall)\b"
    r"|during (?:the )?(?:\w+ )?(?:hours|time|days|season|term|week)\b"
    r"|während (?:der|des) \w+|pendant les heures de bureau|en horario de oficina"
    r"|(?:every |each )?school ?days?\b|(?:every|each) leap \w+\b|no (?:fixed|set) (?:time|hour)\b"
    r"|(?:every |each )?mornings? and (?:evenings?|nights?)\b"
    r"|(?:every )?now and (?:then|again)\b|every so often\b|from time to time\b|occasionally\b"
    r"|(?:half )?(?:an?|one|two|\d+) (?:hours?|minutes?|days?) (?:later|earlier)\b"
)
COUNT = (
    r"(?:twice|thrice|(?:a few|several|two|three|four|five|six) times|\d+ ?(?:times|x))"
    r" (?:an?|per|every|each) (?:day|week|month|year|hour)\b"
    r"|(?:zwei|drei|vier|fünf|sechs)mal (?:täglich|wöchentlich|monatlich|(?:am|pro|die|im|in der) "
    r"(?:tag|woche|monat|stunde))\b"
    r"|(?:deux|trois|quatre|cinq|six|\d+) fois par (?:jour|semaine|mois|heure)\b"
    r"|(?:dos|tres|cuatro|cinco|seis|\d+) veces (?:al|por|a la|cada) (?:día|semana|mes|hora)\b"
    r"|(?:twice|thrice) daily\b"
)
# What comes once, which no line of cron does.
ONCE = (
    r"(?:just |only )?once(?: (?:only|now|more))?(?= ?[,:;.]|$)"
    r"|(?:tonight|today|tomorrow|the day after tomorrow)(?: (?:morning|afternoon|evening|night))?\b"
    r"|(?:this|next) (?:morning|afternoon|evening|night|week|month|year|weekend)\b"
    rf"|in (?:half an|{_NUMBER}) (?:min(?:ute)?s?|hours?|days?|weeks?|months?)\b"
    rf"|(?:on )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?(?:de )?{MONTHS}\b"
    rf"|(?:on )?{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?\b|(?:on )?\d{{4}}-\d\d-\d\d\b"
    r"|(?:on )?new year's (?:day|eve)|(?:on |at )?christmas(?: (?:day|eve))?\b"
    r"|heute(?: (?:abend|nacht|mittag|nachmittag))?\b|morgen früh\b|übermorgen\b"
    rf"|in {_NUMBER} (?:minuten|stunden|tagen|wochen)\b"
    r"|ce soir\b|cette nuit\b|demain(?: matin| soir)?\b|esta (?:noche|tarde)\b|hoy\b"
    rf"|(?:dans|en|dentro de) {_NUMBER} (?:minut[eo]s?|heures?|horas?|jours?|días?)\b"
)
IN_MONTHS = (
    rf"(?:only )?(?:in|im|en) {MONTHS}(?: (?:and|und|y|et) {MONTHS})*\b"
    rf"|(?:only )?(?:from |von |de )?{MONTHS} (?:to|through|thru|bis|à|a) {MONTHS}\b"
)
DATE = (
    r"(?:(?:on|am|le|el(?: día)?) )?(?:the )?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.|er)?(?:,? (?:and|und|y|et) (?:the )?\d{1,2}(?:st|nd|rd|th|\.)?)?|"
    r"first|ersten?|1er|premier|primer)(?: day| tag| jour| día)?"
    r" (?:(?:of )?(?:the|each|every)|jede[ns]|des|im|du|de chaque|de cada|del?) "
    r"(?:months?|monats?|mois|mes)\b"
    r"|on the \d{1,2}(?:st|nd|rd|th)\b|start of (?:the|each|every) month\b"
    r"|(?:at )?(?:the )?(?:start|beginning) of (?:the|each|every) (?:month|week|year|quarter)\b"
)
WEEK = re.compile(
    r"\b(?:(sun|sonnt|dom|dim)|(mon(?!a|t)|montag|lun)|(tue|dien|mart|mard)|(wed|mitt|mié|merc)"
    r"|(thu|donn|jue|jeu)|(fri|frei|vier|vend)|(sat|sams|sonna|sáb|same))\w*",
    re.IGNORECASE,
)
_RANGE = re.compile(r" (?:to|through|thru|till|until|bis|a|à|au) | ?[-\u2013] ?", re.IGNORECASE)
_WEEKEND = re.compile(r"week-?end|wochenende|fin(?:es)? de semana", re.IGNORECASE)
_WORKING = re.compile(
    r"weekday|work|business|werktag|arbeitstag|wochentag|ouvrable|jours? de semaine|laborable|"
    r"hábil",
    re.IGNORECASE,
)
_PERIODS = (
    ("week", re.compile(r"week|woche|wöchentlich|seman|semaine|hebdo", re.IGNORECASE)),
    ("quarter", re.compile(r"quart", re.IGNORECASE)),
    ("month", re.compile(r"month|monat|mois|\bmes\b|mensu", re.IGNORECASE)),
    ("year", re.compile(r"year|jahr|jährlich|annual|\baño", re.IGNORECASE)),
)
_QUARTERS = "1,4,7,10"
_SEVEN = frozenset(range(7))


def days_of_week(said: str) -> frozenset[int]:
    """The days of the week that are named, Sunday being 0; none where none is.

    >>> [sorted(days_of_week(one)) for one in ("Mon, Wed and Fri", "Monday to Friday", "daily")]
    [[1, 3, 5], [1, 2, 3, 4, 5], []]
    """
    named = [int(one.lastindex or 1) - 1 for one in WEEK.finditer(said)]
    if len(named) == 2 and _RANGE.search(said):  # noqa: PLR2004
        first, last = named
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    if named:
        return frozenset(named)
    weekend, working = _WEEKEND.search(said), _WORKING.search(said)
    return frozenset({0, 6} if weekend else {1, 2, 3, 4, 5} if working else ())


def fields(
    days: Iterable[str], dates: Iterable[str], left_out: Iterable[str], months: str
) -> str | None:
    """The day of the month, the month and the days of the week as cron has them, if it can.

    >>> fields(["weekly"], [], [], ""), fields(["every day"], [], ["not on weekends"], "")
    ('* * 1', '* * 1-5')
    """
    days, dates = tuple(days), tuple(dates)
    week = frozenset[int]().union(*map(days_of_week, days))
    period = _period(" ".join((*days, *dates)))
    numbers = _dates(one for one in dates if not re.search("week", one))
    skipped = frozenset[int]().union(*map(days_of_week, left_out))
    if (numbers and (week or skipped)) or (week and period not in {"", "week"}):
        return None
    if period == "week" and not week:
        week = frozenset({1})
    if skipped:
        week = (week or _SEVEN) - skipped
    month, day = _months(months), ",".join(numbers)
    if period in {"month", "quarter", "year"} and not (week or day):
        day = "1"
    if period in {"quarter", "year"}:
        month = _QUARTERS if period == "quarter" else "1"
    return f"{day or '*'} {month} {_written(week)}"


def _period(said: str) -> str:
    return next((name for name, pattern in _PERIODS if pattern.search(_named_out(said))), "")


def _named_out(said: str) -> str:
    """What is said without the words that only look like a period: "weekday", "weekend"."""
    return _WEEKEND.sub(" ", re.sub(r"weekdays?|wochentags?|jours? de semaine", " ", said))


def _dates(dates: Iterable[str]) -> list[str]:
    """The days of the month; the first where the start of one is told."""
    found = {int(day) for one in dates for day in re.findall(r"\d+", one) or ("1",)}
    return [str(one) for one in sorted(found)]


def _months(said: str) -> str:
    told = [_month(one.lower()) for one in re.findall(MONTHS, said, re.IGNORECASE)]
    if len(told) == 2 and _RANGE.search(said):  # noqa: PLR2004
        first, last = told
        told = [(first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1)]
    return ",".join(map(str, sorted({*told}))) or "*"


def _month(name: str) -> int:
    """The number of a month by the letters that tell it from the others in four languages."""
    starts = (
        *(("ja", "en"), ("f",), ("mar", "mär"), ("a[vp]r|abr",), ("ma[iy]",), ("juin|jun",)),
        *(("jul|juil",), ("au", "ao", "ag"), ("s",), ("o",), ("n",), ("d",)),
    )
    return next(at for at, some in enumerate(starts, 1) if re.match("|".join(some), name))


def _written(week: frozenset[int]) -> str:
    if not week or week == _SEVEN:
        return "*"
    told = sorted(week)
    run = told == list(range(told[0], told[-1] + 1)) and len(told) > 2  # noqa: PLR2004
    return f"{told[0]}-{told[-1]}" if run else ",".join(map(str, told))
