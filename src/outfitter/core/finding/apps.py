"""Well-known apps, so that one which no server works with is not mistaken for another."""

import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from itertools import repeat

from outfitter.core.catalogue import Server
from outfitter.core.words.lexicon import DAYS, GENERIC
from outfitter.core.words.phrases import CALLED
from outfitter.core.words.text import stem, stems, terms, told_by, words

# What is often asked for and has no entry in the built-in catalogue.
_NAMES = (
    "Twitter|Instagram|TikTok|Facebook|Snapchat|Pinterest|Bluesky|Mastodon|Tumblr|Quora|Vimeo|"
    "Typeform|SurveyMonkey|Jotform|Basecamp|Wrike|Smartsheet|Fitbit|Garmin|"
    "MyFitnessPal|Apple Health|Peloton|Instacart|DoorDash|Uber Eats|Lyft|Deliveroo|Venmo|"
    "Cash App|Revolut|Splitwise|YNAB|Robinhood|Coinbase|Binance|Substack|Squarespace|Etsy|eBay|"
    "AliExpress|WooCommerce|Magento|BigCommerce|Netflix|SoundCloud|Deezer|Apple Music|Last.fm|"
    "Patreon|Kickstarter|Goodreads|IMDb|Letterboxd|Duolingo|WeChat|Viber|Skype|iMessage|"
    "Facebook Messenger|Google Chat|Mattermost|Rocket.Chat|Zulip|OneNote|Power BI|NetSuite|"
    "BambooHR|FreshBooks|Zoho|Freshservice|Help Scout|Constant Contact|Marketo|Brevo|ConvertKit|"
    "ActiveCampaign|Sonos|Roomba|SmartThings|HomeKit|Apple Notes|Apple Reminders|Apple Calendar|"
    "iCloud|Google Keep|Google Photos|OmniFocus|Toggl|Clockify|RescueTime|Instapaper|Feedly|"
    "Readwise|Hootsuite|Grammarly|DocuSign|HelloSign|PandaDoc|Eventbrite|Ticketmaster|"
    "Roam Research|Logseq|Joplin|Standard Notes|Bitwarden|1Password|LastPass|Dashlane|NordVPN|"
    "Xbox|PlayStation|Roblox|Minecraft|Expedia|Skyscanner|TripAdvisor|Yelp|OpenTable|Zillow|"
    "Craigslist|Glassdoor|Upwork|Fiverr|Udemy|Coursera|Moodle|Google Classroom|Webex|Google Meet|"
    "GoToMeeting|IFTTT|Midjourney|Photoshop|Lightroom|Lucidchart|Bandcamp|Jellyfin|Pi-hole|"
    "Synology|Nextcloud|Backblaze|WeTransfer|Linode|Hetzner|GoDaddy|Namecheap|Gitea|Splunk|"
    "Opsgenie|Pingdom|UptimeRobot|Statuspage|Mixpanel|Hotjar|Matomo|Databricks|Redshift|MariaDB|"
    "CouchDB|Firebase|PlanetScale|"
    "Fidelity|Charles Schwab|Interactive Brokers|eToro|Monzo|N26|Klarna|"
    "Alipay|Paytm|Zelle|Google Pay|Apple Pay|Apple Watch|Withings|Zwift|Komoot|"
    "Headspace|Noom|BeReal|Alexa|Siri|Google Home|"
    "Booking.com|Vrbo|Walmart|Temu|Vinted|Depop|Poshmark|Zalando|Nintendo|Chess.com|"
    "Lichess|Fortnite|Hulu|HBO Max|Prime Video|Disney Plus|Kodi|Pocket Casts|Kindle|"
    "Wattpad|Beehiiv|Kajabi|Teachable|Prezi|CapCut|Final Cut|Premiere Pro|"
    "After Effects|InDesign|Procreate|AutoCAD|SolidWorks|DATEV|Bill.com|"
    "Expensify|Brex|ADP|Paychex|Rippling|Personio|StepStone|Xing|Strapi|"
    "Contentful|Drupal|Joomla|PrestaShop|Shopware|Gorgias|LiveChat|Cal.com|"
    "TickTick|Any.do|Habitica|Hubstaff|Otter.ai|Fireflies|Descript|Sprout Social|"
    "Ahrefs|Semrush|Google Ads|Ansible|TeamCity|Travis CI|Snyk|Zabbix|Nagios|"
    "Dynatrace|Kafka|RabbitMQ|Airflow|Fivetran|Looker|Qlik|Teradata|Cassandra|"
    "InfluxDB|TimescaleDB|Weaviate|Milvus"
).split("|")
# Everyday words too, which are names only where they are written like one.
_WORDS = (
    "Workday|Whoop|Oura|Audible|Twitch|Tinder|Blogger|Tableau|Jenkins|Signal|Threads|Wise|"
    "Medium|Ghost|Canvas|Keynote|Blender|Sage|Gusto|Indeed|Meetup|Loom|Buffer|Steam|Kayak|Uber|"
    "Plex|Amplitude|SAP|Vanguard|Concur|Acuity"
).split("|")
APPS = (*_NAMES, *_WORDS)
_TWEET = r"\b(?:re)?tweet(?:s|ed|ing)?\b"
# A word in capitals alone is more often a kind of thing: SMS, CRM.
_PUT_FORWARD = re.compile(
    r"\b(?i:use|take|try|prefer|(?:replace|swap|exchange|change|switch|move|migrate)"
    r" .{1,40}? (?:with|by|for|to)) (?:(?i:our|the|my) )?"
    r"(?P<name>[A-Z]\w*[a-z]\w*(?: [A-Z]\w+)*)"
)
# Two words run together by a capital name a product, but for what work is done in or with.
_RUN_TOGETHER = re.compile(
    r"\b(?!(?:(?:Java|Type|Coffee|Post)Script|Dev(?:Ops|Tools)|Mac[A-Z]\w+|AirPods)\b)"
    r"[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+\b"
)
# Work is done on, into or via an app, whose name has a capital of its own.
_WORKED_WITH = re.compile(
    r"(?<=\w )(?:on|into|via) (?:(?:my|our) )?(?P<name>[A-Z][a-z]{3,})"
    r"(?=\s*(?:$|[.,;:!?)])|\s+(?:and|or|but|then|so|if|when|whenever|every|each|at|for|from|to|"
    r"with|as|please|instead|too)\b)"
)
_NO_APP = DAYS | stems(
    "january february march april may june july august september october november december "
    "christmas easter thanksgiving halloween english french german spanish italian dutch "
    "portuguese polish russian chinese mandarin japanese korean arabic hindi turkish swedish "
    "danish norwegian finnish greek czech ukrainian latin hebrew android linux windows macos "
    "ubuntu debian earth mars moon venus jupiter broadway wall ethereum solana bitcoin polygon "
    "python java rust react celsius fahrenheit markdown europe asia africa america".split()
)
# Who places ads in an app cannot post there, and who looks after its posts places no ads.
_ADS = " Ads"
_ADVERTISING = re.compile(r"(?: (?:and|or|&) \w+)? (?:ads?|advert\w*|campaigns?)\b", re.IGNORECASE)
_ADVERTISED = re.compile(r"\w+(?:(?: and| or|,) \w+)? (?=ads?\b|advert)", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CALLED = {re.sub(r"\W", "", one).lower(): one for one in APPS}


def apps_in(text: str) -> tuple[str, ...]:
    """The apps that a text names, each once, as they write themselves.

    What is written as "TeamSnap" is one too, well-known or not, and so is "Bitpanda" in "buy on
    Bitpanda".

    >>> apps_in("post my tweets and instagram pictures to Slack on a workday")
    ('Twitter', 'Instagram')
    """
    told = CALLED.sub("", text)
    known = [_app(one) for one in _said(APPS).finditer(told)]
    placed = (one for one in _WORKED_WITH.findall(told) if stem(one.lower()) not in _NO_APP)
    other = (one for one in (*_RUN_TOGETHER.findall(told), *placed) if one.lower() not in _CALLED)
    return tuple(dict.fromkeys((*known, *other)))


def _app(found: re.Match[str]) -> str:
    """The app that was found, or its ads where these are spoken of."""
    app = _CALLED.get(re.sub(r"\W", "", found.group()).lower(), "Twitter")
    ads = _ADVERTISING.match(found.string, found.end()) and not app.endswith(_ADS)
    return f"{app}{_ADS}" if ads else app


def knows(server: Server, apps: Iterable[str]) -> bool:
    """Whether a server speaks of any of these apps, and not only of its ads."""
    told = told_by(server)
    found = [one for one in apps if _said((one,)).search(told)]
    return any(
        one.endswith(_ADS) or _said((one,)).search(_ADVERTISED.sub(" ", told)) for one in found
    )


def unknown_apps(
    text: str, servers: Sequence[Server], told: Sequence[Container[str]] | None = None
) -> tuple[str, ...]:
    """The apps that a text names and none of the servers speaks of.

    `told` has for each server the stems of what it says of itself, where they are at hand: most
    need not be read then.
    """
    known = list(zip(servers, repeat(None) if told is None else told, strict=told is not None))
    return tuple(
        app
        for app in apps_in(text)
        if not any(
            (held is None or _may_name(held, app)) and knows(server, (app,))
            for server, held in known
        )
    )


def without_unknown(text: str, servers: Sequence[Server], told: Sequence[Container[str]]) -> str:
    """A text without the apps that none of the servers speaks of: their names say nothing else.

    >>> without_unknown("post the TeamSnap games", [], [])
    'post the   games'
    """
    apps = unknown_apps(text, servers, told)
    return _said(apps).sub(" ", text) if apps else text


def newcomers(text: str, servers: Sequence[Server]) -> tuple[str, ...]:
    """The names that a text puts in the place of something and no server has, as it writes them.

    >>> newcomers("use Lexware instead of a Spreadsheet", [])
    ('Lexware',)
    """
    known = GENERIC | DAYS | stems(word for one in servers for word in words(told_by(one)))
    found = (one["name"] for one in _PUT_FORWARD.finditer(text))
    return tuple(dict.fromkeys(one for one in found if not known & stems(words(one))))


def _may_name(held: Container[str], app: str) -> bool:
    """Whether a text of these stems can hold the name, which takes much longer to look for."""
    return any(all(one in held for one in form) for form in _stems_of(app))


@lru_cache(maxsize=1024)
def _stems_of(app: str) -> tuple[tuple[str, ...], ...]:
    """The stems of each form in which an app's name is written."""
    together = re.sub(r"\W", "", app).lower()
    forms = (app, together, "tweet", "retweet") if app == "Twitter" else (app, together)
    return tuple(terms(one) for one in forms)


@lru_cache(maxsize=256)
def _said(apps: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of these apps in a text."""
    names = "|".join(_written(one) for one in apps if one not in _WORDS)
    words = "|".join(one for one in apps if one in _WORDS)
    forms = [rf"(?i:\b(?:{names})\b)" if names else "", rf"\b(?:{words})\b" if words else ""]
    forms.append(f"(?i:{_TWEET})" if "Twitter" in apps else "")
    return re.compile("|".join(one for one in forms if one))


def _written(app: str) -> str:
    if re.sub(r"\W", "", app).lower() not in _CALLED:
        return f"{_HUMP.sub(' ?', app)}s?"
    return re.escape(app).replace(r"\ ", " ?").replace(r"\.", r"\.?")
