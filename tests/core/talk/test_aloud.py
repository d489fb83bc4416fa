"""Keys of servers as people say them."""

import pytest

from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.aloud import last_pair, says


def _plan(*texts: str) -> Plan:
    names = ("slack", "google-drive", "google", "box")
    steps = tuple(Step(text=one) for one in texts)
    return Plan(servers=tuple(Choice(name=one) for one in names), steps=steps)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("copy it to Slack and Box", ("slack", "box")),
        ("copy it to box, or our slack", ("box", "slack")),
        ("a Google and Google Drive and Box", ("google-drive", "box")),
        ("from Google Drive y Google", ("google-drive", "google")),
        ("SLACK UND BOX", ("slack", "box")),
        ("Slack and the big Box", ()),
        ("Slack, Box", ()),
        ("Slack and Boxes", ()),
        ("Slack and Slack", ()),
    ],
)
def test_the_last_pair_is_what_a_step_joins(text: str, pair: tuple[str, ...]) -> None:
    assert last_pair(_plan("Google and Box", text)) == (pair or ("google", "box"))
    assert last_pair(_plan(text)) == pair


def test_a_key_is_said_with_or_without_capitals() -> None:
    assert says("in GOOGLE drives", "google-drive")
    assert not says("in google-drive", "google-drive")
