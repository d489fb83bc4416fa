"""How it is told what came of starting servers."""

import io
from pathlib import Path

from rich.console import Console

from outfitter.cli.launching import is_fit, tell
from outfitter.core.entries.drift import Launch
from programs.processes import run_command


def test_what_a_server_says_of_itself_is_shown_as_it_is() -> None:
    said = "[error] no key [/etc]"
    found = Launch(server="one", version="1", state="failed", reason=said)
    shown = io.StringIO()
    tell([found], "table", Console(file=shown, width=120))

    assert said in shown.getvalue()


def test_a_server_asked_for_by_name_that_cannot_be_started_ends_it_with_1(tmp_path: Path) -> None:
    done = run_command(tmp_path, "catalogue", "launch", "time", PATH=str(tmp_path))

    assert "uvx is not installed" in done.stdout
    assert done.returncode == 1


def test_among_all_only_what_differs_from_its_entry_counts() -> None:
    failed = Launch(server="one", version="1", state="failed", reason="wants an account")
    drifted = Launch(server="two", version="1", state="drift", gone=("search",))

    assert is_fit([failed], named=False)
    assert not is_fit([failed], named=True)
    assert not is_fit([failed, drifted], named=False)
