"""`outfitter doctor` as a process, and what it says of each part."""

import asyncio
import re
from pathlib import Path

from programs.processes import run_command


async def examined(home: Path, **settings: str) -> tuple[int, dict[str, str], dict[str, str]]:
    """The exit code, what is fit and what is to be mended, each a line by its part."""
    done = await asyncio.to_thread(run_command, home, "doctor", **settings)
    assert done.stderr == ""
    lines = [re.fullmatch(r" +(ok|MEND)  (\S+) +(\S.*)", one) for one in done.stdout.splitlines()]
    found = [one.groups() for one in lines if one]
    assert len(found) == len(lines) > 0, done.stdout
    fit = {part: line for mark, part, line in found if mark == "ok"}
    return done.returncode, fit, {part: line for mark, part, line in found if mark == "MEND"}
