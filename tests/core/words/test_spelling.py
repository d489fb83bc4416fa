"""Misspelt names are put right, and ordinary words are left as they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import benchmark_data
from outfitter.adapters.files import catalogue_files
from outfitter.core.words.spelling import Spellings

NAMES = [name for one in catalogue_files.builtin() for name in (one.title, one.name, *one.aliases)]
BUILT_IN = Spellings(NAMES)
LONG = sorted({one for one in NAMES if one.isascii() and one.isalpha() and len(one) >= 7})
TALK = Path(__file__).parents[2] / "data" / "talk"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("save it to notoin and tell slakc", "save it to Notion and tell Slack"),
        ("new shopfy orders into gogle sheets", "new Shopify orders into Google Sheets"),
        ("post it on microsft teams", "post it on Microsoft Teams"),
        ("use Linaer, not Jria", "use Linear, not Jira"),
        ("copy salesfroce leads to mailchmp", "copy Salesforce leads to Mailchimp"),
        ("replce telegramm wiht discord", "replace Telegram with discord"),
    ],
)
def test_a_slip_of_the_hand_is_put_right(typed: str, meant: str) -> None:
    assert BUILT_IN.put_right(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bigquery + sheets", "bigquery + Google Sheets"),
        ("+ sheets", "+ Google Sheets"),
        ("append it to sheets", "append it to Google Sheets"),
        ("sheets instead", "Google Sheets instead"),
        ("use drive not dropbox", "use Google Drive not dropbox"),
        ("box or drive", "box or Google Drive"),
        (
            "upload the scans to drive, then tell me",
            "upload the scans to Google Drive, then tell me",
        ),
    ],
)
def test_an_app_that_is_called_for_short_is_read_in_full(typed: str, meant: str) -> None:
    assert BUILT_IN.put_right(typed).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "wash the towels and sheets every week",
        "how long does it take to drive?",
        "walk or drive",
        "print two sheets of labels",
        "the sheets and the towels go to the laundry on Friday",
        "put it into google sheets",
        "use drive time for the podcast",
    ],
)
def test_what_is_no_app_for_short_is_left_alone(text: str) -> None:
    assert BUILT_IN.put_right(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "my colleague Stripey has a notion of striped boxes",
        "create an invoice",
        "a slick snack on a stack of canvas, and the nation strives",
        "the conference was full of confidence",
        "zoo metro mango reader strike tears",
        "Google docks, Mira and Maike",
        "is that paid, and tracing the freshness of our replicas",
        "telegrams zoomed stripes slacker",
        "bob@gmial.com, https://githb.example/trelo, notes/slakc.txt, issue #slakc and slakc2",
        'the folder "Notoin"',
    ],
)
def test_a_real_word_is_no_slip(text: str) -> None:
    assert BUILT_IN.put_right(text).text == text


def test_what_was_read_as_a_name_is_told() -> None:
    assert BUILT_IN.put_right("gmial to Notion, remvoe it").read == {"gmial": "Gmail"}


def test_an_everyday_word_is_a_name_only_where_a_capital_marks_it() -> None:
    assert BUILT_IN.put_right("a linaer equation").text == "a linaer equation"
    assert BUILT_IN.put_right("into Linaer").text == "into Linear"


def test_two_names_that_are_as_near_are_both_left_alone() -> None:
    assert Spellings(["Tallow", "Fallow", "Tillow"]).put_right("tollow").text == "tollow"


def test_no_word_of_what_people_write_becomes_a_name() -> None:
    talk = [line for file in TALK.glob("*.txt") for line in file.read_text("utf-8").splitlines()]
    asked = (
        benchmark_data.requests,
        benchmark_data.negatives,
        benchmark_data.remarks,
        benchmark_data.foreign,
    )
    texts = [*talk, *(one.query for many in asked for one in many())]
    wrong = {text: found.read for text in texts if (found := BUILT_IN.put_right(text)).read}
    assert len(texts) > 300
    assert not wrong


@given(name=st.sampled_from(LONG), at=st.integers(1, 40))
def test_a_long_name_with_two_letters_swapped_is_that_name_or_none(name: str, at: int) -> None:
    place = at % (len(name) - 2) + 1
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    found = BUILT_IN.put_right(f"use {swapped}").text.removeprefix("use ")
    assert found.lower() in {name.lower(), swapped.lower()}


@given(st.text(max_size=200))
def test_what_is_put_right_is_right(text: str) -> None:
    once = BUILT_IN.put_right(text).text
    assert BUILT_IN.put_right(once).text == once


def test_one_of_what_a_name_has_many_of_is_no_slip() -> None:
    assert BUILT_IN.put_right("keep it in an excel file").read == {}


def test_each_word_of_a_name_begins_as_it_should() -> None:
    assert BUILT_IN.put_right("google calender").text == "Google Calendar"
    assert BUILT_IN.put_right("google kalendar").text == "Google kalender"
