"""Needs that a request implies without naming what meets them."""

import pytest

from outfitter.core.finding.capabilities import hints


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("give me a short background on coral reefs", "encyclopedia"),
        ("quote the official MongoDB docs on indexing", "documentation"),
        ("and compare it with recent research papers", "papers"),
        ("will it rain in Bergen on Sunday?", "weather"),
        ("¿qué hora es en Lima?", "time"),
        ("quelle heure est-il à Lyon ?", "time"),
        ("übersetze die Antwort ins Dänische", "translate"),
        ("每天查看比特币的价格", "cryptocurrency"),
        ("convert the distances from miles to metric", "units"),
    ],
)
def test_an_unspoken_need_is_searched_for_in_the_catalogues_own_words(text: str, word: str) -> None:
    assert [word in one for one in hints(text)] == [True]


@pytest.mark.parametrize("text", ["post the summary to Slack", "my time is short", "hello there"])
def test_a_request_that_implies_nothing_has_no_hint(text: str) -> None:
    assert hints(text) == ()
