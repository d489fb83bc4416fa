"""What plans say must not get worse."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

import benchmark_data
from benchmark_data import Worded
from listener import Listener
from wording import Fault, faults

Tell = Callable[[str, object], None]
Found = tuple[tuple[Fault, str], ...]


@pytest.mark.parametrize(
    ("source", "floor"),
    [("tuned", 0.7), ("aside", 0.53), ("talks tuned", 0.85), ("talks aside", 0.7)],
)
async def test_a_plan_says_what_is_to_be_done_and_no_more(
    source: str, floor: float, listener: Listener, record_property: Tell
) -> None:
    asked = [one for one in benchmark_data.worded() if one.source == source]
    found = await asyncio.gather(*(_found(listener, one) for one in asked))
    right = sum(not one for one in found) / len(asked)
    record_property(f"plans that say what they should, {source}", round(right, 3))
    kinds = Counter(kind for one in found for kind in {fault for fault, _ in one})
    for kind, count in kinds.most_common():
        record_property(f"{kind.value}, {source}", round(count / len(asked), 3))
    assert right >= floor, [(one.id, it) for one, it in zip(asked, found, strict=True) if it]


async def _found(listener: Listener, talk: Worded) -> Found:
    """What is wrong with the plans of a conversation, turn by turn."""
    heard = await listener.follow(*(one.say for one in talk.turns))
    turns = zip(heard, talk.turns, strict=True)
    return tuple(fault for reading, told in turns for fault in faults(reading.plan, told))
