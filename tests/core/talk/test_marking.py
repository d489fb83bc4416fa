"""Which servers a text names."""

from catalogues import EVERYTHING
from outfitter.core.talk.marking import mentioned


def test_servers_are_found_by_title_service_and_alias_in_whole_words() -> None:
    assert mentioned("copy it from Google Mail to Slack's channel", EVERYTHING) == (
        "gmail",
        "slack",
    )
    assert mentioned("slacking off with gmails", EVERYTHING) == ()


def test_a_name_is_found_between_signs_that_need_no_spaces() -> None:
    assert mentioned("\u4fdd\u5b58\u5230Notion\u4e2d", EVERYTHING) == ("notion",)
