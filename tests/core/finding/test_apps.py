"""Apps that people name, whether or not a server works with them."""

from time import process_time

import pytest

from catalogues import NOTION, SLACK, a_server
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.catalogue import Tool
from outfitter.core.finding.apps import APPS, apps_in, knows, unknown_apps


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("post it on twitter", ("Twitter",)),
        ("retweet what she tweeted", ("Twitter",)),
        ("post it on X and Instagram", ("X", "Instagram")),
        ("an X-ray of my Series X on the X axis", ()),
        ("new HelpScout tickets", ("Help Scout",)),
        ("RocketChat and rocket.chat", ("Rocket.Chat",)),
        ("the Whoop on every Workday", ("Whoop", "Workday")),
        ("a whoop on every workday", ()),
        ("save my tweets to a page called Instagram", ("Twitter",)),
        ("share them in an app called Instagram", ("Instagram",)),
        ("post the CampBrain games and the KidReports news", ("CampBrain", "KidReports")),
        ("write JavaScript for our DevOps on my MacBook", ()),
        ("Buy some more on Bitvavo", ("Bitvavo",)),
        ("put my expenses into Papierkram every Friday", ("Papierkram",)),
        ("translate it into English on Fridays", ()),
        ("who is on Fortune 500, via Mahalanobis distance", ()),
        ("run it on Linux and on Android", ()),
        ("add it into Anna's list, on bitvavo", ()),
        ("the twittering of birds and a mix of boxes", ()),
        ("my kahoot results, and what is on Google Chat", ("Kahoot", "Google Chat")),
        ("draw it in Adobe Illustrator", ("Adobe Illustrator",)),
        ("make the right move and push it to dev to test it", ()),
        ("an overcast sky; Overcast episodes", ("Overcast",)),
    ],
)
def test_an_app_is_found_however_it_is_written(text: str, apps: tuple[str, ...]) -> None:
    assert apps_in(text) == apps


def test_no_server_of_the_catalogue_has_the_name_of_an_app_that_none_works_with() -> None:
    names = {
        name.lower()
        for one in builtin()
        for name in (one.name, one.title, one.service, *one.aliases)
    }
    assert [one for one in APPS if one.lower() in names] == []


@pytest.mark.parametrize(
    "text",
    [
        "turn off my Philips Hue lights and the Roborock",
        "mails in my Fastmail inbox",
        "query CockroachDB, and list the pods on OpenShift",
    ],
)
def test_what_a_server_works_with_by_a_standard_is_no_unknown_app(text: str) -> None:
    assert unknown_apps(text, list(builtin())) == ()


def test_a_server_that_speaks_of_an_app_knows_it() -> None:
    poster = a_server("poster", keywords=("tweets",))
    assert knows(poster, ("Instagram", "Twitter"))
    assert not knows(poster, ("Instagram",))
    assert unknown_apps("tweets and Instagram in Slack", (poster, SLACK)) == ("Instagram",)
    assert unknown_apps("pages in Notion", (NOTION,)) == ()
    sheets = a_server("google-sheets")
    assert unknown_apps("rows of a GoogleSheet or CampBrain", (sheets,)) == ("CampBrain",)


def test_a_server_for_the_ads_in_an_app_knows_nothing_else_of_it() -> None:
    ads = a_server(
        "ads", description="Facebook and Instagram ad campaigns.", aliases=["facebook ads"]
    )
    assert unknown_apps("pause my facebook ads", (ads,)) == ()
    assert unknown_apps("stop our Facebook campaigns", (ads,)) == ()
    assert unknown_apps("post my Instagram pictures", (ads,)) == ("Instagram",)
    assert unknown_apps("pause my TikTok ads", (ads,)) == ("TikTok Ads",)
    assert unknown_apps("pause my Google Ads", (ads,)) == ("Google Ads",)


@pytest.mark.parametrize("told", ["GoogleSheets", "GOOGLE SHEETS", "google \u017fheets"])
def test_an_app_is_known_however_its_name_is_written(told: str) -> None:
    assert unknown_apps("save it to Google Sheets", [a_server("tables", aliases=(told,))]) == ()


def test_many_apps_and_many_servers_that_tell_much_take_little_time() -> None:
    tools = tuple(Tool(name=f"tool_{at}", description="tells a lot " * 20) for at in range(60))
    servers = [a_server(f"server-{at}").model_copy(update={"tools": tools}) for at in range(50)]
    apps = [f"Quux{chr(97 + one)}{chr(97 + two)}Corp" for one in range(10) for two in range(10)]
    began = process_time()
    assert unknown_apps("post it to " + ", ".join(apps), servers) == tuple(apps)
    assert process_time() - began < 1
