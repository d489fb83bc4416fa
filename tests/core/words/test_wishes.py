"""A clause without its manners."""

import pytest

from outfitter.core.words.wishes import bare, is_request


@pytest.mark.parametrize(
    ("clause", "left"),
    [
        ("want to hear before I set off where the roads are jammed", "hear before I set off"),
        ("want the results put in its record", "the results put in"),
        ("need to know which kids have allergies", "know which kids"),
        ("I want someone to tell me when it rains", "tell me when it rains"),
        ("we need somebody to chase late payers", "chase late payers"),
        ("I want someone with a key", "someone with a key"),
        ("quiero guardar las facturas", "guardar las facturas"),
        ("quiero que me avises", "quiero que me avises"),
        ("je voudrais que mes rendez-vous soient notés", "je voudrais que mes rendez-vous"),
        ("je voudrais un résumé", "un résumé"),
        ("ich möchte, dass er antwortet", "ich möchte, dass er antwortet"),
    ],
)
def test_what_is_left_of_a_wish_can_be_read_as_a_step(clause: str, left: str) -> None:
    assert bare(clause).startswith(left)


def test_a_french_question_is_no_comment_to_write() -> None:
    assert not is_request("comment ça marche")
    assert is_request("comment on the issue")
