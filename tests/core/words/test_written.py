"""Everyday words that are names where a name would stand."""

import pytest

from catalogues import a_server
from outfitter.core.words.naming import said_names


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("tomorrow's bookings from square, please", {"square"}),
        ("square takings each night", {"square"}),
        ("open bugs from linear → one message", {"linear"}),
        ("run the contracts in box through the checks", {"box"}),
        ("post into teams helpdesk channel", {"teams"}),
        ("new errors → linear → done", {"linear"}),
        ("new errors --> linear => done", {"linear"}),
        ("new errors ➡️ linear ➡️ done", {"linear"}),
        ("linear → box", {"linear", "box"}),
        ("sticky notes from the miro retro board", {"miro"}),
        ("the miro stickies of the workshop", {"miro"}),
        ("linear please", {"linear"}),
        ("post it in our teams chat", {"teams"}),
        ("put my notes in word, then print them", {"word"}),
        ("in a word of thanks", set()),
        ("hmm, no, box then", {"box"}),
        ("box or Notion", {"box"}),
        ("box the parcels please", set()),
        ("a square meal from the box of linear teams", set()),
    ],
)
def test_an_everyday_word_is_a_name_where_one_would_stand(message: str, names: set[str]) -> None:
    everyday = [a_server(one) for one in ("square", "linear", "box", "teams", "miro", "word")]
    assert said_names(message, everyday).keys() == names


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("put the links in Evernote", set()),
        ("send the link in Discord", set()),
        ("post it on linked in", {"linkedin"}),
        ("post it on LinkedIn", {"linkedin"}),
    ],
)
def test_links_in_something_are_no_linkedin(message: str, names: set[str]) -> None:
    assert said_names(message, [a_server("linkedin", title="LinkedIn")]).keys() == names
