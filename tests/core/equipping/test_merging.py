"""Two changes of one plan, made at the same time, both count."""

from outfitter.core.equipping.merging import merged
from outfitter.core.plan import MOST_STEPS, Choice, Plan, Step


def _plan(*steps: tuple[str, str | None], goal: str = "", **rest: tuple[str, ...]) -> Plan:
    names = dict.fromkeys(server for _, server in steps if server)
    return Plan(
        goal=goal,
        steps=tuple(Step(text=text, server=server) for text, server in steps),
        servers=tuple(Choice(name=name) for name in names),
        **rest,
    )


READ, SAVE, POST, CARD = (
    ("read my mail", "gmail"),
    ("save it", "notion"),
    ("post it", "slack"),
    ("make a card", "trello"),
)
BASE = _plan(READ, SAVE, goal="read and save")


def test_what_each_of_two_messages_adds_is_there() -> None:
    both = merged(BASE, _plan(READ, SAVE, POST, goal="x"), _plan(READ, SAVE, CARD, goal="y"))
    assert both == _plan(READ, SAVE, CARD, POST, goal="read my mail; save it; make a card; post it")


def test_what_either_drops_is_gone() -> None:
    assert merged(BASE, _plan(SAVE), _plan(READ, SAVE, CARD)).names == ("notion", "trello")
    assert merged(BASE, _plan(READ, SAVE, CARD), _plan(SAVE)).names == ("notion", "trello")


def test_the_same_change_counts_once_and_a_server_turned_down_stays_so() -> None:
    same = _plan(READ, POST, declined=("notion",))
    assert merged(BASE, same, same).model_copy(update={"goal": ""}) == same
    assert merged(BASE, same, _plan(READ, SAVE, CARD)).declined == ("notion",)
    assert merged(BASE, same, _plan(READ, SAVE, CARD)).names == ("gmail", "trello", "slack")


def test_what_no_server_does_is_told_of_both() -> None:
    theirs = _plan(READ, SAVE, ("water it", None), uncovered=("water it",))
    mine = _plan(READ, SAVE, ("feed it", None), ("think", None), uncovered=("feed it",))
    assert merged(BASE, theirs, mine).uncovered == ("feed it", "water it")


def test_a_plan_stays_within_its_bounds() -> None:
    theirs = _plan(*((f"their {n}", "slack") for n in range(40)))
    mine = _plan(*((f"my {n}", "trello") for n in range(40)))
    assert len(merged(Plan(), theirs, mine).steps) == MOST_STEPS
