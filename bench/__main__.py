"""`python -m bench`: measure, compare with the goals, and leave with 1 if one is missed."""

import asyncio
import sys

from rich.console import Console
from uvicorn.loops.auto import auto_loop_factory

from bench.goals import Goal, show, write_json, write_page
from bench.run import Bench
from bench.stage import ROOT, staged
from outfitter.adapters import logs

_SOAK = 20_000
PAGE, JSON = ROOT / "docs" / "speed.md", ROOT / ".outfitter" / "bench.json"


async def main(*, soak: int) -> list[Goal]:
    """One run, written down."""
    logs.configure("error")
    async with staged() as setting:
        bench = Bench(setting, rounds=3, size=40, soak=soak)
        goals = await bench.run()
    write_page(goals, PAGE)
    write_json(goals, bench.figures, JSON)
    show(goals, Console())
    return goals


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        found = runner.run(main(soak=_SOAK if "--soak" in sys.argv else 0))
    sys.exit(not all(one.met for one in found))
