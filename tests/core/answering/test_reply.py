"""What a user reads after a turn."""

from dataclasses import replace

import pytest

from catalogues import CATALOGUE, FIGMA, GMAIL, NOTION, a_server, an_input, question
from outfitter.core.agent import Equipment
from outfitter.core.analysis import Analysis, Intent
from outfitter.core.answering.cautions import shown
from outfitter.core.answering.occasion import Occasion
from outfitter.core.answering.reply import write
from outfitter.core.catalogue import Access, Server
from outfitter.core.equipping.decide import AgentReady, Clarify, decide, settle
from outfitter.core.equipping.requirements import Stored, missing
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.offline import read
from talks import after

KEYS = "https://cloud.test/keys"
INVOICES = "monitor Gmail for invoices and save them to Notion"
STORED = {
    "gmail": frozenset({"EMAIL_ADDRESS", "EMAIL_PASSWORD"}),
    "notion": frozenset({"NOTION_TOKEN"}),
}


def _occasion(message: str, before: Plan | None = None, stored: Stored | None = None) -> Occasion:
    """A turn taken by the offline analyzer."""
    asked = question(message, before)
    analysis = read(asked)
    plan = settle(analysis, asked.plan, asked.shortlist)
    outcome = decide(plan, CATALOGUE, stored or {})
    return Occasion(analysis, asked.plan, plan, outcome, CATALOGUE)


PLAN = _occasion(INVOICES).plan


def test_the_first_reply_says_what_was_understood_and_asks_for_what_is_missing() -> None:
    assert write(_occasion(INVOICES)) == (
        "This is how I understood you:\n"
        "1. monitor Gmail for invoices (Gmail)\n"
        "2. save them to Notion (Notion)\n\n"
        "Instead of Gmail, Gmail (hosted) could do it too.\n"
        "Instead of Notion, Airtable could do it too.\n\n"
        "I need 3 credentials.\n\n"
        "Gmail:\n"
        "- `EMAIL_ADDRESS`: Your Gmail address\n"
        "- `EMAIL_PASSWORD`: A Gmail app password\n"
        "How to get them:\n"
        "1. Turn on two-step verification\n"
        "2. Create an app password\n"
        "3. Copy the 16 letters\n"
        "Link: https://myaccount.google.com/apppasswords\n\n"
        "Notion:\n"
        "- `NOTION_TOKEN`: Internal integration secret\n"
        "How to get it:\n"
        "1. Open the integrations page\n"
        "2. Create an integration\n"
        "3. Copy its secret\n"
        "4. Share the page with the integration\n"
        "Link: https://www.notion.so/profile/integrations\n\n"
        'Send them with your next message: `credentials: {"gmail": {"EMAIL_ADDRESS": "…", '
        '"EMAIL_PASSWORD": "…"}, "notion": {"NOTION_TOKEN": "…"}}`'
    )


def test_bringing_some_credentials_leaves_only_the_rest_to_ask() -> None:
    said = write(_occasion("here it is", PLAN, {"gmail": STORED["gmail"]}))
    assert said == (
        "I still need one credential.\n\n"
        "- Notion: `NOTION_TOKEN`\n\n"
        'Send it with your next message: `credentials: {"notion": {"NOTION_TOKEN": "…"}}`\n\n'
        "Ask which keys are missing, and I show again how to get it."
    )


def test_how_to_get_a_credential_is_told_when_its_server_comes_in_and_not_again() -> None:
    said = write(_occasion("also post a summary to Slack", PLAN, {"gmail": STORED["gmail"]}))
    assert "I need 2 credentials.\n\nSlack:\n" in said
    assert "\n\n- Notion: `NOTION_TOKEN`\n\n" in said
    assert "Create an integration" not in said


@pytest.mark.parametrize(
    "message",
    [
        "which keys do you still need and where do I get them?",
        "what's left?",
        "Welche Schlüssel brauchst du noch?",
    ],
)
def test_who_asks_what_is_missing_hears_how_to_get_that_and_nothing_else(message: str) -> None:
    some = write(_occasion(message, PLAN, {"gmail": STORED["gmail"]}))
    assert some.startswith("I still need one credential.\n\nNotion:\n- `NOTION_TOKEN`: Internal")
    assert "Create an integration" in some
    assert "Gmail" not in some
    none = write(_occasion(message, PLAN, STORED))
    assert none == "No credential is missing, and the agent is ready."


def test_an_agent_that_is_ready_comes_with_the_way_to_it() -> None:
    said = write(replace(_occasion("done", PLAN, STORED), version=1, is_new=True))
    assert said.startswith("That is everything. Your agent is ready, with Gmail and Notion.")
    assert "/api/agents/{agent_id}/bundle" in said
    again = replace(_occasion("done", PLAN, STORED), version=3)
    assert write(again).startswith("Your agent is ready, version 3, with")
    renewed = write(replace(again, brought={"notion": ("NOTION_TOKEN",)}))
    assert renewed.startswith("I stored `NOTION_TOKEN` for Notion.\n\nYour agent is ready")


def test_only_an_agent_with_credentials_is_said_to_have_a_file_of_them() -> None:
    ready = _occasion("done", PLAN, STORED)
    with_some = replace(ready, equipment=(Equipment(server=NOTION, keys=("NOTION_TOKEN",)),))
    with_none = replace(ready, equipment=(Equipment(server=FIGMA),))

    assert "/env` gives you the file with your credentials." in write(with_some)
    assert "and start it as the README inside says." in write(with_none)
    assert "credentials" not in write(with_none)


def test_credentials_of_an_earlier_session_are_mentioned_by_name() -> None:
    occasion = replace(_occasion(INVOICES, None, STORED), reused={"notion": ("NOTION_TOKEN",)})
    assert "For Notion I use the `NOTION_TOKEN` you gave me earlier." in write(occasion)


def test_credentials_that_the_plan_has_no_use_for_are_said_to_be_stored() -> None:
    brought = {"notion": ("NOTION_TOKEN",)}
    told = "I stored `NOTION_TOKEN` for Notion; nothing in the plan uses it yet."
    for message in ("hello", "monitor Gmail for invoices", "water my plants"):
        assert told in write(replace(_occasion(message), brought=brought))
    assert "I stored" not in write(replace(_occasion(INVOICES), brought=brought))


def test_credentials_of_a_plan_that_comes_to_nothing_yet_are_said_to_be_stored() -> None:
    stuck = replace(_occasion("and now?", PLAN), outcome=Clarify(), lost=("gmail",))
    said = write(replace(stuck, brought={"notion": ("NOTION_TOKEN",)}))
    assert "I stored `NOTION_TOKEN` for Notion." in said.splitlines()


def test_a_removed_secret_is_mentioned_first() -> None:
    one = write(replace(_occasion("yes", PLAN), redacted=1))
    assert one.startswith("Your message contained something that looks like a secret. I removed it")
    two = write(replace(_occasion("yes", PLAN), redacted=2))
    assert two.startswith("Your message contained parts that look like a secret. I removed them")


def test_a_removed_secret_is_named_by_the_waiting_credential_it_looks_like() -> None:
    waiting = missing([CATALOGUE["notion"], CATALOGUE["airtable"]], {})
    occasion = replace(_occasion("yes", PLAN), redacted=1, pasted=waiting[:1])
    assert (
        "It looks like `NOTION_TOKEN` of Notion, still missing here. To use it for that, send it "
        'again as `credentials: {"notion": {"NOTION_TOKEN": "…"}}`.'
    ) in write(occasion)
    assert "One of them looks like `NOTION_TOKEN`" in write(replace(occasion, redacted=2))
    both = write(replace(occasion, redacted=2, pasted=waiting))
    assert "They look like `NOTION_TOKEN` of Notion and `AIRTABLE_API_KEY` of Airtable," in both


def test_an_agent_with_more_than_forty_tools_is_warned_of_with_its_biggest_server() -> None:
    many = a_server("workshop", tools=[f"tool_{number}" for number in range(38)])
    ready = _occasion("done", PLAN, STORED)
    fine = replace(ready, equipment=(Equipment(server=many), Equipment(server=NOTION)))
    crowded = replace(ready, equipment=(*fine.equipment, Equipment(server=GMAIL)))
    fewer = replace(ready, equipment=(Equipment(server=many, tools=("tool_1",)),))
    assert "The agent has 43 tools" in write(crowded)
    assert "38 of them come from Workshop" in write(crowded)
    assert "tools, and a model" not in write(fine) + write(fewer)


def test_tools_are_counted_for_each_server_also_where_two_share_a_title() -> None:
    alike = [
        a_server(name, title="Workshop", tools=[f"tool_{number}" for number in range(21)])
        for name in ("workshop", "workshop-2")
    ]
    ready = replace(
        _occasion("done", PLAN, STORED),
        equipment=tuple(Equipment(server=one) for one in alike),
    )

    assert "The agent has 42 tools" in write(ready)


def test_a_ban_that_takes_no_tool_away_is_told() -> None:
    plan = Plan(
        steps=(Step(text="read designs", server="figma"), Step(text="never delete anything")),
        servers=(Choice(name="figma"),),
    )
    ready = replace(_occasion(INVOICES), plan=plan, outcome=AgentReady())
    said = write(replace(ready, equipment=(Equipment(server=FIGMA),)))
    assert "all tools of Figma stay open to it" in said
    bound = write(replace(ready, equipment=(Equipment(server=FIGMA, tools=("get",)),)))
    assert "stay open" not in bound


def test_servers_that_are_called_the_same_are_told_apart_by_their_names() -> None:
    twins = {name: a_server(name).model_copy(update={"title": "Notes"}) for name in ("one", "two")}
    plan = Plan(
        steps=(Step(text="keep notes", server="one"),),
        servers=(Choice(name="one", alternatives=("two",)),),
    )
    ready = replace(_occasion(INVOICES), plan=plan, outcome=AgentReady(), servers=twins)

    assert "1. keep notes (Notes (one))" in write(ready)
    assert "with Notes (one)." in write(ready)


def test_a_swap_is_told_in_one_sentence() -> None:
    said = write(_occasion("use Airtable instead of Notion", PLAN, STORED))
    assert said.startswith("I put Airtable in the place of Notion.\n\nThe plan is now:\n")
    assert "2. save them to Airtable (Airtable)" in said
    beside = write(_occasion("use Airtable instead of Notion and post them to Slack", PLAN))
    assert beside.startswith("I put Airtable in the place of Notion.\n")


def test_what_a_plan_has_no_room_for_is_told() -> None:
    steps = tuple(Step(text=f"save page {at} to Notion", server="notion") for at in range(50))
    full = Plan(steps=steps, servers=(Choice(name="notion"),))
    said = write(_occasion("also post the invoices to Slack", full, STORED))
    assert "A plan holds 50 steps, so I left out “post the invoices to Slack”." in said


def test_what_a_misspelt_name_was_read_as_is_told_first() -> None:
    said = write(replace(_occasion(INVOICES), read={"notoin": "Notion", "gmial": "Gmail"}))
    assert said.startswith("I read “notoin” as Notion and “gmial” as Gmail.\n\nThis is how")


def test_a_server_that_is_not_in_order_comes_with_a_word_about_it() -> None:
    old = NOTION.model_copy(update={"status": "archived", "notes": "Use something newer."})
    said = write(replace(_occasion(INVOICES), servers=CATALOGUE | {"notion": old}))
    assert "Mind that Notion is no longer developed. Use something newer." in said


def test_what_a_server_wants_beside_credentials_is_told_when_it_comes_in() -> None:
    picky = NOTION.model_copy(update={"notes": "A browser must be installed."})
    said = write(replace(_occasion(INVOICES), servers=CATALOGUE | {"notion": picky}))
    assert "About Notion: A browser must be installed." in said


def test_a_server_that_nobody_looked_through_comes_in_with_where_it_is_from() -> None:
    said = {"name": "notion", "reviewed": False, "provenance": "a registry, 2026-11-22"}
    strange = {**CATALOGUE, "notion": NOTION.model_copy(update=said)}

    first = write(replace(_occasion(INVOICES), servers=strange))
    later = write(replace(_occasion("here it is", PLAN), servers=strange))

    warned = (
        "Nobody here has looked through Notion: it came as `notion` from a registry, 2026-11-22."
    )
    assert warned in first
    assert "Nobody here has looked through Gmail" not in first
    assert warned not in later


def test_a_declined_server_is_named_with_what_could_do_its_part() -> None:
    said = write(_occasion("I don't want to give you my Notion key", PLAN, STORED))
    assert said.startswith(
        "I took Notion out of the plan. Airtable could do that part; say so if you want it."
    )


def test_a_server_turned_down_before_it_came_in_is_named() -> None:
    said = write(_occasion("don't use Slack", PLAN, STORED))
    assert said.startswith("I leave Slack out.\n\nThe plan stays as it is.")


def test_what_nothing_does_is_said_and_asked_about() -> None:
    said = write(_occasion("read my Gmail, summarize it and water my plants", None, STORED))
    assert "2. summarize it (the agent by itself)" in said
    assert "3. water my plants (no server for this yet)" in said
    assert "The agent will go without “water my plants”" in said
    alone = write(_occasion("water my plants"))
    assert alone.startswith("I found no server in the catalogue for “water my plants”.")


def test_what_nothing_does_is_not_forgotten_in_the_next_reply() -> None:
    before = _occasion("water my plants").plan
    said = write(_occasion("ok", before))
    assert said.startswith("I still know no server for “water my plants”.")


def test_an_app_that_no_server_works_with_is_named() -> None:
    said = write(_occasion("put my Instagram posts into Notion", None, STORED))
    assert "No server of the plan is made for Instagram, so that part may not work." in said
    assert "made for" not in write(_occasion(INVOICES))


def test_a_sign_in_on_the_first_run_is_announced_with_its_steps() -> None:
    said = write(_occasion("read my Figma designs"))
    assert "Figma asks you to sign in on the first run:\n1. Start the agent\n2. Sign in" in said
    assert FIGMA.title == "Figma"


def test_a_file_that_must_lie_ready_is_announced() -> None:
    cluster = a_server("cluster", access=Access.FILE, steps=("Copy the file to its place",))
    plan = Plan(
        steps=(Step(text="list pods", server="cluster"),), servers=(Choice(name="cluster"),)
    )
    analysis = Analysis(intent=Intent.PLAN, steps=plan.steps)
    said = write(Occasion(analysis, Plan(), plan, AgentReady(), {"cluster": cluster}))
    assert "Cluster reads a file of yours" in said
    assert "1. Copy the file to its place" in said


def _both(first: Server, second: Server) -> str:
    """The reply to a wish for both, with nothing brought yet."""
    servers = {one.name: one for one in (first, second)}
    plan = Plan(
        steps=tuple(Step(text=f"ask {name}", server=name) for name in servers),
        servers=tuple(Choice(name=name) for name in servers),
    )
    analysis = Analysis(intent=Intent.PLAN, steps=plan.steps)
    return write(Occasion(analysis, Plan(), plan, decide(plan, servers, {}), servers))


def test_a_key_that_serves_a_second_server_too_is_told_to() -> None:
    first = a_server("a", an_input("A_KEY", "An access key"), obtain_url=KEYS)
    second = a_server("b", an_input("B_KEY", "An access key"), obtain_url=KEYS)

    said = _both(first, second)
    assert "- `A_KEY`: An access key\n" in said
    assert "- `B_KEY`: An access key (what you give A will do)\n" in said
    for one, other in ((KEYS, "https://other.test/keys"), (None, KEYS), (None, None)):
        apart = [
            server.model_copy(update={"obtain_url": place})
            for server, place in ((first, one), (second, other))
        ]
        assert "will do" not in _both(*apart)


def test_what_two_servers_take_is_told_once() -> None:
    steps = ("Open the cloud", "Make a key")
    first = a_server("a", an_input("A_KEY", "An access key"), obtain_url=KEYS, steps=steps)
    second = a_server("b", an_input("B_KEY", "An access key"), obtain_url=KEYS)

    said = _both(first, second.model_copy(update={"steps": (*steps, "Name the region")}))
    assert "I need 2 credentials, one of them the same as another." in said
    assert "(what you give A will do)\nWhat else to do for it:\n1. Name the region\n\n" in said
    assert said.count("Make a key") == said.count(f"Link: {KEYS}") == 1


def test_a_file_that_serves_a_second_server_too_is_told_to() -> None:
    file = an_input("KEY_FILE", "Where the file lies", default="keys.json")
    file = file.model_copy(update={"format": "filepath"})
    said = _both(
        a_server("mail", file, access=Access.SIGN_IN, obtain_url=KEYS),
        a_server("dates", file, access=Access.FILE, obtain_url=KEYS),
    )
    assert "Mail asks you to sign in on the first run." in said
    assert "have it in place before the start; the file of Mail will do." in said


@pytest.mark.parametrize(
    "message",
    [
        *("hi", "Hello there!", "good morning", "hallo", "hola", "Hello \U0001f600", "hi :)"),
        *("Guten Tag", "Hola, buenas tardes", "Bonsoir !", "Ciao", "\u4f60\u597d", "hey, hello"),
    ],
)
def test_a_greeting_is_returned_before_what_can_be_said(message: str) -> None:
    said = write(_occasion(message))
    assert said.startswith("Hello! Tell me in plain words")
    assert write(_occasion(f"{message}, save invoices to Notion")).startswith("This is how")


def test_nothing_to_automate_leads_to_an_example() -> None:
    said = write(_occasion("the sky is blue"))
    assert said.startswith("I found nothing to automate in that yet.")
    assert "for example" in said


def test_no_other_is_offered_for_what_a_server_that_stays_does_too() -> None:
    said = write(_occasion("Gmail then", after("read my Gmail or Notion")))
    assert said.startswith("I took Notion out of the plan.\n\nThe plan is now:\n1. read my Gmail")


def test_small_talk_in_a_plan_reminds_of_what_is_missing() -> None:
    said = write(_occasion("my cat is funny", PLAN, {"gmail": STORED["gmail"]}))
    assert said == (
        "I heard nothing in that which changes the plan. If it should, name the app and say "
        "what to do with it.\n\n"
        "Your plan is unchanged; it still needs `NOTION_TOKEN`."
    )
    ready = write(_occasion("my cat is funny", PLAN, STORED))
    assert ready.endswith("Your plan is unchanged, and its agent is ready.")


def test_thanks_get_a_short_answer_with_what_is_still_missing() -> None:
    missing_one = write(_occasion("thanks!", PLAN, {"gmail": STORED["gmail"]}))
    assert missing_one == "You're welcome!\n\nI still need `NOTION_TOKEN`."
    ready = write(replace(_occasion("great", PLAN, STORED), agent_id="a-1"))
    assert ready == (
        "Glad to hear that!\n\nYour agent is ready: `GET /api/agents/a-1/bundle` has it."
    )


def test_a_question_gets_the_answer_of_the_analyzer() -> None:
    analysis = Analysis(intent=Intent.ASK, reply="Notion wants a token.")
    occasion = replace(_occasion("hello"), analysis=analysis)
    assert write(occasion) == "Notion wants a token."


def test_an_agent_made_just_now_is_told_of_in_full_whatever_else_is_said() -> None:
    said = write(replace(_occasion("thanks!", PLAN, STORED), agent_id="a-1", is_new=True))
    assert said.startswith(
        "You're welcome!\n\nThat is everything. Your agent is ready, with Gmail and Notion."
    )
    asked = replace(_occasion("what is the plan?", PLAN, STORED), is_new=True)
    assert "Your agent is ready, with Gmail and Notion." in write(asked)
    assert "unchanged" not in write(asked)


@pytest.mark.parametrize("word", ["undo", "redo"])
def test_where_nothing_is_left_to_take_back_or_to_do_again_that_is_said(word: str) -> None:
    occasion = replace(_occasion("yes", PLAN), analysis=Analysis(intent=Intent(word)))
    assert write(occasion).startswith(f"There is nothing more to {word}.")


@pytest.mark.parametrize(
    ("word", "opening"),
    [("undo", "I took that back."), ("redo", "I brought back what you took back.")],
)
def test_a_plan_of_before_is_told_apart_from_one_with_more_changes(word: str, opening: str) -> None:
    moved = replace(_occasion(INVOICES), analysis=Analysis(intent=Intent(word)))
    assert f"{opening} The plan is again:" in write(moved)
    changed = replace(moved, analysis=moved.analysis.model_copy(update={"steps": PLAN.steps}))
    assert f"{opening} The plan is now:" in write(changed)


def test_what_was_to_take_a_place_and_has_no_server_is_named() -> None:
    said = write(_occasion("replace Notion with Basecamp", PLAN))
    assert said.startswith("I know no server for Basecamp, so that part stays as it is.")
    assert "Your plan is unchanged" in said
    alone = write(_occasion("seriously though can you take bookings from opentable"))
    assert alone.startswith("I know no server for OpenTable. If you know an app")
    both = write(_occasion("replace Notion with Basecamp and read Figma", PLAN))
    assert "I know no server for Basecamp" in both
    assert "The plan is now:" in both


def test_a_step_that_lost_what_it_speaks_of_is_asked_about() -> None:
    said = write(_occasion("drop Gmail", PLAN))
    assert "“save them to Notion” was about what came from there." in said
    assert "Where should that come from?" in said
    assert "came from there" not in write(_occasion("drop Notion", PLAN))


def test_an_emptied_plan_asks_what_should_happen() -> None:
    said = write(_occasion("drop everything", PLAN))
    assert said == (
        "I took Gmail and Notion out of the plan.\n\n"
        "Nothing is left in the plan; “undo” brings it back. What should happen instead?"
    )
    gone = replace(_occasion("yes", PLAN), analysis=Analysis(intent=Intent.UNDO))
    undone = write(replace(gone, plan=Plan(), outcome=decide(Plan(), CATALOGUE, {})))
    assert undone == (
        "No change is left to take back, so I took back the request itself. "
        "Nothing is left in the plan; “redo” brings it back. What should happen instead?"
    )


def test_a_plan_of_thoughts_alone_asks_for_the_apps() -> None:
    thoughts = Plan(steps=(Step(text="think"),))
    analysis = Analysis(intent=Intent.PLAN, steps=thoughts.steps)
    occasion = replace(_occasion("hello"), analysis=analysis, plan=thoughts)
    assert write(occasion) == "Which apps or services should the agent use for this?"


def test_a_server_gone_from_the_catalogue_is_called_by_its_name() -> None:
    plan = Plan(steps=(Step(text="save", server="gone"),), servers=(Choice(name="gone"),))
    occasion = replace(_occasion(INVOICES), plan=plan, outcome=AgentReady(("gone",)))
    assert "1. save (gone)" in write(occasion)
    assert GMAIL.title in write(_occasion(INVOICES))
    assert NOTION.title in write(_occasion(INVOICES))


def test_an_app_that_was_waved_away_is_no_longer_warned_of() -> None:
    plan = _occasion("log my Fitbit sleep in Notion").plan
    assert "No server of the plan is made for Fitbit" in write(
        _occasion("log my Fitbit sleep in Notion")
    )
    assert "Fitbit, so" not in write(_occasion("forget Fitbit", plan))


def test_an_app_that_was_turned_down_is_not_said_to_have_no_server() -> None:
    step = Step(text="nobody reads GitHub, use Slack", server="slack")
    plan = Plan(steps=(step,), servers=(Choice(name="slack"),))
    assert shown(plan, CATALOGUE).uncovered == ("GitHub",)
    declined = plan.model_copy(update={"declined": ("github",)})
    assert shown(declined, CATALOGUE).uncovered == ()


def test_an_app_that_a_step_without_a_server_tells_of_is_warned_of_where_it_is_to_be_used() -> None:
    steps = (Step(text="read my mail", server="gmail"), Step(text="we use Google Meet"))
    plan = Plan(steps=steps, servers=(Choice(name="gmail"),))
    assert shown(plan, CATALOGUE).uncovered == ("Google Meet",)
    for text in ("draft a tweet", "never post to Facebook"):
        quiet = plan.model_copy(update={"steps": (steps[0], Step(text=text))})
        assert shown(quiet, CATALOGUE).uncovered == ()
