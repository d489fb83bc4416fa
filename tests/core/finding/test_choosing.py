"""Which servers a person would take."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time

import pytest

import outfitter
from catalogues import (
    FIGMA,
    GITHUB,
    GMAIL,
    GMAIL_HOSTED,
    NOTION,
    SLACK,
    a_server,
    about,
    candidates,
    searched,
)
from outfitter.core.analysis import Candidate, Told
from outfitter.core.catalogue import Access, Server
from outfitter.core.entries.serverjson import parse
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.hearing import deaf
from outfitter.core.finding.ranking import Near, rank
from outfitter.core.plan import Choice, Plan
from outfitter.core.words.text import clauses

BUILT_IN = Path(outfitter.__file__).parent / "catalogue"
WISH = "do something useful with all of my things"


@cache
def _built_in() -> tuple[Server, ...]:
    return tuple(parse(json.loads(path.read_text())) for path in sorted(BUILT_IN.glob("*.json")))


def _chosen(message: str) -> list[str]:
    """What is chosen from the built-in catalogue by words alone."""
    return sorted(_of(_by_words(message), message))


def _by_words(message: str) -> tuple[Candidate, ...]:
    near = [Near(server, ()) for server in _built_in()]
    return rank(message, searched(*clauses(message)), near, limit=len(near))


def _of(shortlist: tuple[Candidate, ...], message: str = WISH, asking: float = 0.0) -> list[str]:
    question = replace(about(shortlist, message), asking=asking)
    return [one.server.name for one in choose(question)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("monitor Gmail for invoices and save them to Notion", ["gmail", "notion"]),
        ("monitor gmail for invoices, save them to notion", ["gmail", "notion"]),
        ("überwache Gmail und speichere Rechnungen in Notion", ["gmail", "notion"]),
        ("post new GitHub issues to a Discord channel", ["discord", "github"]),
        ("every Monday post the BigQuery numbers to Slack", ["bigquery", "slack"]),
        ("read my Gmail and water my plants", ["gmail"]),
        ("add Trello cards to my Google Calendar at 8 o'clock", ["google-calendar", "trello"]),
        ("fetch https://example.com/news and send it to Telegram", ["fetch", "telegram"]),
        ("save the top Hacker News stories as stories.md", ["filesystem", "hacker-news"]),
        ("post a chart of it in teams every monday", ["chart", "teams"]),
        ("turn Sentry errors into linear tickets", ["linear", "sentry"]),
        ("book a meeting with Ann and send her the Zoom link", ["google-calendar", "zoom"]),
        ("mail me what is new in Jira", ["atlassian", "imap-email"]),
        ("copy the orders from mariadb to Airtable", ["airtable", "mysql"]),
        ("post what Loki logs to Slack", ["grafana", "slack"]),
    ],
)
def test_a_request_gets_one_server_for_each_thing_it_names(
    message: str, expected: list[str]
) -> None:
    assert _chosen(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "",
        "hello",
        "thanks",
        "Hi, how are you?",
        "Thank you very much!",
        "what is the weather like in poetry",
        "water my plants",
        "good morning",
        "tell me a joke",
        "?!",
    ],
)
def test_where_nothing_is_asked_nothing_is_chosen(message: str) -> None:
    assert _chosen(message) == []


@pytest.mark.parametrize("word", ["invoices", "calendar", "messages", "tasks", "a database"])
def test_a_plain_word_brings_no_server_beside_the_named_ones(word: str) -> None:
    assert _chosen(f"monitor {word} in Gmail and save them to Notion") == ["gmail", "notion"]


def test_a_need_in_one_breath_with_a_server_for_it_brings_no_second() -> None:
    assert _chosen("read the invoice PDFs in Dropbox and list them in Notion") == [
        "dropbox",
        "notion",
    ]
    assert _chosen("scrape the shop with Firecrawl and post the prices to Slack") == [
        "firecrawl",
        "slack",
    ]


def test_a_need_that_few_meet_is_met_by_no_other_of_their_kind() -> None:
    phone = a_server("twilio", category="chat")
    shortlist = (Candidate(SLACK, 0.9, named=True), Candidate(phone, 0.5))
    assert _of(shortlist, "post it to Slack and send my wife an SMS") == ["slack", "twilio"]


def test_a_need_that_nothing_near_meets_brings_nothing() -> None:
    shortlist = candidates(SLACK, named=True)
    assert _of(shortlist, "post it to Slack and send my wife an SMS") == ["slack"]


@pytest.mark.parametrize("does", [{1, 2}, {2}])
def test_what_a_named_server_does_as_well_brings_no_second(does: set[int]) -> None:
    office = a_server("outlook", category="email")
    dates = a_server("google-calendar", category="calendar")
    shortlist = (
        Candidate(office, 0.9, named=True, needs=frozenset(does)),
        Candidate(dates, 0.5, needs=frozenset({2})),
    )
    assert _of(shortlist, "book a meeting in Outlook") == ["outlook"]


def _beside(
    maps: Candidate,
    *others: Candidate,
    message: str = "read my Google Calendar, work out the driving order",
    heard: float = 12.0,
    planned: tuple[str, ...] = (),
) -> list[str]:
    """What is chosen where a part beside a named calendar speaks of what the maps do."""
    calendar = a_server("google-calendar", category="calendar")
    named = Candidate(calendar, 0.9, named=True, needs=frozenset({1}), near=(0.5, 0.6, 0.1))
    tells = {"dates": {1: 9.0}, "roads": {2: heard}}
    told = (Told(1, 1, "dates", tells.__getitem__), Told(2, 2, "roads", tells.__getitem__))
    plan = Plan(servers=tuple(Choice(name=name) for name in planned))
    asked = about((named, maps, *others), message, plan)
    return [one.server.name for one in choose(replace(asked, told=told))]


def test_a_need_that_is_heard_beside_a_name_brings_a_server() -> None:
    maps = Candidate(a_server("maps", category="maps"), 0.4, needs=frozenset({2}))
    assert _beside(maps) == ["google-calendar", "maps"]
    assert _beside(maps, heard=3.0) == ["google-calendar"]
    assert _beside(replace(maps, needs=frozenset())) == ["google-calendar"]


def test_a_part_that_names_an_app_brings_no_server_that_does_not_work_with_it() -> None:
    maps = Candidate(a_server("maps", category="maps"), 0.4, needs=frozenset({2}))
    knowing = replace(maps, server=a_server("maps", category="maps", keywords=("Waze",)))
    message = "read my Google Calendar, work out the driving order in Waze"
    assert _beside(maps, message=message) == ["google-calendar"]
    assert _beside(knowing, message=message) == ["google-calendar", "maps"]


def test_a_need_that_is_heard_brings_no_second_server_of_a_kind_in_the_plan() -> None:
    maps = Candidate(a_server("maps", category="maps"), 0.4, needs=frozenset({2}))
    atlas = Candidate(a_server("atlas", category="maps"), 0.3)
    assert _beside(maps, atlas, planned=("atlas",)) == ["google-calendar"]


def test_a_need_that_the_plan_meets_is_not_heard_again() -> None:
    maps = Candidate(a_server("maps", category="maps"), 0.4, needs=frozenset({2}))
    other = Candidate(a_server("routes", category="travel"), 0.3, needs=frozenset({2}))
    assert _beside(maps, other, planned=("routes",)) == ["google-calendar"]


def test_a_need_that_is_heard_brings_no_server_that_many_others_are_nearer_than() -> None:
    maps = Candidate(
        a_server("maps", category="maps"), 0.4, needs=frozenset({2}), near=(0.3, 0.1, 0.4)
    )
    nearer, farther = (
        [
            Candidate(a_server(f"one-{at}", category="other"), 0.3, near=(0.1, 0.1, near))
            for at in range(3)
        ]
        for near in (0.5, 0.4)
    )
    assert _beside(maps, *nearer[:2]) == ["google-calendar", "maps"]
    assert _beside(maps, *nearer) == ["google-calendar"]
    assert _beside(maps, *farther) == ["google-calendar", "maps"]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("post it to Slack, no SMS please", ["slack"]),
        ("post it to Slack and don't text anybody, no need to text the driver", ["slack"]),
        ("post it to Slack, don't forget to text me", ["slack", "twilio"]),
        ("post it to Slack, text me, but don't text me at night", ["slack", "twilio"]),
        ("post it to Slack, no, text me", ["slack", "twilio"]),
    ],
)
def test_what_is_said_not_to_be_wanted_brings_no_server(message: str, names: list[str]) -> None:
    phone = Candidate(a_server("twilio", category="chat"), 0.5)
    assert _of((Candidate(SLACK, 0.9, named=True), phone), message) == names


def test_what_is_heard_where_it_is_refused_brings_no_server() -> None:
    maps = Candidate(a_server("maps", category="maps"), 0.4, needs=frozenset({2}))
    message = "read my Google Calendar, no need to work out the driving order"
    assert _beside(maps, message=message) == ["google-calendar"]


def test_servers_of_one_kind_that_are_each_named_are_all_taken() -> None:
    kagi, brave = (a_server(name, service="web search") for name in ("kagi", "brave"))
    kagi_first = (Candidate(kagi, 0.9, named=True), Candidate(brave, 0.9, named=True))
    assert _of(kagi_first, "look it up with Kagi and Brave") == ["kagi", "brave"]


@pytest.mark.parametrize(
    ("message", "many"),
    [
        ("post it to Slack and the hosted Slack", 2),
        ("post it to the hosted Slack and Slack", 2),
        ("post it to Slack and then read Slack again", 1),
        ("read the hosted Slack, and post it to Slack when it is new", 1),
    ],
)
def test_a_name_said_twice_means_one_server_unless_two_are_told_apart(
    message: str, many: int
) -> None:
    hosted = a_server("slack-hosted", title="Hosted Slack", service="slack")
    both = (Candidate(SLACK, 0.9, named=True), Candidate(hosted, 0.9, named=True))
    assert len(_of(both, message)) == many


def test_however_many_are_named_none_is_left_out() -> None:
    message = (
        "read new mails in Gmail, save attachments to Dropbox, log them in Google Sheets, add "
        "tasks in Todoist, open issues in GitHub, post to Slack, add contacts to HubSpot, "
        "events to Google Calendar, record invoices in Xero, message me on Telegram, save notes to "
        "Notion and create cards in Trello"
    )
    near = [Near(server, ()) for server in _built_in()]
    shortlist = rank(message, searched(*clauses(message)), near)

    expected = "dropbox github gmail google-calendar google-sheets hubspot notion slack telegram"
    assert sorted(_of(shortlist, message)) == [*expected.split(), "todoist", "trello", "xero"]


def test_a_need_in_another_breath_than_its_kind_of_server_brings_its_own() -> None:
    assert _chosen("list my Dropbox files and summarize the PDF reports in Slack") == [
        "dropbox",
        "pdf-reader",
        "slack",
    ]


@pytest.mark.parametrize("text", ["wait in line with me in Slack", "put a linear trend in Slack"])
def test_an_everyday_word_that_is_no_name_there_brings_no_app(text: str) -> None:
    assert _chosen(text) == ["slack"]


@pytest.mark.parametrize(
    "phrase", ["every day at 9", "each morning", "at noon", "every Friday at 17:00 o'clock"]
)
def test_a_schedule_is_never_a_server(phrase: str) -> None:
    assert _chosen(f"{phrase}, post my Stripe payments to Slack") == ["slack", "stripe"]


def test_a_named_app_is_no_matter_for_a_server_that_is_merely_near() -> None:
    (near,) = candidates(a_server("poster"), score=0.6)
    (knowing,) = candidates(a_server("poster", keywords=("twitter",)), score=0.6)
    assert _of((near,), "post my holiday pictures") == ["poster"]
    assert _of((near,), "post my holiday pictures on Twitter") == []
    assert _of((knowing,), "post my holiday pictures on Twitter") == ["poster"]


def test_of_look_alikes_the_one_with_least_work_is_taken() -> None:
    shortlist = candidates(GMAIL_HOSTED, GMAIL, named=True)
    assert _of(shortlist, "read my Gmail") == ["gmail"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"access": Access.OPEN}, {"access": Access.PASTE, "official": True, "popularity": 9}),
        ({"official": True}, {"popularity": 9}),
        ({"popularity": 9}, {"popularity": 1}),
        ({"access": Access.SIGN_IN}, {"access": Access.OPEN, "status": "archived"}),
    ],
    ids=["nothing to bring", "official", "popular", "still looked after"],
)
def test_look_alikes_are_settled_by_access_then_official_then_popularity(
    better: dict[str, object], worse: dict[str, object]
) -> None:
    shortlist = candidates(
        a_server("worse", **{"service": "acme", **worse}),  # type: ignore[arg-type]
        a_server("better", **{"service": "acme", **better}),  # type: ignore[arg-type]
    )
    assert _of(shortlist) == ["better"]


def test_without_a_name_the_nearest_is_taken_and_one_for_each_other_need() -> None:
    shortlist = (
        Candidate(SLACK, 0.62, need=1),
        Candidate(GITHUB, 0.61, need=1),
        Candidate(NOTION, 0.60, need=2),
        Candidate(FIGMA, 0.45, need=3),
    )
    assert _of(shortlist) == ["slack", "notion"]


@pytest.mark.parametrize(
    ("of_slack", "of_notion", "of_github", "taken"),
    [
        (0.2, 0.6, 0.1, ["slack", "notion"]),
        (0.2, 0.6, 0.6, ["slack", "notion"]),
        (0.2, 0.6, 0.61, ["slack"]),
        (0.55, 0.6, 0.1, ["slack"]),
        (0.2, 0.54, 0.1, ["slack"]),
    ],
)
def test_a_server_far_behind_is_taken_where_a_part_is_surely_its_own(
    of_slack: float, of_notion: float, of_github: float, taken: list[str]
) -> None:
    shortlist = (
        Candidate(SLACK, 0.7, need=1, near=(0.7, 0.7, of_slack)),
        Candidate(NOTION, 0.5, need=2, near=(0.9, 0.2, of_notion)),
        Candidate(GITHUB, 0.5, need=1, near=(0.1, 0.1, of_github)),
    )
    assert _of(shortlist, WISH + ". Then look after the rest") == taken


@pytest.mark.parametrize(
    ("nearness", "of_another", "needs", "names"),
    [
        (0.4, 0.2, set(), ["slack", "notion"]),
        (0.39, 0.1, set(), ["slack"]),
        (0.6, 0.41, set(), ["slack"]),
        (0.6, 0.1, {1}, ["slack"]),
    ],
)
def test_beside_a_name_a_part_brings_what_stands_out_and_is_known_for_nothing(
    nearness: float, of_another: float, needs: set[int], names: list[str]
) -> None:
    message = "Tell Slack of it. Then water all the plants"
    shortlist = (
        Candidate(SLACK, 0.9, need=1, named=True, near=(0.5, 0.6, 0.1)),
        Candidate(NOTION, 0.4, need=2, needs=frozenset(needs), near=(0.2, 0.1, nearness)),
        Candidate(GITHUB, 0.3, need=2, near=(0.2, 0.1, of_another)),
    )
    told = tuple(Told(at, at, text, deaf) for at, text in enumerate(clauses(message)) if at)
    asked = replace(about(shortlist, message), told=told)
    assert [one.server.name for one in choose(asked)] == names


def test_a_part_of_two_words_is_no_servers_own() -> None:
    def chosen(part: str) -> list[str]:
        shortlist = (
            Candidate(SLACK, 0.7, need=1, near=(0.7, 0.7, 0.2)),
            Candidate(NOTION, 0.5, need=2, near=(0.2, 0.2, 0.6)),
        )
        told = (Told(1, 1, WISH, deaf), Told(2, 2, part, deaf))
        asked = replace(about(shortlist, f"{WISH}. {part}"), told=told)
        return [one.server.name for one in choose(asked)]

    assert chosen("number 204") == ["slack"]
    assert chosen("number the rooms") == ["slack"]
    assert chosen("number the rooms upstairs") == ["slack", "notion"]


def test_a_server_near_to_the_message_as_a_whole_alone_has_no_part_of_its_own() -> None:
    shortlist = (Candidate(SLACK, 0.7, near=(0.7,)), Candidate(NOTION, 0.5, need=1, near=(0.9,)))
    assert _of(shortlist) == ["slack"]


def test_what_is_far_from_everything_gets_nothing() -> None:
    assert _of(candidates(SLACK, GITHUB, score=0.3)) == []


def test_a_remark_of_a_few_words_must_be_nearer() -> None:
    shortlist = candidates(SLACK, score=0.5)
    assert _of(shortlist, "feeling blue") == []
    assert _of(shortlist, WISH + " and tell the people that I work with about it") == ["slack"]


def test_the_days_of_a_request_make_it_no_longer() -> None:
    shortlist = candidates(SLACK, score=0.5)
    assert _of(shortlist, "drive my kids to school") == []
    assert _of(shortlist, "drive my kids to school every Monday and Friday morning") == []
    assert _of(shortlist, "drive my kids to school and pick them up") == ["slack"]


def test_a_remark_gets_nothing_unless_it_names_two_servers_or_a_plan_is_there() -> None:
    plan = Plan(servers=(Choice(name="figma"),))
    named = candidates(SLACK, GITHUB, named=True)
    remark = replace(about(named, "Slack sounds like a holiday"), asking=-7.0)
    assert choose(remark) == ()
    assert [one.server.name for one in choose(replace(remark, plan=plan))] == ["slack"]
    assert _of(named, "Slack and GitHub, my whole life", asking=-7.0) == ["slack", "github"]


def test_the_less_a_message_asks_for_anything_the_nearer_a_server_must_be() -> None:
    near, nearer = ((Candidate(FIGMA, score),) for score in (0.48, 0.8))
    message = "my drawings were all spoiled by rain this summer"
    assert _of(near, message, asking=1.0) == _of(nearer, message, asking=-4.0) == ["figma"]
    assert _of(near, message, asking=-4.0) == []


def test_in_another_language_nobody_hears_how_surely_anything_is_asked_for() -> None:
    near = candidates(FIGMA, score=0.36)
    english, french = (
        "say how high the river stands",
        "dis-moi le niveau de la rivière chaque matin",
    )
    assert _of(near, english, asking=4.0) == ["figma"]
    assert _of(near, french, asking=4.0) == []


@pytest.mark.parametrize("message", ["mail it to my boss", "tell the accountant by email"])
def test_what_a_server_of_the_plan_does_brings_no_other(message: str) -> None:
    asked = about(_by_words(message), message)
    assert [one.server.name for one in choose(asked)] == ["imap-email"]
    assert choose(replace(asked, plan=Plan(servers=(Choice(name="gmail"),)))) == ()


def test_what_no_server_of_the_plan_does_brings_one() -> None:
    message = "mail it to my boss and text my wife"
    asked = about(_by_words(message), message, Plan(servers=(Choice(name="gmail"),)))
    assert [one.server.name for one in choose(asked)] == ["twilio"]


def test_an_empty_shortlist_gives_nothing() -> None:
    assert _of(()) == []


def test_names_said_thousands_of_times_are_each_one_server() -> None:
    mail, chat = (Candidate(one, 0.9, named=True) for one in (GMAIL, SLACK))
    began = process_time()
    assert _of((mail, chat), "gmail slack " * 1333) == ["gmail", "slack"]
    assert process_time() - began < 3


def test_a_server_that_meets_two_needs_is_taken_once() -> None:
    found = _chosen("search the web and look up the latest news about our competitors online")
    assert len(found) == len(set(found))


def test_a_server_called_like_a_day_is_for_whoever_names_it() -> None:
    board = a_server("monday", title="monday.com")
    assert _of((Candidate(board, 0.9),), "send me a digest on sundays") == []
    assert _of((Candidate(board, 0.9, named=True),), "list my monday.com") == ["monday"]


def test_a_server_to_try_clients_with_is_for_whoever_names_it() -> None:
    toy = a_server("toy", category="test")
    assert _of((Candidate(toy, 0.9),)) == []
    assert _of((Candidate(toy, 0.9, named=True),), f"{WISH} with toy") == ["toy"]
