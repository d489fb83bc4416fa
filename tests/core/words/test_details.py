"""What says how planned work is to be done, told from remarks."""

import pytest

from outfitter.core.words.details import is_detail


@pytest.mark.parametrize(
    "text",
    [
        "but only PDFs",
        "just the ones from my boss",
        "and no deleting, please",
        "no messages to anybody without my okay",
        "nobody may delete anything",
        "I'd rather not get one on Sundays",
        "I don't want duplicates",
        "make it only for people from Germany",
        "near the opera",
        "in German please",
        "sorted by date",
        "use a friendly tone",
        "tag them as urgent",
        "one message per ticket",
        "three sentences are enough",
        "the title should be bold",
        "also the attachments",
        "bold headings please",
        "ohne Anhänge bitte",
    ],
)
def test_what_says_how_work_is_to_be_done_is_a_detail(text: str) -> None:
    assert is_detail(text)


@pytest.mark.parametrize(
    "text",
    [
        "on my way",
        "in other words great",
        "in my opinion that's great",
        "no thanks, Discord is fine",
        "no further questions",
        "not bad at all",
        "just kidding",
        "never seen anything like it",
        "only joking",
        "before I forget, thanks",
        "stick to that",
        "at what time does it run",
        "with which account",
        "one more thing please",
        "help me out please",
        "not working for me",
        "nobody told me that",
        "kein Problem",
    ],
)
def test_what_only_begins_like_a_detail_is_none(text: str) -> None:
    assert not is_detail(text)


@pytest.mark.parametrize(
    "text",
    [
        "book a table",
        "use Basecamp",
        "post them to Slack",
        "order a pizza",
        "sign the contracts",
        "keep an eye on my errors",
    ],
)
def test_what_asks_for_work_is_no_detail(text: str) -> None:
    assert not is_detail(text)
