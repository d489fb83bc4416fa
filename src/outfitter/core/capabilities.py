"""Needs that a request implies without naming what meets them, in the languages people ask in."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capability:
    """A need that shows in turns of phrase.

    `hint` says it as a catalogue would, to be searched for beside the message; servers of one of
    `services` are known to meet it.
    """

    hint: str
    services: frozenset[str]
    said: re.Pattern[str]


def _capability(hint: str, services: str, *patterns: str) -> Capability:
    return Capability(
        hint,
        frozenset(filter(None, services.split(", "))),
        re.compile("|".join(patterns), re.IGNORECASE),
    )


_ENDING = r"(?:csv|txt|md|json|html|log|xml|yaml|yml|tsv)"
_COIN = r"(?:bitcoin|btc|ethereum|eth|ether|crypto\w*)"

CAPABILITIES = (
    _capability(
        "read, write and search local files and folders",
        "local files, files, filesystem",
        rf"\b[\w-]+\.{_ENDING}\b",
        rf"\b(?:save|write|export|store|dump|put)\b[^.;]{{0,60}}\b(?:to|as|in|into)\s+(?:an?\s+|the\s+|my\s+)?"
        rf"(?:local\s+)?(?:\w+\s+)?(?:{_ENDING}\s+)?(?:files?|folder|disk)\b",
        r"\b(?:my|local|a|this|the)\s+(?:downloads?\s+|desktop\s+|local\s+)?(?:folder|directory|disk)\b",
        r"\blocal files?\b",
        r"\b(?:lokale|meine)n? datei(?:en)?\b|\barchivos? local(?:es)?\b",
        r"\bfichiers? loca(?:l|ux)\b",
        r"\u672c\u5730\u6587\u4ef6",
    ),
    _capability(
        "current date and time, time zones",
        "time, clock",
        r"\bwhat time\b",
        r"\bwie sp\u00e4t\b|\bwie viel uhr\b|\bqu\u00e9 hora\b|\bquelle heure\b",
        r"\u51e0\u70b9|\u4ec0\u4e48\u65f6\u95f4|\u65f6\u533a",
        r"\btime ?zones?\b|\bzeitzonen?\b|\bzonas? horarias?\b|\bfuseaux? horaires?\b",
        r"\bcurrent (?:local )?time\b",
        r"\blocal time in\b",
    ),
    _capability(
        "fetch a web page and read its content",
        "web pages, fetch",
        r"https?://",
        r"\b(?:fetch|download|read|open|summari[sz]e)\b[^.;,]{0,30}"
        r"\b(?:web ?(?:page|site)s?|urls?)\b",
        r"\bthis (?:web ?page|link|url|article)\b",
    ),
    _capability(
        "calculator for arithmetic",
        "calculator, arithmetic",
        r"\d\s*[-+*/^\u00d7\u00f7]\s*\d",
        r"\b(?:calculator|arithmetic)\b",
        r"\b(?:add|total|tot|multiply) up\b",
        r"\bsum up (?:all )?(?:the|my|these) (?:amounts|numbers|totals|prices)\b",
        r"\bsquare root of\b",
        r"\bcalculate\b[^.;,]{0,30}\b(?:sum|total|average|mean|percentage|percent|square root)\b",
    ),
    _capability(
        "control a browser: open sites, click, fill in forms, take screenshots",
        "browser, playwright",
        r"\bbrowser\b",
        r"\b(?:log ?in(?:to)?|sign in(?:to)?)\b[^.;,]{0,20}\b(?:web ?site|page|portal)\b",
        r"\b(?:click|fill (?:in|out))\b[^.;,]{0,30}\b(?:buttons?|web forms?|web ?page|site)\b",
        r"\bscreen ?shots? of\b",
    ),
    _capability(
        "search the web",
        "web search, search engine",
        r"\bsearch (?:the )?(?:web|internet)\b",
        r"\bweb search\b",
        r"\b(?:google|look up) (?:it|this|that|them)\b",
        r"\b(?:on|from|across) the (?:web|internet)\b",
        r"\b(?:im (?:web|internet|netz) (?:such|nach)|busca(?:r)? en (?:la web|internet))",
        r"\bcherche[rz]? sur (?:le web|internet)\b|\u4e0a\u7f51\u641c|\u641c\u7d22\u7f51",
    ),
    _capability(
        "weather forecast and current conditions",
        "weather",
        r"\b(?:weather|rain|temperature|snow)\b[^.;,]{0,20}\b(?:forecast|report|alerts?|today|tomorrow)\b",
        r"\b(?:forecast|weather) (?:in|for|at)\s+(?-i:[A-Z])",
        r"\b(?:check|get|read|tell me|know) the (?:weather|forecast)\b",
        r"\b(?:will|is) it (?:going to )?(?:rain|snow)(?:ing)?\b|\bneed an umbrella\b",
        r"\bdas wetter (?:in|f\u00fcr|morgen|heute)\b|\bwettervorhersage\b",
        r"\bel (?:tiempo|clima) (?:en|de)\s+(?-i:[A-Z])|\bpron[o\u00f3]stico del tiempo\b",
        r"\bla m\u00e9t\u00e9o\b|\bquel temps (?:fait|fera)\b|\u5929\u6c14",
    ),
    _capability(
        "translate text between languages",
        "translation, deepl",
        r"\btranslat(?:e|es|ion|ions) .{0,60}\b(?:into|to|from)\s+(?-i:[A-Z])",
        r"\b\u00fcbersetz(?:e|en|t)\b|\btraduc(?:e|ir)\b|\btradui(?:s|re|sez)\b|\u7ffb\u8bd1",
    ),
    _capability(
        "read and send email",
        "email",
        r"\be-?mail (?:me|us|him|her|them|it|the|everyone|everybody|my|our)\b",
        r"\bmail (?:me|us|him|her|them) \w+|\bby mail\b",
        r"\bmail (?:it|the|my|our)\b[^.;,]{0,40}\bto\b",
        r"\b(?:each|every|new|unread|incoming) (?:unread |new )?e?-?mails?\b|\bmy inbox\b",
        r"\b(?:jede|neue) e-?mail\b|\bcorreo (?:nuevo|electr\u00f3nico)\b|\bcourriels?\b",
        r"\u90ae\u4ef6|\u90ae\u7bb1",
        r"\b(?:by|via|through|send|sends|get) (?:me |us |them )?(?:an? )?e-?mails?\b",
    ),
    _capability(
        "read and extract text from PDF documents",
        "pdf, pdf-reader",
        r"\b(?:read|extract|parse|convert|summari[sz]e)\b[^.;]{0,40}\bpdfs?\b",
        r"\b(?:text|data|tables?) (?:from|of|in) (?:an? |the |my |all )?pdfs?\b",
    ),
    _capability(
        "cryptocurrency prices and market data",
        "crypto prices, crypto, coingecko",
        rf"\b{_COIN} prices?\b|\bbtc\b",
        rf"\b(?:price|value|rate) of {_COIN}\b",
        r"\bbitcoin-?(?:kurs|preis)\b|\b(?:precio|valor) (?:del?|de la) (?:bitcoin|cripto)",
        r"\b(?:prix|cours) du bitcoin\b|\u6bd4\u7279\u5e01",
    ),
    _capability(
        "stock quotes and financial market data",
        "stocks, yahoo-finance",
        r"\b(?:stock|share) (?:prices?|quotes?|market)\b",
        r"\baktienkurse?n?\b|\bprecios? de (?:las )?acciones\b|\bcours de (?:la )?bourse\b",
        r"\u80a1\u7968|\u80a1\u4ef7",
    ),
    _capability(
        "draw charts and graphs from data",
        "chart, charts",
        r"\b(?:draw|make|create|render|plot|into) an? (?:\w+ )?(?:chart|graph)\b",
        r"\b(?:draw|make|create|render|plot) (?:\w+ )?(?:charts|graphs)\b",
        r"\bchart (?:it|them|this)\b",
    ),
    _capability("make slide presentations", "powerpoint", r"\bslide ?decks?\b"),
    _capability(
        "make and edit spreadsheets",
        "excel, google-sheets",
        r"\b(?:build|make|create|keep) an? (?:\w+ )?spreadsheet\b",
    ),
    _capability(
        "calendar events and appointments",
        "google-calendar",
        r"\bmy calendar\b|\bmein(?:en|em)? kalender\b",
        r"\bmi calendario\b|\bmon (?:agenda|calendrier)\b",
        r"\u6211\u7684\u65e5\u5386|\u65e5\u7a0b",
    ),
    _capability(
        "smart home: lights, heating, switches",
        "home-assistant",
        r"\b(?:turn|switch)\b[^.;,]{0,30}\b(?:lights?|lamps?|heating|heater)\b",
        r"\blicht\b[^.;,]{0,30}\b(?:aus|an|ein)\b|\b(?:apaga|enciende) (?:la|las) luz",
        r"\b(?:allume|\u00e9teins) (?:la|les) lumi\u00e8re|[\u5f00\u5173]\u706f",
    ),
    _capability(
        "maps: directions, distances, places nearby",
        "maps",
        r"\bdirections (?:from|to)\b",
        r"\btravel times?\b",
        r"\bhow far (?:is|away)\b|\bdriving (?:time|distance)\b",
    ),
    _capability(
        "play and manage music",
        "spotify",
        r"\bplay (?:some|my|me) (?:\w+ )?(?:music|songs?|jazz|rock|pop)\b",
    ),
    _capability(
        "Reddit posts and community discussions", "reddit", r"\bsubreddits?\b", r"(?<!\w)r/\w+"
    ),
    _capability(
        "encyclopedia articles",
        "wikipedia",
        r"\bencyclop(?:a?edia|edic)\b|\benzyklop\u00e4die\b|\benciclopedia\b",
        r"\b(?:short|brief|concise|quick|general|some|words?|historical|plain-english)\)? "
        r"(?:background|introduction|overview|primer|refresher|explainer)\b"
        r"[^.;]{0,20}\b(?:on|of|about)\b",
        r"\b(?:brief|concise|word|historical)\)? summary\b[^.;]{0,20}\b(?:on|of|about)\b",
        r"\bbackground (?:reading|info(?:rmation)?|facts?) (?:on|about)\b",
        r"\b(?:key|basic|historical) facts (?:about|on)\b",
    ),
    _capability(
        "up-to-date documentation of programming libraries",
        "library documentation, documentation, context7",
        r"\b(?:official|latest|current|up-to-date) (?:\w+ ){0,2}(?:docs|documentation)\b",
        r"\b(?:docs|documentation) (?:snippets?|excerpts?|examples?|for the \w+ library)\b",
    ),
    _capability(
        "search academic papers and preprints",
        "",
        r"\b(?:research|academic|scientific|peer-?reviewed) (?:\w+ )?"
        r"(?:papers?|articles?|studies|literature)\b",
        r"\bpre-?prints?\b|\bliterature review\b|\bpublished studies\b",
    ),
    _capability(
        "convert units of measurement",
        "unit conversion",
        r"\bconvert\b[^.;]{0,40}\b(?:miles?|km|kilomet\w+|pounds?|kg|inch\w*|lit(?:er|re)s?|gallons?)\b",
        r"\bconvert\b[^.;]{0,40}\b(?:celsius|fahrenheit)\b",
        r"\b(?:in|to) (?:both )?(?:metric|imperial)(?: units)?\b",
    ),
    _capability(
        "machine learning models, datasets and benchmarks",
        "",
        r"\bopen[- ]source (?:\w+ )?models?\b|\b(?:pre-?trained|fine-?tuned?) (?:\w+ )?models?\b",
        r"\b(?:machine[- ]learning|deep[- ]learning|language|translation|classification|vision) "
        r"(?:models?|datasets?)\b",
        r"\bmodel (?:hub|cards?|ids?)\b|\bfine-?tun(?:e|ing)\b",
    ),
    _capability(
        "API specifications: endpoints, parameters, authentication schemes",
        "",
        r"\bapi (?:\w+ )?(?:specs?|specifications?|schemas?|docs|descriptions?|reference)\b",
        r"\b(?:openapi|swagger)\b|\bendpoints?\b",
    ),
    _capability(
        "laws, regulations and court decisions",
        "",
        r"\b(?:rules and regulations|legislation|legal (?:advice|rights|requirements|basis))\b",
        r"\b(?:is it|would it be) (?:il)?legal\b|\blaws? (?:on|about|against|regarding|for)\b",
    ),
    _capability(
        "currency exchange rates and conversion",
        "",
        r"\bexchange rates?\b|\bcurrency (?:conversion|converter|rates?)\b",
        r"\bconvert\b[^.;]{0,30}\b(?:dollars?|euros?|pounds? sterling|yen|rupees?|usd|eur|gbp)\b",
        r"\b\d[\d,.]{0,12} ?(?:usd|eur|gbp|jpy|chf|dollars|euros) (?:in|to|into) \w+",
    ),
    _capability(
        "clinical trials, diseases, genes and drugs",
        "",
        r"\bclinical trials?\b|\bgene(?:tic)? (?:variants?|mutations?)\b|\bdrug interactions?\b",
        r"\bphase (?:[1-4]|i{1,3}v?) trials?\b|\b(?:polymorphism|pathogenic)\b",
    ),
    _capability(
        "nutrition facts: calories, vitamins, protein of foods",
        "",
        r"\b(?:nutritional|nutrition) (?:facts?|values?|info\w*|data|content|profile)\b",
        r"\b(?:calories|vitamins?|sugar|protein|carbs|fib(?:er|re)) (?:content |are |is )?in\b",
        r"\b(?:fruits?|foods?|meals?|snacks?)\b[^.;]{0,40}\b(?:calories|sugar|carbs|vitamin|potassium)\b",
        r"\b(?:low|high)[- ](?:sugar|sodium|potassium|carb|fib(?:er|re)|vitamin)\b",
    ),
)


def implied(text: str) -> tuple[Capability, ...]:
    """What a text asks for without a name.

    >>> [one.hint for one in implied("total up the amounts and save them to report.csv")]
    ['read, write and search local files and folders', 'calculator for arithmetic']
    """
    return tuple(one for one in CAPABILITIES if one.said.search(text))


def hints(text: str) -> tuple[str, ...]:
    """What to search the catalogue for beside the clauses of a message."""
    return tuple(one.hint for one in implied(text))
