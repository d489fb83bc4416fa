"""The bench itself: one tiny round of it, so that it does not rot."""

import json
from pathlib import Path

import pytest

from bench.goals import Goal, held_against, write_json, write_page
from bench.run import Bench
from bench.stage import staged


@pytest.mark.alone
@pytest.mark.timeout(400)
async def test_a_tiny_round_takes_every_figure_and_keeps_what_no_load_changes() -> None:
    async with staged() as setting:
        bench = Bench(setting, rounds=1, size=1, soak=20, servers=20)
        goals = {one.what: one for one in await bench.run()}

    assert len(goals) == len(held_against({name: [0.0] for name in bench.figures})) == 26
    assert bench.figures["statements"] == [6]
    assert bench.figures["more for ten"] == [0]
    assert bench.figures["transactions"] == [2]
    assert bench.figures["held"] == [0]
    assert set(bench.figures["failed"]) == {0}


def test_a_missed_goal_is_told_in_the_page_and_in_the_figures(tmp_path: Path) -> None:
    goals = [
        Goal("turns", 91, "%", "at least", 90),
        Goal("start", 3.5, "s", "at most", 3),
        Goal("rate", 12.345),
    ]
    write_page(goals, tmp_path / "page.md")
    write_json(goals, {"start": [3, 4]}, tmp_path / "new" / "bench.json")

    told = (tmp_path / "page.md").read_text("utf-8").splitlines()[-3:]
    assert told == [
        "| turns | at least 90 % | 91 % | yes |",
        "| start | at most 3 s | 3.50 s | **no** |",
        "| rate |  | 12.35 |  |",
    ]
    found = json.loads((tmp_path / "new" / "bench.json").read_text("utf-8"))
    assert [one["met"] for one in found["goals"]] == [True, False, True]
    assert found["rounds"] == {"start": [3, 4]}
