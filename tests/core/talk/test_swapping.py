"""What takes the place of what, and what happens where no server is found for it."""

from dataclasses import replace

import pytest

from catalogues import EVERYTHING, a_server, about, candidates, question, searched
from outfitter.core.analysis import NOTHING_RAISED, Intent, Raised
from outfitter.core.finding.ranking import Near, rank
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.offline import read
from outfitter.core.talk.pointing import resolved
from talks import INVOICES, PLAN, after


@pytest.mark.parametrize(
    ("message", "unmet"),
    [
        ("replace Notion with Basecamp", "Basecamp"),
        ("use Basecamp instead of Notion", "Basecamp"),
        ("use Basecamp instead", "Basecamp"),
        ("switch to Basecamp", "Basecamp"),
        ("save them to Basecamp instead", "Basecamp"),
        ("replace Notion with Foobaz", "Foobaz"),
        ("can it use MedikoPlan instead of Notion?", "MedikoPlan"),
    ],
)
def test_what_no_server_is_found_for_takes_no_place(message: str, unmet: str) -> None:
    analysis = read(question(message, PLAN))
    assert (analysis.intent, analysis.unmet) == (Intent.NOTHING, (unmet,))
    assert after(INVOICES, message) == PLAN


def test_what_no_server_is_found_for_is_quoted_in_short() -> None:
    (quoted,) = read(question(f"replace Notion with {'foo' * 99}baz", PLAN)).unmet
    assert len(quoted) < 130


@pytest.mark.parametrize(
    "message",
    [
        "use Gmail (hosted) instead",
        "gmail-hosted please",
        "use the hosted Gmail",
        "use gmail-hosted instead of gmail",
        "replace Gmail with Gmail (hosted)",
        "drop Gmail, use Gmail (hosted)",
    ],
)
def test_a_look_alike_takes_the_place_when_it_is_called_by_its_own_name(message: str) -> None:
    named = INVOICES.replace("Gmail", "Gmail (hosted)")
    assert after(named).names == ("gmail-hosted", "notion")
    plan = after(INVOICES, message)
    assert plan.names == ("gmail-hosted", "notion")
    assert plan.declined == ("gmail",)
    back = after(named, "use Gmail instead")
    assert back.names == ("gmail", "notion")
    assert back.steps[0].text == "monitor Gmail for invoices"


def test_of_two_that_share_a_title_the_one_is_meant_whose_name_stands_beside_it() -> None:
    other = a_server("my-gmail", title="Gmail", service="gmail", category="email")
    asked = question("use Gmail (my-gmail) instead", PLAN)
    near = [Near(one, (0.0,)) for one in (*EVERYTHING, other)]
    found = read(replace(asked, shortlist=rank(asked.message, searched(asked.message), near)))
    assert [one.server for one in found.steps] == ["my-gmail", "notion"]


def test_a_look_alike_takes_no_place_for_what_no_server_is_found_for() -> None:
    assert read(question("use Basecamp instead of Gmail", PLAN)).unmet == ("Basecamp",)


def test_a_look_alike_that_is_asked_for_as_well_leaves_the_other() -> None:
    assert set(after(INVOICES, "also gmail-hosted").names) >= {"gmail", "notion"}
    assert after(INVOICES, "Gmail please").names == PLAN.names


@pytest.mark.parametrize(
    "told", [(INVOICES, "drop Gmail"), ("save invoices to Notion, without Gmail",)]
)
def test_a_look_alike_of_what_was_refused_is_not_declined_and_stays_away(
    told: tuple[str, ...],
) -> None:
    assert after(*told).declined == ("gmail",)
    assert "gmail-hosted" not in after(*told, "also look through my email inbox").names
    assert "gmail-hosted" in after(*told, "also look through Gmail (hosted)").names


@pytest.mark.parametrize(
    "message",
    [
        "replace Notion with something",
        "replace Notion with something else",
        "use something different instead of Notion",
        "instead of Notion",
    ],
)
def test_what_is_left_open_only_leaves_the_plan(message: str) -> None:
    assert read(question(message, PLAN)).unmet == ()
    assert after(INVOICES, message).names == ("gmail",)


def test_the_rest_of_a_message_changes_the_plan_all_the_same() -> None:
    message = "replace Notion with Basecamp and also post them to Slack"
    assert read(question(message, PLAN)).unmet == ("Basecamp",)
    assert [(one.text, one.server) for one in after(INVOICES, message).steps[2:]] == [
        ("post them to Slack", "slack")
    ]


def test_dropping_one_and_asking_for_a_strange_one_are_two_things() -> None:
    plan = after(INVOICES, "drop Notion and use Basecamp")
    assert plan.names == ("gmail",)
    assert plan.uncovered == ("use Basecamp",)


def test_a_name_that_no_server_has_is_not_taken_for_one_that_does_the_same() -> None:
    message = "post it to Slack and use Foobaz instead of Notion"
    assert read(question(message, PLAN)).unmet == ("Foobaz",)
    assert read(question("send them to Ben on Slack instead of Notion", PLAN)).unmet == ()


@pytest.mark.parametrize("message", ["not Notion, Airtable", "no, not Notion, Airtable please"])
def test_a_name_after_not_that_one_takes_its_place(message: str) -> None:
    assert [(one.text, one.server) for one in after(INVOICES, message).steps[1:]] == [
        ("save them to Airtable", "airtable")
    ]


@pytest.mark.parametrize("message", ["then Airtable", "ok, Airtable then", "use Airtable"])
def test_a_name_after_one_that_is_not_known_takes_the_same_place(message: str) -> None:
    plan = after(INVOICES, "use Basecamp instead of Notion", message)
    assert [(one.text, one.server) for one in plan.steps[1:]] == [
        ("save them to Airtable", "airtable")
    ]


@pytest.mark.parametrize(
    "message", ["actually I'd rather have a Google Sheet", "not Notion, Google Sheet"]
)
def test_one_of_what_a_server_is_named_for_means_that_server(message: str) -> None:
    sheets = a_server("google-sheets", title="Google Sheets", category="notes")
    asked = question(message, PLAN)
    near = candidates(sheets)[0]
    found = read(replace(asked, shortlist=(*asked.shortlist, replace(near, named=True))))
    assert [(one.text, one.server) for one in found.steps[1:]] == [
        ("save them to Google Sheets", "google-sheets")
    ]


@pytest.mark.parametrize(
    ("message", "last"),
    [
        ("can you change the day to Monday?", "gmail"),
        ("change it to Monday", "gmail"),
        ("use Monday instead of Notion", "monday"),
    ],
)
def test_a_day_to_change_to_is_no_server(message: str, last: str) -> None:
    monday = a_server("monday", title="monday.com", service="monday", aliases=("Monday",))
    asked = question(message, after("read my Notion pages and mail them with Gmail"))
    near = replace(candidates(monday)[0], named=True)
    found = read(replace(asked, shortlist=(*asked.shortlist, near)))
    assert last in {one.server for one in found.steps}
    assert ("monday" in {one.server for one in found.steps}) is (last == "monday")


@pytest.mark.parametrize("message", ["drop Facebook", "remove Facebook", "no Facebook please"])
def test_an_app_without_a_server_goes_from_the_step_that_names_it(message: str) -> None:
    first = "save my invoices from Gmail to Notion and Facebook"
    plan = after(first, message)
    assert plan.names == after(first).names
    assert "Facebook" not in str([one.text for one in plan.steps])
    assert after(INVOICES, message).names == PLAN.names
    ads = candidates(a_server("ads", description="Reads adverts on Facebook."))
    asked = question(message, after(first))
    found = read(replace(asked, shortlist=(*asked.shortlist, *ads)))
    assert "Facebook" not in str([one.text for one in found.steps])
    assert found.steps


@pytest.mark.parametrize(("needs", "servers"), [({2}, ["agenda", "zoom"]), ({1}, ["zoom"])])
def test_what_is_used_for_a_detail_takes_no_place_of_a_server_for_something_else(
    needs: set[int], servers: list[str]
) -> None:
    agenda, zoom = (a_server(one, category="calendar") for one in ("agenda", "zoom"))
    step = Step(text="book a meeting in Agenda", server="agenda")
    plan = Plan(steps=(step,), servers=(Choice(name="agenda"),))
    asked = question("we use Zoom for the call", plan)
    known, new = candidates(agenda, zoom)
    near = (
        replace(known, needs=frozenset({1})),
        replace(new, named=True, needs=frozenset(needs)),
    )
    found = read(replace(asked, shortlist=(*asked.shortlist, *near)))
    assert [one.server for one in found.steps] == servers


def test_a_no_in_passing_is_no_part_of_a_step() -> None:
    plan = after(INVOICES, "nah, use Airtable instead")
    assert [one.text for one in plan.steps] == [
        "monitor Gmail for invoices",
        "save them to Airtable",
    ]


def test_what_has_just_come_in_is_what_another_of_its_kind_corrects() -> None:
    box, bucket = (a_server(one, category="files") for one in ("box", "bucket"))
    before = Plan(steps=(Step(text="save it"),))
    step = Step(text="save it in Box", server="box")
    plan = Plan(steps=(step,), servers=(Choice(name="box"),))
    old, new = candidates(box, bucket)
    near = (
        replace(old, needs=frozenset({1})),
        replace(new, named=True, needs=frozenset({2})),
    )
    asked = question("no, Bucket", plan)
    for past, servers in (((before,), ["bucket"]), ((Plan(),), ["box", "bucket"])):
        found = read(replace(asked, shortlist=(*asked.shortlist, *near), past=past))
        assert [one.server for one in found.steps] == servers


@pytest.mark.parametrize(
    "message", ["use Airtable, Notion is a pain", "Notion is blocked at work, use Airtable"]
)
def test_a_name_beside_what_is_no_good_takes_its_place(message: str) -> None:
    assert [(one.text, one.server) for one in after(INVOICES, message).steps[1:]] == [
        ("save them to Airtable", "airtable")
    ]


def test_a_server_of_the_plan_may_take_over_the_rest_of_a_step() -> None:
    plan = after("save the pages of Notion in Airtable", "not Airtable, Notion")
    assert [(one.text, one.server) for one in plan.steps] == [
        ("save the pages of Notion in Notion", "notion")
    ]


def test_an_app_without_a_server_in_the_place_of_one_is_told_and_is_no_step() -> None:
    message = "not Notion, Pinterest"
    assert read(question(message, PLAN)).unmet == ("Pinterest",)
    assert [one.text for one in after(INVOICES, message).steps] == ["monitor Gmail for invoices"]


def test_a_step_that_is_only_the_name_of_an_app_goes_with_it() -> None:
    told = (INVOICES, "then Pinterest", "scrap Pinterest")
    assert after(*told).steps == PLAN.steps


def test_what_is_to_go_somewhere_goes_where_the_next_name_says() -> None:
    told = (INVOICES, "also log them somewhere")
    assert after(*told).uncovered == ("log them somewhere",)
    steps = after(*told, "Airtable i guess").steps
    assert [(one.text, one.server) for one in steps[1:]] == [
        ("save them to Notion", "notion"),
        ("log them somewhere, with Airtable", "airtable"),
    ]


def test_a_kind_of_thing_is_no_name_to_fill_a_gap_with() -> None:
    reader = a_server("pdf-reader", title="PDF Reader", service="pdf", aliases=("PDF",))
    plan = after("read my Gmail and water my plants")
    asked = question("as a pdf", plan)
    found = read(replace(asked, shortlist=(*asked.shortlist, *candidates(reader))))
    assert "pdf-reader" not in {one.server for one in found.steps}


def test_both_servers_of_a_service_come_in_where_both_are_named() -> None:
    assert after("read mail in Gmail and the hosted Gmail").names == ("gmail", "gmail-hosted")
    assert after("use both the hosted Gmail and Gmail").names == ("gmail-hosted", "gmail")
    assert after(INVOICES, "also use the hosted Gmail").names == (*PLAN.names, "gmail-hosted")


@pytest.mark.parametrize("message", ["back to notion", "hmm lets go back to notion"])
def test_what_was_replaced_takes_its_place_again(message: str) -> None:
    plan = after(INVOICES, "use Airtable instead of Notion", "post it to Slack too", message)
    assert plan.names == ("gmail", "notion", "slack")
    # Nothing that is like it, but what came for it.
    plan = after(INVOICES, "use Slack instead of Notion", "also add it to Airtable", message)
    assert plan.names == ("gmail", "notion", "airtable")


@pytest.mark.parametrize(
    "message",
    [
        "Notion should be Airtable",
        "and Notion is now Airtable",
        "hm forget Notion use Airtable",
        "Notion is down, use Airtable instead",
        "use Airtable, not Figma",
    ],
)
def test_what_is_said_of_the_one_that_goes_is_no_step(message: str) -> None:
    plan = after(INVOICES, message)
    assert [(one.text, one.server) for one in plan.steps] == [
        ("monitor Gmail for invoices", "gmail"),
        ("save them to Airtable", "airtable"),
    ]


def test_what_was_not_there_leaves_no_place_to_what_is_unlike_the_rest() -> None:
    assert {"gmail", "notion"} < set(after(INVOICES, "use Slack, not Figma").names)


@pytest.mark.parametrize(
    "message",
    [
        "Airtable actually, we migrated",
        "we're switching to Airtable next month",
        "they're Airtable bases, my mistake",
        "plutôt Airtable que Notion",
        "sur Airtable plutôt",
        "Airtable replaced Notion last year, forgot",
        "nobody uses Notion. can it be Airtable?",
        "lieber Airtable als Notion",
        "not Notion, I meant Airtable",
    ],
)
def test_what_is_said_to_be_meant_takes_the_place_of_its_like(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail", "airtable")


@pytest.mark.parametrize("message", ["it's Notion that has to go", "Notion needs to go"])
def test_what_has_to_go_leaves(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail",)


def test_what_may_be_done_anywhere_is_a_limit_and_drops_nothing() -> None:
    plan = after("read Gmail and write me in Slack", "one more thing: only read, never write")
    assert plan.names == ("gmail", "slack")


def test_a_name_alone_does_the_open_part_that_it_is_known_to_do() -> None:
    plan = after("download the invoices from my email, rename them by date", "Gmail")
    assert plan.uncovered == ("rename them by date",)


@pytest.mark.parametrize(
    "message",
    [
        "don't save them, post them to Slack",
        "Slack would do",
        "our team uses Slack",
        "it's Slack",
    ],
)
def test_a_server_that_is_better_takes_the_place_of_its_like(message: str) -> None:
    assert after("post invoices from Gmail to Telegram", message).names[-1] == "slack"


@pytest.mark.parametrize(
    "message", ["Airtable, sorry", "oops, Airtable", "sorry, I meant Airtable"]
)
def test_a_name_with_a_regret_takes_the_place_of_its_like(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail", "airtable")


OFFICE = a_server(
    "office",
    title="Office",
    aliases=("cloudbox", "postbox"),
    category="email",
    tools=("upload-cloudbox-files", "list-postbox-messages"),
)
BOX = a_server("dropbox", category="files")


def test_an_app_within_a_server_takes_the_place_of_what_its_own_tools_do() -> None:
    plan = Plan(
        steps=(
            Step(text="watch Gmail", server="gmail"),
            Step(text="save it to Dropbox", server="dropbox"),
        ),
        servers=(Choice(name="gmail", alternatives=("office",)), Choice(name="dropbox")),
    )
    asked = question("use Cloudbox instead", plan)
    near = [Near(one, (0.0,)) for one in (*EVERYTHING, OFFICE, BOX)]
    found = read(replace(asked, shortlist=rank(asked.message, searched(asked.message), near)))
    assert [one.server for one in found.steps] == ["gmail", "office"]


@pytest.mark.parametrize(
    "message", ["use paper not Notion", "Airtable not Notion", "use the binder and not Notion"]
)
def test_what_is_put_forward_against_another_takes_its_place_or_is_told_of(message: str) -> None:
    found = read(question(message, PLAN))
    assert found.unmet or "notion" in found.declined
    assert "gmail" in after(INVOICES, message).names


@pytest.mark.parametrize("message", ["Slack not email", "Slack, not email"])
def test_a_kind_of_thing_may_be_what_goes(message: str) -> None:
    assert set(after(INVOICES, message).names) == {"slack", "notion"}


@pytest.mark.parametrize("message", ["*Airtable", "Airtable*"])
def test_a_starred_name_is_a_correction(message: str) -> None:
    assert resolved(message, PLAN, (), NOTHING_RAISED) == "I meant Airtable"
    assert after(INVOICES, resolved(message, PLAN, (), NOTHING_RAISED)).names == (
        "gmail",
        "airtable",
    )


def test_what_nobody_named_goes_before_what_somebody_named() -> None:
    suite = a_server("suite", title="Suite", category="mail")
    mail, table = a_server("mail", category="mail"), a_server("table", category="table")
    plan = Plan(
        steps=(
            Step(text="fill in my Table", server="table", why="you named it"),
            Step(text="write to the parents", server="mail", why="it comes closest"),
        ),
        servers=(Choice(name="table", alternatives=("suite",)), Choice(name="mail")),
    )
    told = about(candidates(mail, table, suite), "we use Suite at school btw", plan)
    assert [one.server for one in read(told).steps] == ["table", "suite"]


@pytest.mark.parametrize("message", ["just Airtable", "nur Airtable", "only Airtable please"])
def test_a_newcomer_that_is_to_be_the_only_one_takes_the_place_of_its_like(message: str) -> None:
    assert after(INVOICES, message).names == ("gmail", "airtable")


def test_what_is_only_to_be_looked_at_has_nothing_take_its_place() -> None:
    assert after(INVOICES, "no deleting!! just monitor").names == PLAN.names


@pytest.mark.parametrize(
    "raised", [NOTHING_RAISED, Raised(servers=("slack",), instead_of="notion")]
)
def test_what_left_the_catalogue_can_still_be_replaced(raised: Raised) -> None:
    asked = question("use Slack instead", PLAN)
    known = tuple(one for one in asked.shortlist if one.server.name != "notion")
    analysis = read(replace(asked, shortlist=known, raised=raised))
    assert [one.server for one in analysis.steps] == ["gmail", "slack"]
    assert analysis.declined == ("notion",)
