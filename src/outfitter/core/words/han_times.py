"""The times at which a text in Chinese says that something is done again, as `cron` has them."""

import re
from collections.abc import Iterator

_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
_WEEK = "日一二三四五六"
_DAY = rf"(?:周|星期|礼拜)?[{_WEEK}天]"
_PART = r"(?P<part>早上|早晨|上午|凌晨|中午|下午|傍晚|晚上|夜里)?"
_CLOCK = rf"(?P<hour>{_NUMBER})(?: ?点|时|[:\uff1a](?=\d))(?P<minute>半|一刻|三刻|{_NUMBER})?分?"
_AT = re.sub(r"\?P<\w+>", "?:", f"{_PART} ?{_CLOCK}")
_ONE_MORE = re.compile(f"{_PART} ?{_CLOCK}")
_WHEN = re.compile(
    rf"(?:(?:每个?)?(?:(?P<working>工作日)|(?P<weekend>周末))|每个?(?:(?P<daily>天|日)"
    rf"|(?:周|星期|礼拜)(?P<week>[{_WEEK}天](?:[、,\uff0c和及到至]{_DAY})*)"
    rf"|月(?:的)?(?P<month>{_NUMBER})[号日]))"
    r"的? ?(?P<part>早上|早晨|上午|凌晨|中午|下午|傍晚|晚上|夜里)?"
    rf"(?: ?(?P<hour>{_NUMBER})(?: ?点|时|[:\uff1a](?=\d))(?P<minute>半|一刻|三刻|{_NUMBER})?分?)?"
    rf"(?P<more>(?:[、,\uff0c和及]{_AT})*)"
)
_OFTEN = re.compile(rf"每(?:隔)?(?P<count>{_NUMBER})?个?(?:(?P<hours>小时)|分钟)")
# What no line of cron says: every other week, the end of the month, twice a day, once.
_ODD = re.compile(
    rf"每隔一?[天日周年月]个?(?:月|的?(?:星期|周)[{_WEEK}天])?|隔[天日周]|每(?:两|二|三|四|几)个?[天日周年月]月?"
    rf"|每个?(?:天|日|周|月|星期)[两二三四五六\d]次|(?:每个?月)?(?:月底|月末|最后一[天个])(?:工作日)?"
    r"|每个?月(?:的)?第[一二三四]个?(?:星期|周|工作日)[一二三四五六日天]?"
    r"|每个?(?:晚上?|天晚上|天下午)(?![零一二两三四五六七八九十\d])"
    rf"|^(?:改[成到为]?|换[成到]?|还是|要)(?:早上|上午|下午|晚上)?{_NUMBER}点(?:半|{_NUMBER}分?)?[吧。]?$"
    r"|(?:^|[,\uff0c。])(?:今晚|今天|明天|后天|明早)"
)
_HELD_BACK = re.compile(r"(?:不要?|别|除了?|非)$")
_LIMITED = re.compile(r"(?:以外|之外|除外|之前|以前|之后|以后)")
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_LATE = frozenset({"下午", "傍晚", "晚上", "夜里"})
_EARLY = {"": 8, "早上": 8, "早晨": 8, "上午": 8, "中午": 12}
_NOON, _HOURS, _MINUTES = 12, 24, 60


def times_in_han(text: str) -> Iterator[tuple[str, str]]:
    """The lines of cron for the times that a text tells, each with the words that tell it.

    >>> list(times_in_han("每周一早上八点半发日报"))
    [('30 8 * * 1', '每周一早上八点半')]
    """
    odd = [one.span() for one in _ODD.finditer(text)]
    for often in _OFTEN.finditer(text):
        if (line := _divided(often)) and _holds(text, often):
            yield line, often[0]
    for when in _WHEN.finditer(text):
        clocks = [_clock(when), *map(_clock, _ONE_MORE.finditer(when["more"]))]
        is_odd = any(start < when.end() and when.start() < end for start, end in odd)
        if is_odd or not _holds(text, when):
            continue
        told = [one for one in clocks if one]
        for minute in dict.fromkeys(minute for _, minute in told):
            hours = ",".join(str(hour) for hour, at in sorted(told) if at == minute)
            yield f"{minute} {hours} {_days(when)}", when[0]


def odd_in_han(text: str) -> tuple[str, ...]:
    """The words of a text that tell a time which no line of cron can tell.

    >>> odd_in_han("每天两次检查邮件")
    ('每天两次',)
    """
    limited = (one[0] for one in _WHEN.finditer(text) if not _holds(text, one))
    undivided = (one[0] for one in _OFTEN.finditer(text) if not _divided(one))
    return tuple(dict.fromkeys((*(one[0] for one in _ODD.finditer(text)), *limited, *undivided)))


def _holds(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    return not (_HELD_BACK.search(before[-2:]) or _LIMITED.match(after))


def _divided(often: re.Match[str]) -> str:
    """What divides the hour or the day evenly, else nothing."""
    count = _number(often["count"]) if often["count"] else 1
    whole = _HOURS if often["hours"] else _MINUTES
    if not 0 < count < whole or whole % count:
        return ""
    every = "*" if count == 1 else f"*/{count}"
    return f"0 {every} * * *" if often["hours"] else f"{every} * * * *"


def _clock(when: re.Match[str]) -> tuple[int, int] | None:
    """The hour and the minute; eight where only the day is told, nothing where neither is."""
    part = when["part"] or ""
    if when["hour"] is None:
        return (_EARLY[part], 0) if part in _EARLY else None
    hour, minute = _number(when["hour"]), when["minute"]
    if hour < _NOON and (part in _LATE or (part == "中午" and hour < _NOON / 2)):
        hour += _NOON
    past = _PARTS.get(minute or "") or _number(minute or "0")
    return (hour, past) if hour < _HOURS and past < _MINUTES else None


def _days(when: re.Match[str]) -> str:
    if when["month"]:
        return f"{_number(when['month'])} * *"
    if when["working"]:
        return "* * 1-5"
    if when["weekend"]:
        return "* * 0,6"
    if not (told := when["week"]):
        return "* * *"
    days = [_WEEK.index(one.replace("天", "日")) for one in re.findall(f"[{_WEEK}天]", told)]
    if re.search("[到至]", told) and len(days) == 2 and days[0] < days[1]:  # noqa: PLR2004
        return f"* * {days[0]}-{days[1]}"
    return f"* * {','.join(map(str, sorted({*days})))}"


def _number(said: str) -> int:
    """A number below a hundred.

    >>> [_number(one) for one in ("8", "十", "十二", "二十", "三十五")]
    [8, 10, 12, 20, 35]
    """
    if said.isdigit() and said.isascii():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones[-1:], 0)
