"""What a message says after what was said before it."""

from dataclasses import replace

import pytest

from catalogues import searched
from outfitter.core.analysis import Raised
from outfitter.core.plan import Choice, Plan
from outfitter.core.talk.context import Talk
from outfitter.core.talk.meant import meant
from outfitter.core.words.spelling import Spellings


@pytest.mark.parametrize(("message", "asking"), [("back to notion", 0.0), ("so be it", -3.0)])
def test_what_names_a_server_that_was_spoken_of_is_no_remark(message: str, asking: float) -> None:
    talk = Talk(Plan(servers=(Choice(name="gmail"),), declined=("notion",)), (), Raised())
    sought = replace(searched(message), asking=-3.0)
    assert meant(message, sought, Spellings([]), talk).sought.asking == asking
