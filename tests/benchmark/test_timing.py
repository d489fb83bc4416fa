"""An agent is started when somebody said, and where cron cannot be told, at no other time."""

import asyncio
from collections.abc import Callable

import benchmark_data
from benchmark_data import Timed
from listener import Listener
from outfitter.core.words.timetable import Timetable, timetable_of

Tell = Callable[[str, object], None]


async def test_an_agent_is_started_when_somebody_said_and_at_no_other_time(
    listener: Listener, record_property: Tell
) -> None:
    said = benchmark_data.times()
    tables = await asyncio.gather(*(_table(one, listener) for one in said))
    both = list(zip(said, tables, strict=True))
    missed = [(one.say, one.lines, table) for one, table in both if not _is_right(one, table)]
    wrong = [(say, lines, table) for say, lines, table in missed if table.is_certain]
    right = 1 - len(missed) / len(said)

    record_property("times that are right", round(right, 3))
    record_property("agents started at a wrong time", len(wrong))
    assert right >= 0.94, missed
    assert len(wrong) <= 1, wrong


async def _table(one: Timed, listener: Listener) -> Timetable:
    *_, last = await listener.follow(*one.say)
    return timetable_of(last.plan.goal, (step.text for step in last.plan.steps))


def _is_right(one: Timed, table: Timetable) -> bool:
    left = {
        "untold": table.untold,
        "by_hand": table.by_hand,
        "zone": table.zone,
        "awaited": table.awaited,
        "": table.is_certain and not table.awaited,
    }
    # Where a time is left untold, whatever else was understood waits for it too.
    same = one.left == "untold" or tuple(table.lines) == one.lines
    return bool(left[one.left]) and same
