"""Messages that only say when something is to happen, which changes the plan's schedule."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby, pairwise

from outfitter.core.plan import Plan, Step
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.retelling import told_anew
from outfitter.core.words.clocks import HOURS
from outfitter.core.words.crontab import ZONE
from outfitter.core.words.moments import (
    DAYS,
    Moment,
    fitted,
    hour_alone,
    moment,
    recurs,
    says_when,
    wishes_when,
    without_moments,
)
from outfitter.core.words.phrases import LEAD_IN, MORE
from outfitter.core.words.timetable import Timetable, starts_by_hand, timetable
from outfitter.core.words.vocabulary import COURTESY
from outfitter.core.words.wishes import bare, is_only, is_request

# "I mean Berlin time", "that's New York time by the way".
_OF_A_ZONE = frozenset("that s is it in i m mean meant this by the way all are of course".split())
_HAPPENS = re.compile(
    r"(?:and |please )?(?:(?:it|this|that|the agent) )?(?:should|must|has to|needs to) "
    r"(?:happen|run|start|work) (?P<when>(?:as soon as|when(?:ever)?|(?:each|every) time) .+)",
    re.IGNORECASE,
)
_SHORT_SPANS = re.compile(r"\b(?:minutes?|hours?|hourly|stunde|hora|heure)\b", re.IGNORECASE)


def retimed(heard: Heard) -> Heard | None:
    """The message without what it only tells of when, and with the plan at that time."""
    plan, told = heard.plan, set[int]()
    if not plan.steps:
        return None
    for places in _runs(heard):
        text = ", ".join(heard.clauses[at] for at in places)
        when = _moment(text, plan)
        later = _at(when, plan, text) if when and when.is_new else None
        if later:
            plan, told = later, told.union(places)
    for place, text in heard.clauses.items():
        if place not in told and (begun := _awaiting(text, plan)):
            plan, told = begun, told | {place}
    return heard.without(told, plan) if told else None


def _awaiting(text: str, plan: Plan) -> Plan | None:
    """The plan that is started by hand, or by what happens where no step tells a time."""
    if starts_by_hand(text):
        return plan.model_copy(update={"steps": (*plan.steps, Step(text=text))})
    found = _HAPPENS.match(text)
    if found is None or timetable(one.text for one in plan.steps) != Timetable():
        return None
    return plan.model_copy(update={"steps": (Step(text=found["when"]), *plan.steps)})


def _runs(heard: Heard) -> Iterator[list[int]]:
    """The clauses that only tell of when, those together that follow one another.

    "Every Monday, post it" tells when it is posted.
    """
    plan = heard.plan
    telling = groupby(heard.clauses, key=lambda at: _moment(heard.clauses[at], plan) is not None)
    runs = [(only_when, list(places)) for only_when, places in telling]
    for (only_when, places), (_, then) in pairwise([*runs, (False, [])]):
        leads = LEAD_IN.match(bare(heard.clauses[places[-1]]))
        if only_when and not (leads and any(map(_asks, (heard.clauses[at] for at in then[:1])))):
            yield places


def _moment(text: str, plan: Plan) -> Moment | None:
    """What a text tells of when, also by a number alone or by whose clock the hours are."""
    zone = ZONE.search(text)
    told = text.replace(zone[0], " ") if zone else text
    hours = {one for step in plan.steps for one in HOURS.findall(step.text)}
    numbers = any(re.search(r"\d", without_moments(step.text)) for step in plan.steps)
    alone = hour_alone(" ".join(told.split())) if hours and not numbers else ""
    when = Moment("", alone, "", adds=False) if alone else moment(told)
    if not zone:
        return when
    if when is None and is_only(told, COURTESY, _OF_A_ZONE) and len(hours) == 1:
        when = Moment("", next(iter(hours)), "", adds=False)
    if when and when.hours and ZONE.search(f"{when.hours} {zone[0]}"):
        return replace(when, hours=f"{when.hours} {zone[0].strip()}")
    return when


def _asks(clause: str) -> bool:
    return is_request(clause) and not MORE.search(clause)


def _at(when: Moment, plan: Plan, text: str) -> Plan | None:
    """The plan with its last schedule told anew, or the one that is spoken of, if it has any.

    Where it has none, what else the text says of when was never said.
    """
    timed = [one.text for one in plan.steps if DAYS.search(one.text) or HOURS.search(one.text)]
    spoken = [one for one in timed if when.old and when.old.lower() in one.lower()]
    again = [one for one in timed if (days := _last(DAYS, one)) and recurs(days)]
    told = next(iter((*spoken[-1:], *again[-1:], *timed[-1:])), None)
    if told is None:
        told_apart = when.old or wishes_when(text) or not says_when(text)
        return _begun(when, plan) if told_apart else None
    changes = _changes(told, when)
    return told_anew(plan, told, lambda said: _changed(said, changes))


def _begun(when: Moment, plan: Plan) -> Plan:
    step = Step(text=f"{when.days} {when.hours}".strip())
    return plan.model_copy(update={"steps": (*plan.steps, step)})


def _changes(text: str, when: Moment) -> dict[str, str]:
    """What is to be said in the place of which moments of a text."""
    old_days, old_hours = _last(DAYS, text), _last(HOURS, text)
    days, hours = _then(when.days, old_days, when), _then(when.hours, old_hours, when)
    if _SHORT_SPANS.search(when.days):
        hours = when.hours
    if old_days and old_hours:
        return {old_days: days, old_hours: hours}
    return {old_days or old_hours: f"{days} {hours}".strip()}


def _then(new: str, old: str, when: Moment) -> str:
    if new and old and when.adds:
        return f"{old} and {new}"
    return fitted(new, old) if new else old


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    return " ".join(text.split()).replace(" ,", ",")


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = [one.group() for one in pattern.finditer(text)]
    return found[-1] if found else ""
