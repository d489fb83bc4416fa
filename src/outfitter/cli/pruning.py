"""What is old taken out of the tables with visible progress."""

from rich.console import Console

from outfitter import wiring
from outfitter.cli.counting import counted
from outfitter.cli.loading import progress

# The last only where it is asked for: what users said is theirs.
_THINGS = {
    "turns": "turn",
    "turn_slots": "turn slot",
    "audit_log": "log line",
    "sessions": "session",
}


async def prune(
    owner_url: str, days: int, console: Console, *, sessions: bool, dry_run: bool
) -> str:
    """Take out what is older than so many days, or only look; says how much it is."""
    tables = [table for table in _THINGS if sessions or table != "sessions"]
    with progress("Pruning", console) as show:
        async with wiring.pruning(owner_url) as pruning:
            walk = pruning.look if dry_run else pruning.run
            found = await walk(tables, days, show)
    told = ", ".join(counted(number, _THINGS[table]) for table, number in found.items())
    return f"{told} {'would be pruned' if dry_run else 'pruned'}."
