"""Which tools an agent is given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogues import a_server
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.catalogue import Probe, Server, Tool
from outfitter.core.equipping.doing import Effect, of_tool
from outfitter.core.equipping.tooling import barred, pick
from outfitter.core.plan import Step

# A server of so few tools may well be given whole.
FEW = 8
BUILTIN = {server.name: server for server in builtin()}
MAIL = a_server("mail", tools=("search_mail", "read_mail", "draft_mail", "send_mail", "drop_mail"))
BOARD = a_server("board").model_copy(
    update={
        "tools": (
            *(Tool(name=f"create_{kind}") for kind in "abcdefgh"),
            *(Tool(name=f"update_{kind}_colour") for kind in "abcdefgh"),
            Tool(name="list_lanes"),
            Tool(name="get_old_reports"),
            Tool(name="list_closed_boards"),
            Tool(name="show_own_account"),
            Tool(name="search"),
            Tool(name="create_card", required=("lane_id", "title")),
            Tool(name="delete_card", required=("card_id",)),
        ),
        "probe": Probe(tool="show_own_account"),
    }
)


def _picked(server: Server, *texts: str, others: tuple[str, ...] = ()) -> tuple[str, ...]:
    own = [Step(text=one, server=server.name) for one in texts]
    return pick(server, [*own, *(Step(text=one) for one in others)])


def test_a_step_that_reads_brings_no_tool_that_writes() -> None:
    assert _picked(MAIL, "monitor the mailbox for invoices") == ("search_mail", "read_mail")


def test_tools_that_write_send_or_delete_come_with_a_step_that_says_so() -> None:
    assert _picked(MAIL, "draft an answer") == ("search_mail", "read_mail", "draft_mail")
    assert _picked(MAIL, "reply to each mail")[-1] == "send_mail"
    assert _picked(MAIL, "delete old mails") == ("search_mail", "read_mail", "drop_mail")


@pytest.mark.parametrize(
    ("text", "kept_back"),
    [
        ("clean up the mailbox, but never delete anything", "drop_mail"),
        ("tidy my mails without deleting any", "drop_mail"),
        ("write an answer to each mail, but never send it", "send_mail"),
        ("reply to each mail, but only as a draft, don't send anything", "send_mail"),
    ],
)
def test_what_is_ruled_out_stays_out_where_a_verb_only_may_mean_it(
    text: str, kept_back: str
) -> None:
    picked = _picked(MAIL, text)
    assert kept_back not in picked
    assert "draft_mail" in picked


def test_what_must_not_be_overwritten_is_moved_and_not_written() -> None:
    picked = _picked(BUILTIN["filesystem"], "rename the scans, but never overwrite a file")
    assert "move_file" in picked
    assert not {"write_file", "edit_file"} & set(picked)


def test_a_tool_that_does_one_thing_more_than_is_asked_for_stays_out() -> None:
    picked = _picked(BUILTIN["word"], "read the comments in draft.docx")
    assert "get_all_comments" in picked
    assert "search_and_replace" not in picked


def test_who_reports_what_there_is_changes_nothing() -> None:
    picked = _picked(BUILTIN["mailchimp"], "report how the last campaign did")
    assert "get_campaign_report" in picked
    assert not {"create_campaign", "send_campaign"} & set(picked)
    assert "create_record" in _picked(BUILTIN["airtable"], "report a bug in Airtable")


def test_what_cannot_send_shows_what_somebody_wants_to_be_sent() -> None:
    picked = _picked(BUILTIN["quickbooks"], "send me the profit and loss every month")
    assert "get_profit_loss" in picked
    assert not [one for one in picked if one.startswith(("create", "edit"))]


def test_what_is_asked_for_in_plain_words_comes_though_some_of_it_is_ruled_out() -> None:
    assert "drop_mail" in _picked(MAIL, "delete spam", "never delete mails of my boss")


@pytest.mark.parametrize(
    "text",
    [
        "Jeden Freitag um 8 Uhr lies meine Mails",
        "chaque vendredi à 17h, résume mes mails",
        "todos los días a las 7 revisa mis mails",
        "every other Friday at 9:30 read my mails",
    ],
)
def test_when_a_step_is_done_hides_its_verb_in_no_language(text: str) -> None:
    assert _picked(MAIL, text) == ("search_mail", "read_mail")


@pytest.mark.parametrize("ban", ["read-only, please", "never change anything"])
def test_a_ban_holds_for_every_server_that_is_not_told_otherwise(ban: str) -> None:
    unclear = "triage the inbox"
    assert _picked(MAIL, unclear, others=(ban,)) == ("search_mail", "read_mail")
    assert _picked(MAIL, unclear) == ("search_mail", "read_mail", "draft_mail", "send_mail")


def test_a_tool_called_after_who_reads_or_updates_does_no_more_than_that() -> None:
    picked = _picked(BUILTIN["netlify"], "look into my sites", others=("only read",))
    assert "netlify-project-services-reader" in picked
    assert not [one for one in picked if one.endswith("updater")]


def test_a_verb_that_is_ruled_out_takes_its_tools_away_where_others_may_change_things() -> None:
    picked = _picked(BUILTIN["gitlab"], "comment on the merge request, but never approve or merge")
    assert "create_merge_request_note" in picked
    assert not {"approve_merge_request", "merge_merge_request"} & set(picked)
    picked = _picked(MAIL, "send invoices", others=("never send drafts",))
    assert "send_mail" in picked


def test_who_is_to_be_told_by_a_server_is_told_though_others_send_nothing() -> None:
    picked = _picked(BUILTIN["teams"], "tell me on Teams", others=("never send anything",))
    assert "send_chat_message" in picked


def test_what_is_to_be_written_is_sent_where_there_is_no_other_way() -> None:
    fax = a_server("fax", tools=("read_fax", "send_fax", "delete_fax"))
    assert _picked(fax, "save the summary") == ("read_fax", "send_fax")
    forum = a_server("forum", tools=("read_topic", "create_topic", "send_reply", "delete_topic"))
    assert _picked(forum, "save the summary") == ("read_topic", "create_topic")
    chat = forum.model_copy(update={"category": "chat"})
    assert _picked(chat, "save the summary") == ("read_topic", "create_topic", "send_reply")


def test_a_ban_on_sending_takes_only_that_away() -> None:
    picked = _picked(MAIL, "triage the inbox, never send anything")
    assert picked == ("search_mail", "read_mail", "draft_mail")


def test_a_server_is_whole_where_nothing_fits_or_nothing_is_said() -> None:
    only_sends = a_server("fax", tools=("send_fax",))
    assert _picked(only_sends, "delete old faxes") == ()
    assert _picked(MAIL) == ()
    assert _picked(a_server("bare"), "read it") == ()


def _barred(name: str, text: str) -> bool:
    return barred(BUILTIN[name], [Step(text=text, server=name)])


def test_a_server_is_barred_where_all_that_its_tools_do_is_ruled_out() -> None:
    assert _barred("mermaid", "only read the diagram")
    assert _barred("chart", "look at the numbers, read-only")
    assert not _barred("mermaid", "look at the diagram, never delete anything")
    assert not _barred("chart", "draw a chart, but change nothing else")
    assert not _barred("gmail", "only read the mails")


def test_what_does_more_than_a_verb_tells_or_lists_no_tools_is_never_barred() -> None:
    assert not _barred("gcloud", "only read the list of machines")
    assert not _barred("apify", "only read the page")


def test_where_no_tool_is_known_to_read_those_stay_that_no_verb_tells_of() -> None:
    shell = a_server("shell", tools=("run_command", "delete_command"))
    assert _picked(shell, "only read the log") == ("run_command",)


def test_a_ban_names_the_tools_even_where_the_known_ones_are_all_harmless() -> None:
    notes = a_server("notes", tools=("read_note", "list_notes"))
    assert _picked(notes, "read my notes") == ()
    assert _picked(notes, "only read my notes") == ("read_note", "list_notes")


def test_a_chosen_tool_brings_what_finds_its_parameters_and_what_tries_the_key() -> None:
    picked = _picked(BOARD, "create a card for each bug")
    assert {"create_card", "list_lanes", "search", "show_own_account"} <= set(picked)
    assert not {"delete_card", "get_old_reports", "list_closed_boards"} & set(picked)


def test_two_tools_at_most_look_up_a_parameter_and_those_that_ask_least() -> None:
    desk = a_server("desk").model_copy(
        update={
            "tools": (
                *(Tool(name=f"list_{kind}") for kind in "abcdefghijklmnop"),
                Tool(name="create_card", required=("lane_id",)),
                Tool(name="find_lanes_by_colour", required=("colour", "shade")),
                Tool(name="show_lane", required=("lane_id",)),
                Tool(name="find_lanes_by_size", required=("size",)),
                Tool(name="list_old_lanes"),
            )
        }
    )
    picked = _picked(desk, "create a card for each bug")
    assert {"list_old_lanes", "find_lanes_by_size"} <= set(picked)
    assert not {"find_lanes_by_colour", "show_lane"} & set(picked)


def test_a_tool_that_signs_in_comes_along_and_a_mere_word_of_the_steps_does_not() -> None:
    names = ("search_mail", "sign_in_here", "send")
    mail = a_server("mail", tools=names).model_copy(
        update={"steps": ("Call `sign_in_here`, then send the code that comes.",)}
    )
    assert _picked(mail, "only read the mail") == ("search_mail", "sign_in_here")


READ = frozenset({Effect.READ})
_FIRST = tuple(f"list_{kind}" for kind in "abcdef")
_THINGS = ("task", "song", "price", "row", "invoice", "customer", "spreadsheet", "event", "website")
_ROWS = ("record", "entry", "cell", "data", "range", "value", "record_entry", "cell_data")


@pytest.mark.parametrize(
    ("others", "best", "step"),
    [
        (_THINGS, "get_image", "look at the picture"),
        (_ROWS, "get_row", "look at the row"),
    ],
)
def test_of_many_tools_those_come_that_speak_of_the_thing_by_its_name_or_another(
    others: tuple[str, ...], best: str, step: str
) -> None:
    store = a_server("store", tools=(*_FIRST, *(f"get_{one}" for one in others), best))
    picked = _picked(store, step)
    assert best in picked
    assert len(picked) < len(store.tools)


def test_of_many_tools_no_other_that_writes_fills_a_place_of_those_that_fit() -> None:
    writing = (*(f"update_{one}" for one in (*_THINGS, *_ROWS)), "create_invoice")
    desk = a_server("desk", tools=(*(f"list_{one}" for one in _ROWS), *writing))
    picked = _picked(desk, "create an invoice")
    assert set(picked) & set(writing) == {"update_invoice", "create_invoice"}


@pytest.mark.parametrize(
    ("name", "step", "kept_back"),
    [
        ("github", "open a pull request with the fix", "merge_pull_request"),
        ("line", "send the weather to my LINE", "broadcast_text_message"),
        ("circleci", "rerun failed workflows", "run_rollback_pipeline"),
        ("cloud-run", "read the logs of our service", "deploy_container_image"),
        ("git", "commit the changed files", "git_reset"),
        ("trello", "create a card for each mail", "archive_list"),
    ],
)
def test_what_nobody_wants_by_the_way_comes_with_a_step_that_says_so_alone(
    name: str, step: str, kept_back: str
) -> None:
    assert kept_back not in _picked(BUILTIN[name], step)


def test_what_makes_nothing_new_brings_no_tool_that_does() -> None:
    picked = _picked(BUILTIN["sentry"], "assign new errors to the backend team")
    assert {"update_issue", "find_teams"} <= set(picked)
    assert "create_team" not in picked


def test_a_server_brings_few_tools_where_some_fit_and_more_where_none_does() -> None:
    asana = BUILTIN["asana"]
    assert len(_picked(asana, "move my tasks to the section Done")) < len(asana.tools) / 3
    shop = _picked(BUILTIN["shopify"], "lower the price of the blue shirt")
    assert {"get-products", "update-product", "manage-product-variants"} <= set(shop)


@pytest.mark.parametrize(
    ("name", "step", "needed"),
    [
        ("microsoft-365", "Verschiebe Rechnungen in den Ordner Steuer", "move-mail-message"),
        ("todoist", "wie viele Aufgaben habe ich erledigt", "find-completed-tasks"),
        ("trello", "crée une carte pour chaque mail", "add_card_to_list get_lists"),
        ("stripe", "crea una factura para cada pedido", "create_invoice list_customers"),
        (
            "google-sheets",
            "\u5728\u8868\u683c\u91cc\u65b0\u589e\u4e00\u884c",
            "add_rows list_spreadsheets",
        ),
    ],
)
def test_a_step_in_another_language_brings_what_it_speaks_of(
    name: str, step: str, needed: str
) -> None:
    picked = _picked(BUILTIN[name], step)
    assert set(needed.split()) <= set(picked)
    assert len(picked) <= len(BUILTIN[name].tools) * 2 / 3


def test_tools_stay_in_the_order_of_the_catalogue() -> None:
    names = [tool.name for tool in BOARD.tools]
    picked = _picked(BOARD, "create a card for each bug")
    assert sorted(picked, key=names.index) == list(picked)


def test_a_server_that_mostly_acts_keeps_its_acts() -> None:
    picked = _picked(BUILTIN["playwright"], "check the price on the page")
    assert {"browser_click", "browser_type", "browser_snapshot"} <= set(picked)


@pytest.mark.parametrize(
    ("name", "step", "needed"),
    [
        ("memory", "remember it in the knowledge graph", "search_nodes create_entities"),
        ("time", "tell me what time it is in Tokyo", "get_current_time"),
        ("gmail", "monitor Gmail for invoices", "list_emails_metadata get_emails_content"),
        ("gmail", "reply to each new email", "send_email list_available_accounts"),
        ("notion", "save them to Notion", "API-post-search API-post-page API-patch-page"),
        ("slack", "write a summary to #news in Slack", "slack_post_message slack_list_channels"),
        ("slack", "tell me on Slack when an issue is opened", "slack_post_message"),
        ("teams", "give me a heads-up in ms teams", "send_chat_message"),
        ("gmail", "get an email when a build fails", "send_email"),
        ("strava", "sum up my activities", "get-recent-activities connect-strava"),
        ("trello", "create a card for each bug", "add_card_to_list get_lists list_boards"),
        ("todoist", "add a task for each", "add-tasks find-projects find-tasks"),
        ("spotify", "add the songs to a playlist", "search add_playlist_items get_my_playlists"),
        ("google-sheets", "track my runs in Google Sheets", "add_rows list_sheets get_sheet_data"),
        ("google-calendar", "cancel the meeting on Friday", "delete-event search-events"),
        ("github", "open an issue in GitHub", "create_issue search_issues"),
        ("word", "write a Word document", "create_document add_paragraph add_heading"),
        ("powerpoint", "put it on a slide", "create_presentation add_slide save_presentation"),
        ("freshdesk", "reply to new tickets", "get_tickets create_ticket_reply"),
        ("chrome-devtools", "check the page for errors", "navigate_page take_snapshot click"),
        ("git", "only read the history", "git_log"),
        ("google-drive", "clean up my Google Drive", "deleteItem"),
        ("notion", "summarise it in Notion", "API-post-page"),
        ("kubernetes", "show the logs of the pod", "pods_log"),
        ("digitalocean", "restart the droplet staging-1", "reboot-droplet droplet-list"),
        ("freshdesk", "answer tickets with a canned response", "create_ticket_reply"),
        ("lark", "send the report to the Feishu group", "im_v1_message_create im_v1_chat_list"),
        ("atlassian", "write minutes in Confluence", "confluence_create_page"),
        ("google-analytics", "how many visitors are on the site now", "run_realtime_report"),
        ("stripe", "give loyal customers a coupon", "create_coupon list_customers"),
        ("home-assistant", "set the heating to 21 degrees", "ha_call_service ha_search"),
        ("google-calendar", "cuándo estoy libre el jueves", "get-freebusy"),
        ("couchbase", "find the slowest queries", "get_longest_running_queries"),
        ("pinecone", "search the index for similar tickets", "search-records list-indexes"),
        ("pipedrive", "list the open deals of this month, read only", "list_deals"),
        ("zoom", "who took part in the last meeting", "get_past_meeting_participants"),
        ("twilio", "text me when the server is down", "TwilioApiV2010--CreateMessage"),
        ("spotify", "what did I listen to last night?", "get_recently_played"),
        ("open-meteo", "get tomorrow's forecast for Munich", "weather_forecast geocoding"),
    ],
)
def test_what_a_request_needs_is_among_the_tools(name: str, step: str, needed: str) -> None:
    server = BUILTIN[name]
    picked = _picked(server, step)
    if len(server.tools) > FEW:
        assert 0 < len(picked) < len(server.tools)
    assert set(needed.split()) <= set(picked or [one.name for one in server.tools])


@settings(deadline=None)
@given(st.sampled_from(sorted(BUILTIN)), st.lists(st.text(max_size=60), max_size=3))
def test_any_step_brings_known_tools_in_order_and_the_same_ones_again(
    name: str, texts: list[str]
) -> None:
    server = BUILTIN[name]
    picked = _picked(server, *texts)
    assert list(picked) == [tool.name for tool in server.tools if tool.name in picked]
    assert picked == _picked(server, *texts)


def test_only_reading_leaves_nothing_that_does_more() -> None:
    kept = {server.name: _kept(server, "only read what is new") for server in BUILTIN.values()}
    assert len([one for one in kept.values() if one]) > len(BUILTIN) / 2
    done = [{effect for one in tools for effect in of_tool(one)} for tools in kept.values()]
    # What no verb tells stays where there is nothing else.
    assert {frozenset(one) for one in done} <= {frozenset(), READ, frozenset({Effect.ACT})}


def _kept(server: Server, text: str) -> list[Tool]:
    """The tools that are picked, without those that try the key or sign in."""
    way_in = {server.probe.tool if server.probe else "", *" ".join(server.steps).split()}
    picked = _picked(server, text)
    return [one for one in server.tools if one.name in picked and one.name not in way_in]
