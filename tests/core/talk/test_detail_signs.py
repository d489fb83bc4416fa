"""What is seen in a text that may say how planned work is to be done."""

from outfitter.core.talk.detail_signs import signs_in


def test_words_and_pairs_of_words_are_seen_from_end_to_end() -> None:
    found = set(signs_in("We live in Graz"))
    assert {"we", "graz", "< we", "live in", "graz >"} <= found


def test_all_numbers_are_one_word() -> None:
    assert "room 9" in set(signs_in("room 12"))
    assert "12" not in set(signs_in("room 12"))


def test_what_rules_make_of_it_is_a_sign_too() -> None:
    assert "detail True" in set(signs_in("only PDFs"))
    assert {"detail False", "request True"} <= set(signs_in("post it to Slack"))


def test_a_name_is_told_by_its_capital() -> None:
    assert "name True" in set(signs_in("ask Lena first"))
    assert "name False" in set(signs_in("Ask her first"))
