"""Plain words that look like names, and needs that a request implies without saying them."""

import re
from dataclasses import dataclass

from outfitter.core.text import stem, terms


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


# A name made only of these says what a thing is, not which one: "files", "web search".
GENERIC = _stems(
    "archive article base e book bot browser calculator calendar chart chat clock code computation "
    "container contact crypto data database date diagram docs document documentation email "
    "encyclopedia event everything fetch file finance flight folder form image invoice issue key "
    "library local mail map market math memory message mobile movie music news note notes page "
    "paper payment pdf photo price project reader reasoning recipe report resume scraping search "
    "sequential server site slide spreadsheet sql stock story task terminal test thinking "
    "ticket time timer translate translation travel url video voice weather web website wiki"
)
# These are names only where they are written as one, with a capital inside a sentence.
ORDINARY = _stems(
    "act action alert arm art artifact balance bear bell board box bridge build campaign card "
    "close cloud coda common compass cool copy craft deal demo discount drop echo exchange face "
    "feed first flow forge form front fresh game gem go grid group guide hand harvest help hive "
    "home hub inform inside jump kit lab layer lead leap learn level light line linear link list "
    "look make master matrix meet medium meter mind mirror miro mix mode motion move "
    "neon new now open orbit pack path pilot plain plan plane play plus pocket point post power "
    "present pulse query quick ray reach record relay remember render request resend resolve "
    "review rise root run scholar scope seek segment sense shift ship shop shortcut signal simple "
    "snap social solve sound source space speak spark square stack star start state step store "
    "stream studio support switch sync table tap team thing think thread trace track trail trend "
    "understand unit up value verdict view vision wave wise wonder word work world wrap"
)
# A day is never a name; what is called so has a longer name as well.
DAYS = _stems("monday tuesday wednesday thursday friday saturday sunday today tomorrow")
# Words that packages add to a name and people leave out of it.
ADDED = _stems("mcp server hosted remote official archived local api oauth client the")

# Categories whose servers do each something else, so that one does not stand in for another.
MIXED = frozenset({"reasoning"})

_SMALL_TALK = _stems(
    "bye cheers cool day evening fine good goodbye great hello hey hi morning nice night no ok "
    "okay please sorry sure thank thanks thx today welcome well yes yo hallo danke bitte hola "
    "gracias bonjour merci salut are doing going joke tell test testing ping there really very "
    "much lot so name who made human robot ai old feeling"
)


@dataclass(frozen=True, slots=True)
class Capability:
    """A need that shows in turns of phrase; servers of one of `services` meet it."""

    services: frozenset[str]
    said: re.Pattern[str]


def _capability(services: str, *patterns: str) -> Capability:
    return Capability(
        frozenset(services.split(", ")), re.compile("|".join(patterns), re.IGNORECASE)
    )


_ENDING = r"(?:csv|txt|md|json|html|log|xml|yaml|yml|tsv)"

CAPABILITIES = (
    _capability(
        "local files, files, filesystem",
        rf"\b[\w-]+\.{_ENDING}\b",
        rf"\b(?:save|write|export|store|dump|put)\b[^.;]{{0,60}}\b(?:to|as|in|into)\s+(?:an?\s+|the\s+|my\s+)?"
        rf"(?:local\s+)?(?:\w+\s+)?(?:{_ENDING}\s+)?(?:files?|folder|disk)\b",
        r"\b(?:my|local|a|this|the)\s+(?:downloads?\s+|desktop\s+|local\s+)?(?:folder|directory|disk)\b",
        r"\blocal files?\b",
    ),
    _capability(
        "time, clock",
        r"\bwhat time\b",
        r"\bwie spät\b|\bqué hora\b|\bquelle heure\b|\u51e0\u70b9|\u4ec0\u4e48\u65f6\u95f4",
        r"\btime ?zones?\b",
        r"\bcurrent (?:local )?time\b",
        r"\blocal time in\b",
    ),
    _capability(
        "web pages, fetch",
        r"https?://",
        r"\b(?:fetch|download|read|open|summari[sz]e)\b[^.;,]{0,30}"
        r"\b(?:web ?(?:page|site)s?|urls?)\b",
        r"\bthis (?:web ?page|link|url|article)\b",
    ),
    _capability(
        "calculator, arithmetic",
        r"\d\s*[-+*/^\u00d7\u00f7]\s*\d",
        r"\b(?:calculator|arithmetic)\b",
        r"\b(?:add|sum|total|tot|multiply) up\b",
        r"\bsquare root of\b",
        r"\bcalculate\b[^.;,]{0,30}\b(?:sum|total|average|mean|percentage|percent|square root)\b",
    ),
    _capability(
        "browser, playwright",
        r"\bbrowser\b",
        r"\b(?:log ?in(?:to)?|sign in(?:to)?)\b[^.;,]{0,20}\b(?:web ?site|page|portal)\b",
        r"\b(?:click|fill (?:in|out))\b[^.;,]{0,30}\b(?:buttons?|web forms?|web ?page|site)\b",
        r"\bscreen ?shots? of\b",
    ),
    _capability(
        "web search, search engine",
        r"\bsearch (?:the )?(?:web|internet)\b",
        r"\bweb search\b",
        r"\b(?:google|look up) (?:it|this|that|them)\b",
        r"\b(?:on|from|across) the (?:web|internet)\b",
    ),
    _capability(
        "weather",
        r"\b(?:weather|rain|temperature|snow)\b[^.;,]{0,20}\b(?:forecast|report|alerts?|today|tomorrow)\b",
        r"\b(?:forecast|weather) (?:in|for|at)\s+(?-i:[A-Z])",
        r"\b(?:check|get|read|tell me|know) the (?:weather|forecast)\b",
        r"\bdas wetter (?:in|für)\b|\bwettervorhersage\b|\bel tiempo (?:en|de)\s+(?-i:[A-Z])",
        r"\bpron[oó]stico del tiempo\b|\bla météo\b|\u5929\u6c14",
    ),
    _capability(
        "translation, deepl",
        r"\btranslat(?:e|es|ion|ions) .{0,60}\b(?:into|to|from)\s+(?-i:[A-Z])",
    ),
    _capability(
        "email",
        r"\be-?mail (?:me|us|him|her|them|it|the|everyone|everybody|my|our)\b",
        r"\bmail (?:me|us|him|her|them) \w+|\bby mail\b",
        r"\bmail (?:it|the|my|our)\b[^.;,]{0,40}\bto\b",
        r"\b(?:each|every|new|unread|incoming) (?:unread |new )?e?-?mails?\b|\bmy inbox\b",
        r"\b(?:jede|neue) e-?mail\b|\bcorreo (?:nuevo|electrónico)\b|\bcourriels?\b",
        r"\b(?:by|via|through|send|sends|get) (?:me |us |them )?(?:an? )?e-?mails?\b",
    ),
    _capability(
        "pdf, pdf-reader",
        r"\b(?:read|extract|parse|convert|summari[sz]e)\b[^.;]{0,40}\bpdfs?\b",
        r"\b(?:text|data|tables?) (?:from|of|in) (?:an? |the |my |all )?pdfs?\b",
    ),
    _capability(
        "crypto prices, crypto, coingecko",
        r"\b(?:bitcoin|btc|ethereum|crypto(?:currency)?) prices?\b",
        r"\b(?:price|value|rate) of (?:bitcoin|btc|ethereum|eth|ether|crypto\w*)\b|\bbtc\b",
    ),
    _capability("stocks, yahoo-finance", r"\b(?:stock|share) (?:prices?|quotes?|market)\b"),
    _capability(
        "chart, charts",
        r"\b(?:draw|make|create|render|plot|into) an? (?:\w+ )?(?:chart|graph)\b",
        r"\b(?:draw|make|create|render|plot) (?:\w+ )?(?:charts|graphs)\b",
        r"\bchart (?:it|them|this)\b",
    ),
    _capability("powerpoint", r"\bslide ?decks?\b"),
    _capability("excel, google-sheets", r"\b(?:build|make|create|keep) an? (?:\w+ )?spreadsheet\b"),
    _capability("google-calendar", r"\bmy calendar\b"),
    _capability(
        "home-assistant",
        r"\b(?:turn|switch)\b[^.;,]{0,30}\b(?:lights?|lamps?|heating|heater)\b",
        r"\blicht\b[^.;,]{0,30}\b(?:aus|an|ein)\b",
    ),
    _capability("maps", r"\bdirections (?:from|to)\b", r"\btravel times?\b"),
    _capability("spotify", r"\bplay (?:some|my|me) (?:\w+ )?(?:music|songs?|jazz|rock|pop)\b"),
    _capability("reddit", r"\bsubreddits?\b", r"(?<!\w)r/\w+"),
)


def implied(text: str) -> tuple[frozenset[str], ...]:
    """What a text asks for without a name, each need as the services that meet it.

    >>> [sorted(one)[0] for one in implied("total up the amounts and save them to report.csv")]
    ['files', 'arithmetic']
    """
    return tuple(one.services for one in CAPABILITIES if one.said.search(text))


# A question about an idea is for a person, whatever else it mentions.
_IDEA = re.compile(
    r"^\W*(?:what|why|how|who|is|are|do|does)\b.*\b(?:in|of|about)\s+"
    r"(?:poetry|poems|literature|love|life|death|happiness|beauty|dreams|fiction|philosophy|heaven)"
    r"\W*$",
    re.IGNORECASE,
)


def is_idle(message: str) -> bool:
    """Whether a message asks for nothing that a server could do.

    >>> is_idle("Hello, how are you?"), is_idle("what is the weather like in Bremen")
    (True, False)
    """
    return all(one in _SMALL_TALK for one in terms(message)) or bool(_IDEA.match(message))
