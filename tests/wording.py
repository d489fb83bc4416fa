"""How far a plan says what it should: no word lost, no two things in one step, nothing idle."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from benchmark_data import Doing, Told
from outfitter.core.plan import Plan, Step

Faults = Iterator[tuple["Fault", str]]
Places = frozenset[int]


class Fault(StrEnum):
    """What is wrong with the words of a plan."""

    LOST = "words lost"
    TORN = "one thing torn over several steps"
    MERGED = "several things in one step"
    ELSEWHERE = "another server for a step"
    IDLE = "what is nothing to do"
    OPEN = "wrongly called uncovered"
    HIDDEN = "not called uncovered"


def faults(plan: Plan, told: Told) -> tuple[tuple[Fault, str], ...]:
    """What is wrong with the words of a plan, each with the words that show it.

    A step counts once for each server that does it, so that one sentence may be for several.
    """
    whole = " | ".join(one.text.lower() for one in plan.steps)
    uncovered = [one.lower() for one in plan.uncovered]
    return (
        *_of_steps(plan.steps, told.steps, whole),
        *((Fault.LOST, one) for one in told.keeps if one.lower() not in whole),
        *((Fault.IDLE, one) for one in told.never if one.lower() in whole),
        *_of_uncovered(uncovered, told),
    )


def _of_steps(steps: Sequence[Step], expected: Sequence[Doing], whole: str) -> Faults:
    found: list[Places] = []
    for one in expected:
        saying = _saying(steps, one)
        doing = frozenset(at for at in saying if not one.by or steps[at].server in one.by)
        found += [doing or saying] if saying else []
        if not saying:
            torn = all(word.lower() in whole for word in one.says)
            yield Fault.TORN if torn else Fault.LOST, " ".join(one.says)
        elif not doing:
            yield Fault.ELSEWHERE, " ".join(one.says)
    if not _are_apart(found):
        yield Fault.MERGED, whole


def _saying(steps: Sequence[Step], expected: Doing) -> Places:
    """The places of the steps that say all words of what is expected."""
    words = [one.lower() for one in expected.says]
    return frozenset(
        at for at, step in enumerate(steps) if all(one in step.text.lower() for one in words)
    )


def _are_apart(found: Sequence[Places], taken: Places = frozenset()) -> bool:
    """Whether each of them can have a place of its own."""
    if not found:
        return True
    return any(_are_apart(found[1:], taken | {at}) for at in found[0] - taken)


def _of_uncovered(uncovered: Sequence[str], told: Told) -> Faults:
    known = [one.lower() for one in (*told.uncovered, *told.may_be_uncovered)]
    yield from ((Fault.OPEN, text) for text in uncovered if not any(one in text for one in known))
    for one in told.uncovered:
        if not any(one.lower() in text for text in uncovered):
            yield Fault.HIDDEN, one
