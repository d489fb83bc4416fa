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
        ("clone our repo and list its branches", "git repositories"),
        ("read the summary aloud", "speech"),
        ("a quiet room in Porto", "stay"),
        ("how far did I run in May", "workouts"),
        ("my flight is late", "flights"),
        ("ping our home page every minute", "web page"),
        ("is shop.example.com reachable?", "web page"),
        ("work out the interest on a loan", "arithmetic"),
        ("what's 5 % of 80", "arithmetic"),
        ("generate a histogram of the ages", "charts"),
        ("visualize the sales data", "charts"),
        ("prepare some slides on it", "presentations"),
        ("paint a picture of a lighthouse", "images"),
        ("design a poster for the concert", "graphics"),
        ("answer incoming customer emails", "email"),
        ("the report goes to marketing@shop.example", "email"),
        ("tell me if bitcoin falls under 50k", "cryptocurrency"),
        ("ping me once ether is above 4000", "cryptocurrency"),
        ("a plain csv file will do", "files"),
        ("put them into a csv file", "files"),
        ("und das Wetter auch", "weather"),
        ("when are my next appointments", "calendar"),
        ("calculate driving times between my customers", "maps"),
        ("what's the weather there", "weather"),
        ("how long does it take to walk to the station", "maps"),
        ("nag the devs in chat", "chat"),
        ("let the whole team know", "chat"),
        ("open a ticket for the data people", "tracker"),
        ("they should become leads in our CRM", "CRM"),
        ("booked into the accounting", "accounting"),
        ("publish it on the club's website", "website"),
        ("wherever we keep it in online storage", "cloud"),
        ("put them on my to-do list", "tasks"),
        ("remind me at 6pm to cook", "tasks"),
        ("remind me to buy milk on the way home", "tasks"),
        ("when a crash hits ten users", "crashes"),
    ],
)
def test_an_unspoken_need_is_searched_for_in_the_catalogues_own_words(text: str, word: str) -> None:
    assert [word in one for one in hints(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "post the summary to Slack",
        "my time is short",
        "remind me on iMessage to drink water",
        "remind me to drink water via WhatsApp",
        "hello there",
        "watch our website's ranking",
        "the weather was awful",
        "we are making a big picture of it all",
        "is it up to me?",
        "how much bitcoin is sitting in this wallet",
    ],
)
def test_a_request_that_implies_nothing_has_no_hint(text: str) -> None:
    assert hints(text) == ()


def test_a_flow_chart_is_drawn_as_a_diagram_and_not_from_data() -> None:
    assert hints("make a flow chart of our onboarding") == ("draw diagrams and flow charts",)
