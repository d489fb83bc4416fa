"""How it is told what came of starting servers."""

import io

from rich.console import Console

from outfitter.cli.launching import tell
from outfitter.core.entries.drift import Launch


def test_what_a_server_says_of_itself_is_shown_as_it_is() -> None:
    said = "[error] no key [/etc]"
    found = Launch(server="one", version="1", state="failed", reason=said)
    shown = io.StringIO()
    tell([found], "table", Console(file=shown, width=120))

    assert said in shown.getvalue()
