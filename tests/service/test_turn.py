"""What a turn carries with it."""

import pytest

from outfitter.adapters.store.turns import Hearing
from outfitter.core.analysis import Question
from outfitter.core.plan import Plan
from outfitter.service.turn import Said, Scene

PLANTED = "planted-secret"


@pytest.mark.proves("R-35")
def test_what_was_said_and_brought_is_not_shown_by_what_carries_it() -> None:
    said = Said(f"my token is {PLANTED}", "s1", {"notion": {"NOTION_TOKEN": PLANTED}})
    hearing = Hearing("t1", "s1", opens=True, message_id="m1", message="my token is [secret]")
    scene = Scene(said, hearing, Question(hearing.message, (), (), Plan()), {}, redacted=1)

    for shown in (repr(said), str(said), repr(scene)):
        assert PLANTED not in shown
        assert "s1" in shown
