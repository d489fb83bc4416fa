"""Catalogue entries held against the servers themselves."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from outfitter.cli.counting import counted
from outfitter.core.catalogue import Server, StdioTemplate
from outfitter.core.entries.drift import Launch
from outfitter.core.errors import Refused

_MOST_NAMES = 6


def chosen(servers: Sequence[Server], names: Sequence[str]) -> list[Server]:
    """The named servers, or all that are started on this machine. Raises Refused."""
    if not names:
        return [one for one in servers if isinstance(one.template, StdioTemplate)]
    by_name = {one.name: one for one in servers}
    if unknown := [name for name in names if name not in by_name]:
        raise Refused(f"The built-in catalogue has no {', '.join(unknown)}.")
    return [by_name[name] for name in names]


def is_fit(found: Iterable[Launch], *, named: bool) -> bool:
    """Whether no entry drifted, and each that was asked for by name could be compared.

    Of all of them many want a real account, which tells nothing of their entries.
    """
    unfit = {"drift", "failed", "skipped"} if named else {"drift"}
    return not any(one.state in unfit for one in found)


def tell(found: Sequence[Launch], form: str, console: Console) -> None:
    """The findings on the console, in that form."""
    if form == "table":
        _show(found, console)
        return
    written = _as_json(found) if form == "json" else _as_markdown(found)
    sys.stdout.write(written + "\n")


def _as_json(found: Sequence[Launch]) -> str:
    return json.dumps([one.model_dump(mode="json") for one in found], indent=2)


def _as_markdown(found: Sequence[Launch]) -> str:
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "# Launch report",
        "",
        f"Made on {day} by `outfitter catalogue launch --form markdown`: each server was started",
        "with made-up credentials through the official SDK, and the tools it offered were compared",
        "with its entry, by name and by required parameters.",
        "",
        f"{counted(len(found), 'server')}: {_summary(found)}.",
        "",
        "| server | version | outcome | tools | what differs, or why not | s |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.server} | {one.version} | {one.state} | {one.tools or ''} "
        f"| {_told(one).replace('|', '/')} | {one.seconds} |"
        for one in found
    ]
    return "\n".join(lines)


def _show(found: Sequence[Launch], console: Console) -> None:
    table = Table("server", "version", "outcome", "tools", "what differs, or why not")
    for one in found:
        # What a stranger's program says may have brackets, which are no markup.
        table.add_row(one.server, one.version, one.state, str(one.tools or ""), escape(_told(one)))
    console.print(table)
    console.print(f"{_summary(found)}.")


def _summary(found: Iterable[Launch]) -> str:
    counts = Counter(one.state for one in found)
    return ", ".join(f"{times} {state}" for state, times in counts.most_common())


def _told(one: Launch) -> str:
    parts = {"gone": one.gone, "new": one.new, "changed": one.changed}
    said = [f"{word}: {_some(names)}" for word, names in parts.items() if names]
    return "; ".join(said) or one.reason


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
