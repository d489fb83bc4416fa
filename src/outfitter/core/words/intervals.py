"""What is done again within a day: every so many minutes or hours, between two hours or not."""

import re
from collections.abc import Iterator, Sequence

from outfitter.core.words.clocks import NOON, NUMBERS, clocks

_SPACES = r"\s+"
_COUNTS = "|".join(sorted((one for one in NUMBERS if len(one) > 2), key=len, reverse=True))  # noqa: PLR2004
_HALF = r"half(?: an)?|halbe|media|demie?"
OFTEN = (
    r"(?:hourly|half-hourly|stündlich|halbstündlich)\b|once an hour\b|every quarter of an hour\b"
    r"|(?:tous les|chaque) quarts? d'heure\b|toutes les demi-heures\b"
    r"|(?:every|each|jede|alle|cada|chaque|toutes les) "
    rf"(?:(?:\d+|other|{_COUNTS}|{_HALF})[ -])?"
    r"(?:min(?:ute)?[ns]?|minutos?|hours?|stunden?|viertelstunde|horas?|heures?|hrs?|h)\b"
)
_H = r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b| ?uhr\b| ?h\b| o'clock\b)?|noon|midnight"
WINDOW = (
    rf"(?:from|between|von|zwischen|de|entre) (?:{_H}) "
    rf"(?:and|to|till|until|bis|und|a|y|à|et) (?:{_H})(?!\w| %)"
    rf"|(?<=[a-z] )(?:{_H})[-\u2013](?:{_H})"
)
_MINUTES, _HOURS = 60, 24


def within_a_day(said: str, between: Sequence[str], days: str) -> Iterator[str]:
    """What divides the hour or the day evenly, between two hours where they are told."""
    minutes = _every(said)
    windows = [_window(one) for one in between]
    if not minutes or not all(windows):
        return
    first, last = next(iter(filter(None, windows)), (0, _HOURS - 1))
    if minutes < _MINUTES:
        every = "*" if minutes == 1 else f"*/{minutes}"
        hours = f"{first}-{last - 1}" if last > first + 1 else str(first)
        yield f"{every} {hours if windows else '*'} {days}"
        if windows:
            yield f"0 {last} {days}"
        return
    step = minutes // _MINUTES
    span = f"{first}-{last}" if windows else "*"
    yield f"0 {span}{f'/{step}' if step > 1 else ''} {days}"


def _every(said: str) -> int:
    """How many minutes lie between; nothing where the hour or the day is no multiple of them."""
    told = said.lower()
    if re.search(r"quarts? d'heure|quarter of|viertelstunde", told):
        return 15
    if re.search(r"demi|halbstünd|half-|\b(?:half|halbe|media)\b", told):
        return 30
    word = next((it for it in re.split(_SPACES, told)[1:-1] if it not in {"les", "an"}), "1")
    count = int(word) if word.isdigit() else 2 if word == "other" else NUMBERS.get(word, 0)
    short = re.search(r"min", told) is not None
    whole = _MINUTES if short else _HOURS
    if not 0 < count < whole or whole % count:
        return 0
    return count if short else count * _MINUTES


def _window(said: str) -> tuple[int, int] | None:
    """The first and the last hour; none where they are no whole hours of one day."""
    told = re.findall(rf"(?:{_H})", said, re.IGNORECASE)
    ends = [clocks(one, "") for one in told]
    if len(ends) != 2 or not all(ends) or any(one[0][1] for one in ends):  # noqa: PLR2004
        return None
    (first, _), (last, _) = (one[0] for one in ends)
    if last <= first and last < NOON and not re.search("m$", told[1], re.IGNORECASE):
        last += NOON
    return (first, last) if first < last else None
