"""What is said to whoever writes in another language than the one that is understood best."""

from catalogues import CATALOGUE, question
from outfitter.core.answering.occasion import Occasion
from outfitter.core.answering.reply import write
from outfitter.core.equipping.decide import Clarify, settle
from outfitter.core.talk.offline import read


def _said(message: str) -> str:
    asked = question(message)
    analysis = read(asked)
    plan = settle(analysis, asked.plan, asked.shortlist)
    return write(Occasion(analysis, asked.plan, plan, Clarify(), CATALOGUE))


def test_a_wish_that_nothing_meets_comes_with_what_helps() -> None:
    said = _said("quiero regar las plantas cada mañana")
    assert "I found no server in the catalogue for “regar las plantas cada mañana”." in said
    assert "English is understood best" in said
    assert "English" not in _said("water my plants")
