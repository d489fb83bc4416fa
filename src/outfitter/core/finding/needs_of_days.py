"""Everyday needs: time, weather, mail, money, travel and home, as turns of phrase."""

from outfitter.core.finding.capability import capability, not_behind
from outfitter.core.words.text import ARROW

_LANGUAGE = (
    r"(?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|turkish|arabic|hindi|"
    r"chinese|japanese|korean|danish|swedish|norwegian|finnish|greek|czech|hungarian|romanian|"
    r"ukrainian|hebrew|vietnamese|thai)"
)
_COIN = r"(?:bitcoin|btc|ethereum|eth|ether|crypto\w*)"

_SKY = r"(?:rain|hail|snow|storms?|frost|wind|cloud|sun|flood|surf|weather)"
# People speak so of a day that they have, or of what is made for it.
_NOT_SUCH = not_behind(
    "fair|good|nice|lovely|bad|awful|terrible|beautiful|all|cold|warm|hot|wet|dry|any"
)
_NOT_OF_MONEY = not_behind("sales|cash|flow|revenue|demand|budget|cost|profit|financial|pipeline")
# With these an account may be for more than mail.
_ALSO_HOSTER = r"(?:yahoo|icloud|aol|zoho|yandex)"
_MAILBOX = (
    r"(?:e-?mails?|mails?|mail ?box|inbox|address|(?<!zoho )account"
    r"(?! (?:holder|change|summar|manager|detail|setting|name|number|data|activit)))"
)
_HOSTED = rf"(?:(?:gmx|fastmail|web\.de|t-online|posteo)|{_ALSO_HOSTER}(?:'s)? {_MAILBOX})\b"
# A mailbox is asked for by what comes to it, not by what the agent is to send or forward there.
_COMING = (
    r"(?:^|[.;,]|\b(?:and|then)\b)(?!\s*(?:please )?(?:send|mail|e-?mail|copy|cc|deliver)\b)"
    r"(?:(?!\bforward|\b(?:and|then)\b)[^.;,]){0,80}?"
)

# Behind these "text" is words, where "text the driver" sends some to somebody.
_SENDING = not_behind(
    r"the|an?|this|that|any|some|more|all|of|full|plain|raw|alt|as|in|into|from|with|add|bold|"
    r"change|check|convert|copy|correct|edit|extract|find|format|get|highlight|insert|keep|make|"
    r"paste|put|read|replace|save|shorten|show|summari[sz]e|translate|turn|write"
)
_NOBODY = (
    r"(?:same|way|time|(?:mon|tues|wednes|thurs|fri|satur|sun)?day|morning|evening|night|week|"
    r"month)"
)
# What stands behind "email" where that is a thing and nobody is written to.
_NO_RECIPIENT = (
    r"(?:address\w*|accounts?|lists?|marketing|campaigns?|templates?|providers?|apps?|servers?|"
    r"services?|clients?|threads?|subjects?|body|signatures?|inbox|newsletters?|domains?|"
    r"notifications?|alerts?|then|is|was|are|isn|from|for|and|or|not|too|also|only|please|pls|"
    r"instead|it is|will|would|as)"
)

_TELLING = r"remind(?:s|ers?)?|wake|warn(?:s|ings?)?|tell|notify|alert|inform|confirm|know|ping"
_SOMEBODY = r"(?:me|us|him|her|them|(?:my|our|the|each|every) \w+)"
_DATE = r"(?:appointments?|meetings?|hearings?|dates?|events?|lessons?|visits?|booked|free)"

OF_DAYS = (
    capability(
        "current date and time, time zones",
        "time, clock",
        r"\bwhat time\b",
        r"\b(?:what'?s|what is|tell me) the time(?= (?:now|there|here|in)\b|\W*$)",
        r"\bwie sp\u00e4t\b|\bwie viel uhr\b|\bqu\u00e9 hora\b|\bquelle heure\b",
        r"\u51e0\u70b9|\u4ec0\u4e48\u65f6\u95f4|\u65f6\u533a",
        r"\btime ?zones?\b|\bzeitzonen?\b|\bzonas? horarias?\b|\bfuseaux? horaires?\b",
        r"\bcurrent (?:local )?time\b",
        r"\blocal time in\b",
    ),
    capability(
        "latest news: headlines and articles",
        "news, web search",
        r"\bnews (?:about|on|from)\b|\b(?:latest|recent|today's) (?:\w+ )?news\b",
        r"\bthe headlines\b(?! (?:of|from|on|in)\b)",
        r"\bnachrichten über\b|\bnoticias (?:del?|sobre)\b|\bactualités\b|\bnouvelles sur\b",
        r"\u65b0\u95fb",
    ),
    capability(
        "weather forecast and current conditions",
        "weather",
        rf"{_NOT_SUCH}(?<!under the )(?<!whatever the )weather\b"
        r"(?!-|,? permitting| (?:the|this|that|any|was) )",
        rf"\b(?:{_SKY}|tomorrow'?s|today'?s) forecast\b",
        rf"\b{_SKY} (?:is|are) (?:forecast|coming|due)\b",
        r"\b(?:rain|temperature|snow)\b[^.;,]{0,20}\b(?:forecast|report|alerts?|today|tomorrow)\b",
        rf"{_NOT_OF_MONEY}forecast (?:in|for|at)\s+(?-i:[A-Z])",
        rf"{_NOT_OF_MONEY}forecast for (?:the|my|our) (?:route|day|week|trip)\b",
        r"\b(?:going to|will|might|could|may|starts? to|begins? to) (?:freeze|rain|snow|storm)\b|"
        r"\b(?:starts?|begins?) (?:rain|snow|hail)ing\b|\bfrost\b|\bthunderstorms?\b",
        r"\b(?:send|give|tell|post|mail|e-?mail|text) (?:me |us |him |her |them )?the forecast\b",
        r"\bbelow (?:zero|freezing)\b|\bsky (?:is|will be) clear\b|\bclear (?:sky|skies)\b",
        r"\b(?:check|get|read|know|look at) the forecast\b|\bthe forecast says\b",
        r"\b(?:will|is) it (?:going to )?(?:rain|snow)(?:ing)?\b|\bneed an umbrella\b",
        r"\b(?:if|when|whenever|in case) it(?:'?s| is)? "
        r"(?:rain(?:s|ing|y)|snow(?:s|ing|y)|freez(?:es|ing)|sunny|windy|stormy)\b(?! (?:i|we)\b)",
        r"\bdas wetter(?: auch| dazu| noch)*\W*$",
        r"\bdas wetter (?:in|f\u00fcr|an|per|via|morgen|heute)\b",
        r"\bwettervorhersage\b",
        r"\bel (?:tiempo|clima) (?:en|de)\s+(?-i:[A-Z])|\bpron[o\u00f3]stico del tiempo\b",
        r"\b(?:dime|m[aá]ndame|env[ií]ame) el (?:tiempo|clima)\b|\bqué tiempo (?:hace|hará)\b",
        r"\bla m\u00e9t\u00e9o\b|\bquel temps (?:fait|fera)\b|\u5929\u6c14",
    ),
    capability(
        "translate text between languages",
        "translation, deepl",
        r"\btranslat(?:e|es|ion|ions) .{0,60}\b(?:into|to|from)\s+(?-i:[A-Z])",
        rf"\btranslat(?:e|es|ed|ion|ions)\b.{{0,60}}\b(?:into|to|from)\s+{_LANGUAGE}\b",
        r"(?:^|[,;] ?|\band )translated?(?=\W*$|\W* (?:please|pls|too)\b)",
        rf"\b(?:put|turn(?:s|ed)?|get|brings?|render)\b[^.;]{{0,60}}\binto {_LANGUAGE}\b",
        rf"\bin {_LANGUAGE}\b[^.;]{{0,60}}\b(?:in|into|to) {_LANGUAGE}\b",
        rf"\b{_LANGUAGE} version\b|\b(?:in|from) {_LANGUAGE} (?:to|into) {_LANGUAGE}\b",
        r"\b\u00fcbersetz(?:e|en|t)\b|\btraduc(?:e|ir)\b|\btradui(?:s|re|sez)\b|\u7ffb\u8bd1",
    ),
    capability(
        "read and send email",
        "email",
        r"\be-?mail (?:me|us|him|her|them|it|the|everyone|everybody|my|our)\b",
        r"\bmail (?:me|us|him|her|them) \w+|\bby mail\b",
        r"\bmails? (?:it|the|my|our)\b[^.;,]{0,40}\bto\b|\bsends? (?:an? )?mails? to\b",
        r"\bp(?:ar|er) e?-?mail\b|\bpor (?:correo|e-?mail)\b|\bun (?:correo|e-?mail)\b",
        r"\b(?:each|every|new|unread|incoming) (?:\w+ )?e?-?mails?\b|\bmy inbox\b",
        r"\be?-?mails? from (?:my|our|the)\b",
        r"\b(?:when(?:ever)?|if|once|as soon as|(?:every|each) time) "
        r"(?:an?|any|some|another|the|my) (?:[\w-]+ ){0,2}?e?-?mails? "
        r"(?:(?:from|with) [^.;,]{1,30} )?"
        r"(?:comes?|arrives?|gets? (?:in|here)|lands?|is received|shows? up|turns? up)\b",
        r"\b(?:wenn|sobald) (?:eine?|neue|die) (?:\w+ )?e?-?mails? [^.;,]{0,30}"
        r"(?:kommt|kommen|eintrifft|eingeht)\b|\bmeine (?:\w+ )?e?-?mails?\b",
        r"\b(?:cuando|cada vez que) (?:me )?(?:llegu?en?|llegan?|recib[ao]|entre) (?:\w+ ){0,2}?"
        r"(?:correo|e?-?mail)s?\b|\bmis (?:correos|e?-?mails?)\b",
        r"\b(?:quand|lorsqu(?:e |')|d\u00e8s qu(?:e |'))\W?(?:une? |les )?(?:\w+ )?e?-?mails? "
        r"(?:arrive|est re\u00e7u)\b|\bmes (?:\w+ )?e?-?mails?\b",
        r"\b(?:the|an?|my|our|each|every|any|who(?:ever)?|(?:some|any)(?:one|body)) (?:\w+ )?"
        r"e?-?mails (?:me|us|them|it)\b",
        r"\b(?:jede|neue) e-?mail\b|\bcorreo (?:nuevo|electr\u00f3nico)\b|\bcourriels?\b",
        r"\u90ae\u4ef6|\u90ae\u7bb1",
        r"\b(?:by|via|through|send|sends|get) (?:me |us |them )?(?:an? )?e-?mails?\b",
        r"\b(?:each|every) \w+ by e?-?mail\b",
        r"\b(?:reminder|thank[- ]you|reply|follow-?up) e?-?mails?\b",
        r"\b(?:we|i) get (?:\w+ )?e?-?mails?\b|\bover e-?mail\b",
        r"\b(?:forward|reply to)\b[^.;,]{0,20}\bmail\b",
        r"\b(?:my|our) (?:mail ?box|mails?)\b",
        r"\bwrite [^.;,]{0,20} an? e?-?mail\b",
        r"\b(?:to|for|\u00e0|an|warn|inform|notify|alert|tell|e-?mail) "
        r"\(?[\w.+-]{1,40}@[\w-]{1,40}\.\w",
        rf"(?:^|[,;] ?|{ARROW} ?|\b(?:and|then|to) )e-?mail (?!{_NO_RECIPIENT}\b)\w",
        r"\bmail (?:the|our|each|every|all) (?:customer|client|parent|tenant|supplier|guest|member|"
        r"user|buyer|applicant|candidate|patient|student|team)s?\b",
        # The mere word answers where nothing did a part yet.
        r"(?:^|, ?)(?:(?:ok(?:ay)?|then|just|or|by|use|maybe|an?)\W+){0,4}(?:e-?)?mail"
        r"(?:\W+(?:then|please|pls|instead|too|it is|is (?:fine|enough|better)|will do))*\W*$",
        r"\be-?mail an? \w+|(?:^|[,;]|\b(?:and|then)) ?mail (?:the|it|an?|my|our|this)\b",
    ),
    capability(
        "a mailbox with any provider, by IMAP and SMTP",
        "imap-email",
        r"\bimap\b|\bown mail ?server\b",
        rf"(?:{_COMING}|(?<!to my )(?<!to our ))\b{_HOSTED}",
        by_these_alone=True,
    ),
    capability(
        "cryptocurrency prices and market data",
        "crypto prices, crypto, coingecko",
        rf"\b{_COIN} (?:and \w+ )?prices?\b|\bbtc\b",
        rf"\b{_COIN} (?:falls?|drops?|sinks?|rises?|climbs?|hits?|reaches) ",
        rf"\b{_COIN} (?:is|goes|gets) (?:at|to|up|down|above|below|over|under|past|worth)\b",
        rf"\b(?:price|value|rate) of {_COIN}\b|\b(?:watch|track|keep an eye on) {_COIN}\b",
        r"\bbitcoin-?(?:kurs|preis)\b|\b(?:precio|valor) (?:del?|de la) (?:bitcoin|cripto)",
        r"\b(?:prix|cours) du bitcoin\b|\u6bd4\u7279\u5e01",
    ),
    capability(
        "stock quotes and financial market data",
        "stocks, yahoo-finance",
        r"\b(?:stock|share) (?:prices?|quotes?|market)\b",
        r"\b(?:shares|stocks) (?:i|we) (?:hold|own)\b|\b(?:my|our) (?:\w+ ){0,4}shares\b",
        r"\baktienkurse?n?\b|\bprecios? de (?:las )?acciones\b|\bcours de (?:la )?bourse\b",
        r"\u80a1\u7968|\u80a1\u4ef7",
    ),
    capability(
        "send text messages (SMS)",
        "twilio, sms",
        r"\btext (?:messages?|me|us|him|her|them|my|our)\b|\bsms\b|\u77ed\u4fe1|\bgets? a text\b",
        r"\btext (?:it|this|that|them) to (?:me|us|him|her|them|my|our|the|each|every)\b",
        rf"\b(?:{_TELLING})\b[^.;,]{{0,40}}"
        r"\b(?:by|via|with an?) text\b(?! (?:file|document)s?\b)",
        rf"\b(?:drop|shoot|send) {_SOMEBODY} a (?:quick |short )?text\b(?! (?:file|document)s?\b)",
        rf"\b(?:write|message|{_TELLING})\b[^.;,]{{0,30}}\bon (?:my|their|her|his) phones?\b",
        rf"{_SENDING}text (?:all )?(?:the|each|every) (?!{_NOBODY}\b)\w",
        by_these_alone=True,
    ),
    capability(
        "bank accounts, balances and transactions",
        "plaid, banking",
        r"\b(?:my|our|the|his|her) bank (?:accounts?|balances?|transactions?|statements?)\b",
    ),
    capability(
        "live flights: delays, positions, arrivals",
        "flightradar24, flights",
        r"\bflights?\b[^.;,]{0,15}\b(?:delay(?:s|ed)?|cancell?ed|status|land(?:s|ed)?|late|"
        r"on time)\b",
    ),
    capability(
        "calendar events and appointments",
        "google-calendar",
        r"\b(?:my|our|the) cal[ea]nd[ea]r\b|\bmein(?:en|em)? kalender\b",
        r"\b(?:my|our|today's|tomorrow's) (?:next |upcoming )?(?:meetings|appointments|agenda)\b",
        r"\b(?:meetings|appointments)\b[^.;,]{0,25}\b(?:today|tomorrow|this week|next week)\b",
        r"\b(?:when(?:ever)?|before|if|once) (?:an?|the|my|our|each|every|any) (?:next )?(?:\w+ )?"
        r"(?:events?|appointments?|meetings?) "
        r"(?:is coming up|comes up|is about to|starts|begins)\b",
        rf"\b{_DATE}\b[^.;,]{{0,30}}\bin (?:my|our|the) diary\b",
        r"\bam i free (?:on|at|today|tomorrow)\b",
        r"\b(?:book|schedule|arrange|set up) (?:an? |the |my |our )?(?:new |short |weekly |team )?"
        r"(?:meeting|appointment|event)s?\b|\bon my (?:schedule|agenda)\b",
        r"\bmi calendario\b|\bmon (?:agenda|calendrier)\b",
        r"\u6211\u7684\u65e5\u5386|\u65e5\u7a0b",
    ),
    capability(
        "places to stay: rooms, flats, holiday homes",
        "airbnb",
        r"\b(?:rooms?|flats?|apartments?|holiday homes?|places? to stay|accommodations?)\b"
        r"[^.;,]{0,10}\b(?:in|near|around)\s+(?-i:[A-Z])",
    ),
    capability(
        "workouts: runs, rides, training",
        "strava",
        r"\b(?:did|have) i (?:run|ridden|cycled?|swum)\b|\bi (?:ran|cycled)\b",
        r"\bmy (?:last |latest |morning |weekly |long )?(?:runs?|rides?|workouts?)\b",
    ),
    capability(
        "smart home: lights, heating, switches",
        "home-assistant",
        r"\b(?:turn|switch|dim)\b[^.;,]{0,30}\b(?:lights?|lamps?|heating|heater)\b",
        r"\blicht\b[^.;,]{0,30}\b(?:aus|an|ein)\b|\b(?:apaga|enciende) (?:la|las) luz",
        r"\b(?:allume|\u00e9teins) (?:la|les) lumi\u00e8re|[\u5f00\u5173]\u706f",
    ),
    capability(
        "maps: directions, distances, places nearby",
        "maps",
        r"\bdirections (?:from|to)\b",
        r"\b(?:drive|driving|travel|journey|walking) (?:time|distance)s?\b|\bhow far (?:is|away)\b",
        r"\bhow long (?:does it take|is it) (?:\w+ ){0,4}to (?:drive|walk|cycle|get)\b",
    ),
    capability(
        "play and manage music",
        "spotify",
        r"\bplay (?:some|my|me) (?:\w+ )?(?:music|songs?|playlists?|jazz|rock|pop)\b",
    ),
    capability(
        "Reddit posts and community discussions",
        "reddit",
        r"\bsubreddits?\b",
        r"(?<![A-Za-z0-9_/])r/\w+",
    ),
    capability(
        "convert units of measurement",
        "unit conversion",
        r"\bconvert\b[^.;]{0,40}\b(?:miles?|km|kilomet\w+|pounds?|kg|inch\w*|lit(?:er|re)s?|gallons?)\b",
        r"\bconvert\b[^.;]{0,40}\b(?:celsius|fahrenheit)\b",
        r"\b(?:in|to) (?:both )?(?:metric|imperial)(?: units)?\b",
    ),
    capability(
        "currency exchange rates and conversion",
        "",
        r"\bexchange rates?\b|\bcurrency (?:conversion|converter|rates?)\b",
        r"\bconvert\b[^.;]{0,30}\b(?:dollars?|euros?|pounds? sterling|yen|rupees?|usd|eur|gbp)\b",
        r"\b\d[\d,.]{0,12} ?(?:usd|eur|gbp|jpy|chf|dollars|euros) (?:in|to|into) \w+",
    ),
    capability(
        "nutrition facts: calories, vitamins, protein of foods",
        "",
        r"\b(?:nutritional|nutrition) (?:facts?|values?|info\w*|data|content|profile)\b",
        r"\b(?:calories|vitamins?|sugar|protein|carbs|fib(?:er|re)) (?:content |are |is )?in\b",
        r"\b(?:fruits?|foods?|meals?|snacks?)\b[^.;]{0,40}\b(?:calories|sugar|carbs|vitamin|potassium)\b",
        r"\b(?:low|high)[- ](?:sugar|sodium|potassium|carb|fib(?:er|re)|vitamin)\b",
    ),
)
