"""What tools do, what steps ask for, and what they rule out."""

import pytest

from outfitter.core.catalogue import Tool
from outfitter.core.equipping.doing import Effect, Effects, of_tool
from outfitter.core.equipping.effects import ALL, SAFE, asked, forbidden

READ, WRITE, SEND, DELETE, ACT = Effect.READ, Effect.WRITE, Effect.SEND, Effect.DELETE, Effect.ACT


@pytest.mark.parametrize(
    ("name", "description", "effects"),
    [
        ("search_nodes", "", {READ}),
        ("get_cards_by_list_id", "", {READ}),
        ("add_card_to_list", "", {WRITE}),
        ("create-issue", "", {WRITE}),
        ("slack_post_message", "Post a message to a channel", {SEND}),
        ("deleteEvent", "", {DELETE}),
        ("create_or_update_file", "", {WRITE}),
        ("read_and_delete_mail", "", {READ, DELETE}),
        ("get_or_create_label", "", {READ, WRITE}),
        ("API-post-search", "Find pages and databases", {READ}),
        ("API-post-page", "Create a page", {WRITE}),
        ("reboot-droplet", "Restart a droplet", {WRITE}),
        ("place_stock_order", "Buy or sell stocks", {WRITE}),
        ("browser_click", "Click something", {ACT}),
        ("balance", "Show the balance", {READ}),
        ("balance", "Quickly show the balance", {ACT}),
        ("post_message", "", {SEND}),
        ("get_label", "Create a label where there is none", {READ}),
        ("pods_log", "Logs of a pod", {READ}),
        ("weather_archive", "Look up past weather", {READ}),
        ("log_call", "", {WRITE}),
        ("archive_log", "", {WRITE}),
        ("im_message_list", "", {READ}),
        ("list_and_delete", "", {READ, DELETE}),
        ("call_service", "", {WRITE}),
        ("call_customer", "", {SEND}),
    ],
)
def test_a_tool_does_what_its_verb_says(name: str, description: str, effects: set[Effect]) -> None:
    assert of_tool(Tool(name=name, description=description)) == effects


@pytest.mark.parametrize(
    ("step", "effects"),
    [
        ("monitor Gmail for new emails", {READ}),
        ("when an invoice arrives in Gmail", {READ}),
        ("summarize the threads", {READ}),
        ("tell me what time it is in Tokyo", {READ}),
        ("tell Anna about it", {SEND}),
        ("save them to Notion", {WRITE}),
        ("With Gmail: forward new emails to Bob", {SEND}),
        ("every morning post the weather", {SEND}),
        ("on Mondays at 9 delete old drafts", {DELETE}),
        ("when an invoice arrives, label it", {WRITE}),
        ("when a bug is filed post it in the channel", {SEND}),
        ("when it does not answer, restart the server", {WRITE}),
        ("read the inbox and delete newsletters", {READ, DELETE}),
        ("save a draft without sending it", {WRITE}),
        ("how many visitors came to the site", {READ}),
        ("what is new in the CRM, post it", {READ, SEND}),
        ("wie viele Aufgaben habe ich erledigt", {READ}),
        ("cuántos pedidos hay en la tienda", {READ}),
        ("give me the list", {READ}),
        ("cuándo estoy libre el jueves", {READ}),
        ("combien de commandes avons-nous", {READ}),
        ("\u6bcf\u5929\u65e9\u4e0a\u516b\u70b9\u628a\u5929\u6c14\u53d1\u5230 Telegram", {SEND}),
        ("\u4fdd\u5b58\u5230 Notion", {WRITE}),
        ("\u8bfb\u53d6\u90ae\u4ef6\uff0c\u4e0d\u8981\u5220\u9664", {READ}),
        ("\u5220\u9664\u5783\u573e\u90ae\u4ef6", {DELETE}),
        ("never send anything", set()),
        ("", set()),
    ],
)
def test_a_step_asks_for_what_its_verbs_say(step: str, effects: set[Effect]) -> None:
    assert asked([step]) == effects


@pytest.mark.parametrize(
    "step",
    [
        "tell me on Slack when an issue is opened",
        "when an issue is opened, tell me on slack",
        "whenever an invoice comes in tell us in Slack and save it",
        "tell me about new issues in Slack",
        "give me a heads-up on Slack",
        "drop me a line on Slack",
        "get notified in Slack of every sale",
        "get a Slack message when a build fails",
        "tell us in #general on Slack",
    ],
)
def test_who_is_told_by_what_carries_messages_is_sent_one(step: str) -> None:
    assert SEND in asked([step], ["slack"])
    assert DELETE not in asked([step], ["slack"])
    assert SEND not in asked([step])


@pytest.mark.parametrize(
    "step",
    [
        "tell me what is new in Slack",
        "tell me about unread messages in Slack",
        "give me a list of unread messages in Slack",
        "give me a summary of my Slack threads",
        "show me who wrote in Slack",
        "when I get a Slack message look who wrote it",
    ],
)
def test_who_is_told_what_stands_there_is_sent_nothing(step: str) -> None:
    assert asked([step], ["slack"]) == {READ}


@pytest.mark.parametrize(
    "step",
    [
        "triage the inbox",
        "when an invoice arrives in Gmail, triage it",
        "new invoices in Gmail",
        "räume das Postfach auf",
        "get the weather into the spreadsheet",
    ],
)
def test_a_step_whose_verb_is_unknown_may_ask_for_all_but_deleting(step: str) -> None:
    assert asked([step]) == SAFE
    assert DELETE not in SAFE


@pytest.mark.parametrize(
    ("step", "effects"),
    [
        ("only read my inbox", ALL - {READ}),
        ("read-only, please", ALL - {READ}),
        ("never send anything", {SEND}),
        ("do not write, send or delete anything", {WRITE, SEND, DELETE}),
        ("don't change anything", {WRITE, SEND, DELETE}),
        ("save a draft without sending it", {SEND}),
        ("don't send more than three a day", set()),
        ("never delete a mail unless I say so", set()),
        ("no deleting, please", {DELETE}),
        ("nobody may send or delete anything", {SEND, DELETE}),
        ("no refunds, just look", ALL - {READ}),
        ("just look at the latest mails", set()),
        ("no meetings on Mondays", set()),
        ("read the latest mails", set()),
    ],
)
def test_a_step_rules_out_what_it_forbids(step: str, effects: Effects) -> None:
    assert forbidden([step]) == effects


@pytest.mark.parametrize(
    ("step", "ruled_out"),
    [
        ("delete nothing", {DELETE}),
        ("send or delete nothing", {SEND, DELETE}),
        ("change nothing", {WRITE, SEND, DELETE}),
        ("nichts löschen", {DELETE}),
        ("Sende keine Mails", {SEND}),
        ("ändere nie etwas", {WRITE, SEND, DELETE}),
        ("N'envoie jamais rien", {SEND}),
        ("ne supprime rien", {DELETE}),
        ("nunca borres nada", {DELETE}),
        ("no envíes nada", {SEND}),
        ("\u4e0d\u8981\u5220\u9664\u4efb\u4f55\u90ae\u4ef6", {DELETE}),
        ("\u4e0d\u8981\u4fee\u6539", {WRITE, SEND, DELETE}),
        ("\u53ea\u8bfb", ALL - {READ}),
        ("seulement lire", ALL - {READ}),
        ("no envíes nada sin preguntarme", set()),
        ("wenn nichts kommt, sende eine Mail", set()),
        ("send it if there is no answer", set()),
        ("reply to nothing but invoices", set()),
    ],
)
def test_what_is_ruled_out_in_other_words_and_languages(step: str, ruled_out: Effects) -> None:
    assert forbidden([step]) == ruled_out
    sure = asked([step])
    assert ACT in sure or not sure & ruled_out


@pytest.mark.parametrize(
    ("step", "effects"),
    [
        ("speichere sie in Notion", {WRITE}),
        ("Überwache mein Gmail nach Rechnungen", {READ}),
        ("lösche alte Mails", {DELETE}),
        ("schreibe mir eine Mail", {WRITE, SEND}),
        ("Lis mes e-mails", {READ}),
        ("crée une tâche pour chaque demande", {WRITE}),
        ("envía un resumen", {SEND}),
        ("guarda las facturas", {WRITE}),
        ("Jeden Morgen lies meine Mails", {READ}),
        ("Cada mañana lee mi Gmail", {READ}),
        ("take the leads from HubSpot", {READ}),
        ("take the orders from Shopify and save them", {READ, WRITE}),
    ],
)
def test_steps_ask_by_their_verbs_in_other_languages_and_after_other_words(
    step: str, effects: Effects
) -> None:
    assert asked([step]) == effects
