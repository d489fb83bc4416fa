"""Needs that a request implies without naming what meets them."""

from time import process_time

import pytest

from catalogues import a_server
from outfitter.core.finding.capabilities import implied


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
        ("Erinnere mich um 7 an die Tabletten", "to-do"),
        ("recuérdame regar las plantas", "to-do"),
        ("rappelle-moi de payer le loyer", "to-do"),
        ("提醒我妈妈每天吃药", "to-do"),
        ("把发票保存到表格里", "spreadsheets"),
        ("guarda los gastos en una hoja de cálculo", "spreadsheets"),
        ("mets les dépenses dans une feuille de calcul", "spreadsheets"),
        ("trag die Ausgaben in eine Tabelle ein", "spreadsheets"),
        ("un résumé des nouvelles sur le vin", "news"),
        ("cada mañana dime el tiempo", "weather"),
        ("las noticias de mi pueblo", "news"),
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
        ("remind me to water the plants, by an entry in the calendar", "calendar"),
        ("low stock in the shop -> email supplier", "email"),
        ("and email those who did not answer", "email"),
        ("email then", "email"),
        ("whenever a mail comes, save the attachment to Dropbox", "email"),
        ("when an email arrives, create a card", "email"),
        ("as soon as a new mail from the bank comes in, tell me", "email"),
        ("wenn eine Mail kommt, speichere den Anhang", "email"),
        ("fasse meine Mails zusammen", "email"),
        ("cuando llegue un correo guárdalo", "email"),
        ("todos los días revisa mis correos", "email"),
        ("quand un mail arrive, enregistre-le", "email"),
        ("know the moment a client mails me a job", "email"),
        ("when the lab mails them", "email"),
        ("if anyone emails us after hours", "email"),
        ("if a payment fails mail the customer", "email"),
        ("scanned contracts as pdfs, I need the names", "PDF"),
        ("the contracts are pdfs, get the names out of them", "PDF"),
        ("ping #night-shift", "chat"),
        ("not text, mail", "email"),
        ("text it to the driver", "SMS"),
        ("as slides please", "presentations"),
        ("whats the time in tokyo", "time"),
        ("Letters come in as PDF. Read the due date", "PDF"),
        ("reviews scraped daily", "scrape"),
        ("hand it over to #night-shift", "chat"),
        ("SELECT country FROM users -- every hour", "SQL"),
        ("the same for the other list, translated", "translate"),
        ("close the roof windows when it rains", "weather"),
        ("drain the hose when it might freeze", "weather"),
        ("sum up the headlines for me", "news"),
        ("remind the singers by text", "SMS"),
        ("drop the coach a text", "SMS"),
        ("tell our patients on their phones", "SMS"),
        ("put the recipe into Danish", "translate"),
        ("the leaflet in Greek, once more in Czech", "translate"),
        ("before each meeting begins, open the blinds", "calendar"),
        ("whatever lessons there are in my diary", "calendar"),
        ("share a folder with the band", "cloud"),
        ("keep the plans in the cloud", "cloud"),
        ("plot a curve of the tides", "charts"),
        ("a banner for the fete", "graphics"),
        ("turn the handouts into plain markdown", "Markdown"),
    ],
)
def test_an_unspoken_need_is_searched_for_in_the_catalogues_own_words(text: str, word: str) -> None:
    assert [word in one.hint for one in implied(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "post the summary to Slack",
        "my time is short",
        "remind me on iMessage to drink water",
        "remind me to drink water via WhatsApp",
        "erinnere mich per Telegram an die Tabletten",
        "ich erinnere mich gut daran",
        "hello there",
        "watch our website's ranking",
        "the weather was awful",
        "we are making a big picture of it all",
        "is it up to me?",
        "how much bitcoin is sitting in this wallet",
        "send invoices with Gmail",
        "put their email addresses in order",
        "fix the bug in #512",
        "todos los lunes",
        "no email",
    ],
)
def test_a_request_that_implies_nothing_has_no_hint(text: str) -> None:
    assert implied(text) == ()


def test_a_flow_chart_is_drawn_as_a_diagram_and_not_from_data() -> None:
    (drawn,) = implied("make a flow chart of our onboarding")
    assert drawn.hint == "draw diagrams and flow charts"


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("write the result to report.csv", "files"),
        ("what time is it in Lima", "time"),
        ("read this web page and tell me", "fetch"),
        ("add up the amounts", "calculator"),
        ("take screenshots of the site", "browser"),
        ("search the web for news", "web search"),
        ("email me the list", "email"),
        ("extract the tables from PDFs", "pdf"),
        ("my lecture PDFs turned into flashcards", "pdf"),
        ("what the weather does in Utrecht", "weather"),
        ("tell the growers when hail is forecast", "weather"),
        ("schick mir jeden Morgen das Wetter per Telegram", "weather"),
        ("warn me when bad weather is coming", "weather"),
        ("- weather in Ghent", "weather"),
        ("the forecast for the week", "weather"),
        ("sort what comes to my GMX mailbox", "imap-email"),
        ("tenants write to our icloud address", "imap-email"),
        ("read my yahoo account and sort it", "imap-email"),
        ("change it to GMX", "imap-email"),
        ("the school sends newsletters to my iCloud mail", "imap-email"),
        ("text the driver his stops", "twilio"),
        ("when it ships text each buyer", "twilio"),
        ("watch the queue → text every nurse", "twilio"),
        ("I would like those turned into Markdown", "markitdown"),
        ("run the query, chart the result", "chart"),
        ("Zendesk tickets → chart → Slack", "chart"),
        ("work out the drive time from the depot", "maps"),
        ("it should remember what my regulars drink", "memory"),
        ("read the Sunday texts off the diocese web page", "fetch"),
        ("watch the product pages of three suppliers", "fetch"),
        ("when the supplier changes its price page, tell me", "fetch"),
        ("ad spend from Meta, by week", "meta-ads"),
        ("our ads and what they cost on Facebook", "meta-ads"),
        ("upload the jpgs of the folder on my computer", "files"),
    ],
)
def test_a_turn_of_phrase_can_ask_for_a_service(text: str, service: str) -> None:
    assert [service in one.services for one in implied(text)] == [True]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("pick the best open-source model", "models"),
        ("which endpoints need a key", "API"),
        ("is it legal to fly a drone here", "laws"),
        ("how much is 2,500.50 usd in euros", "currency"),
        ("find a clinical trial for asthma", "clinical"),
        ("how much vitamin C is there, calories in an apple", "nutrition"),
    ],
)
def test_a_turn_of_phrase_can_ask_for_a_kind_of_server(text: str, word: str) -> None:
    assert [word in one.hint for one in implied(text)] == [True]


def test_what_goes_onto_a_page_is_not_read_from_it() -> None:
    needs = implied("take the minutes and put them on our website")
    assert not any(one.is_for(a_server("fetch")) for one in needs)


@pytest.mark.parametrize(
    "piece",
    [
        *("1,", "12 ", "convert 5 ", "brief summary ", "fruit ", "a, ", "read pages ", "pdf, "),
        *("ads ", "a-"),
    ],
)
def test_the_longest_message_is_heard_in_no_time(piece: str) -> None:
    began = process_time()
    implied(piece * (16_000 // len(piece)))
    assert process_time() - began < 3


@pytest.mark.parametrize(
    "text",
    [
        *("every day at 9", "next time", "post it in the evening", "the time has come"),
        *("I feel under the weather", "weather the storm", "the sales forecast for May"),
        *("put the text the client sent into Slack", "our org chart", "chart the course"),
        *("forward what is new to my gmx address", "put our Zoho account into Notion"),
        "read Slack and send a summary to my yahoo mail",
        *("the yahoo account summary", "our iCloud account holders"),
        *("cold weather jackets", "all-weather tyres", "in the park, weather permitting"),
        *("the sales forecast for the week", "a demand forecast for the day"),
        *("get our orders from the Shopify website", "look at the text of our Wix website"),
        *("check the pages every week in Confluence", "read the pages of my book"),
        *("when Tom changes our Notion page", "when he updates the page in Confluence"),
        *("the chart the team drew", "the graph it shows", "the charts of the week on Spotify"),
        *("PDFs made in Canva", "remember every time", "remembers each Friday"),
        *("list my campaigns and post on Facebook", "ads, then a word on Instagram"),
        *("go through a directory of vets", "call me once the disk is full"),
        *("tell him with a text file", "talk to me in Danish", "the firm from Greek mythology"),
        *("copy text each row says", "summarize text every morning", "translate text the way I do"),
    ],
)
def test_a_phrase_that_only_sounds_like_a_need_asks_for_none(text: str) -> None:
    assert implied(text) == ()
