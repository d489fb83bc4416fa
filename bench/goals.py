"""What is expected of the service, and the tables that say whether it holds."""

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from operator import ge, le
from pathlib import Path
from statistics import median
from typing import Any, Literal, TypeAlias

from rich.console import Console
from rich.table import Table

Bound: TypeAlias = Literal["at most", "at least"] | None
MOST: Bound = "at most"
LEAST: Bound = "at least"
_HOLDS = {MOST: le, LEAST: ge}


@dataclass(frozen=True)
class Goal:
    """A figure, and what it should be; one without a bound is only told."""

    what: str
    measured: float
    unit: str = ""
    bound: Bound = None
    than: float = 0.0

    @property
    def met(self) -> bool:
        """Whether it is as it should be."""
        return self.bound is None or bool(_HOLDS[self.bound](self.measured, self.than))

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """A row of a table: what, goal, measured, met."""
        goal = f"{self.bound} {_told(self.than, self.unit)}" if self.bound else ""
        met = ("yes" if self.met else "**no**") if self.bound else ""
        return self.what, goal, _told(self.measured, self.unit), met


# The noted figure, what it says, which of the rounds counts, its unit, and the goal if it has one.
_WANTED: tuple[tuple[str, str, Callable[[Sequence[float]], float], str, Bound, float], ...] = (
    (
        "share at 0.5 s",
        "turns of 20 clients, of those a model of 0.5 s allows",
        median,
        "%",
        LEAST,
        90,
    ),
    (
        "share at 2.0 s",
        "turns of 20 clients, of those a model of 2 s allows",
        median,
        "%",
        LEAST,
        90,
    ),
    ("failed", "failed requests in all rounds", sum, "", MOST, 0),
    (
        "crowd failed",
        "failed turns of 200 clients at once, model of 2 s, 5 connections",
        sum,
        "",
        MOST,
        0,
    ),
    ("cpu", "processor time of a turn, model of 0 s", median, "ms", None, 0),
    ("least cpu", "processor time of a turn of the limits app", median, "ms", None, 0),
    (
        "embedding cpu",
        "processor time of a turn of the limits app that embeds",
        median,
        "ms",
        None,
        0,
    ),
    ("cpu / least", "a turn's processor time, in turns of the limits app", median, "", None, 0),
    (
        "cpu / embedding",
        "a turn's processor time, in turns of the limits app that embeds",
        median,
        "",
        MOST,
        1.5,
    ),
    ("rate", "turns a second, 10 clients, model of 0 s", median, "", None, 0),
    ("embedding rate", "turns a second of the limits app that embeds", median, "", None, 0),
    ("raw rate", "turns a second of the SQL alone, in asyncpg", median, "", None, 0),
    ("rate / raw", "turns a second, of those of the SQL alone", median, "%", LEAST, 25),
    ("root p95", "`GET /` while 20 chats run, 95 of 100 within", median, "ms", MOST, 50),
    (
        "last / first",
        "last page of a history of 10,000 messages, in times of its first",
        median,
        "",
        MOST,
        1.5,
    ),
    (
        "long / short",
        "first page of 10,000 messages, in times of one of 100",
        median,
        "",
        MOST,
        1.5,
    ),
    ("search", "a search among 5,000 servers, one at a time", median, "ms", MOST, 40),
    ("statements", "SQL statements of a turn", max, "", MOST, 6),
    ("more for ten", "more of them when it is about ten servers", max, "", MOST, 0),
    ("transactions", "transactions of a turn", max, "", MOST, 2),
    ("held", "connections held while the model thinks", max, "", MOST, 0),
    ("start", "from the command to ready", median, "s", MOST, 3),
    ("start cpu", "processor time of that", median, "s", None, 0),
    ("memory", "memory of a worker with the local model", max, "MiB", MOST, 250),
    ("crowd memory", "memory of it after 200 clients at once", max, "MiB", None, 0),
    ("growth", "growth of it over 20,000 turns", max, "%", MOST, 5),
)


def held_against(figures: Mapping[str, Sequence[float]]) -> list[Goal]:
    """What was measured, beside what is wanted."""
    return [
        Goal(what, float(counts(figures[name])), unit, bound, than)
        for name, what, counts, unit, bound, than in _WANTED
        if name in figures
    ]


def show(goals: Sequence[Goal], console: Console) -> None:
    """The table on the console."""
    table = Table("what", "goal", "measured", "met")
    for one in goals:
        table.add_row(*(cell.strip("*") for cell in one.cells))
    console.print(table)


def write_page(goals: Sequence[Goal], path: Path) -> None:
    """The table as a document."""
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "# Speed, measured",
        "",
        f"Written by `make bench` on {day}, Python {platform.python_version()}, {_machine()}.",
        "[performance.md](performance.md) says what is compared and why.",
        "",
        "| what | goal | measured | met |",
        "| --- | --- | --- | --- |",
        *("| " + " | ".join(one.cells) + " |" for one in goals),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_json(goals: Sequence[Goal], figures: dict[str, Any], path: Path) -> None:
    """Everything for a program, with the figures of each round."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = [{**asdict(one), "met": one.met} for one in goals]
    path.write_text(json.dumps({"goals": told, "rounds": figures}, indent=2), encoding="utf-8")


def _told(value: float, unit: str) -> str:
    digits = 0 if value == int(value) or value >= 100 else 2  # noqa: PLR2004
    return f"{value:.{digits}f} {unit}".strip()


def _machine() -> str:
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    load = Path("/proc/loadavg").read_text().split()[0]
    return f"{cores} cores, load {load} at the end"
