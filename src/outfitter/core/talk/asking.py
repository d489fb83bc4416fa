"""Questions about the service itself and its servers, told from requests."""

import re

# What the agent can do is asked, not wanted, though it names what a plan may be rid of.
ABLE_IT = re.compile(
    r"(?:^|\bi mean,? |[?.,] )(?:can|could|will|does) (?:it|the agent) "
    r"(?:(?:delete|see|access|edit|modify|touch|read|change)\b"
    r"|(?:also |really |actually )?\w+(?: (?:it|them|that|this|things))?\W*$)",
    re.IGNORECASE,
)
_KEYS = r"(?:keys?|credentials?|tokens?|passwords?|secrets?)"
_ERASING = (
    r"\b(?:delete|erase|wipe|remove) (?:all )?(?:of )?(?:my|our) (?:\w+ ){0,2}"
    rf"{_KEYS}\b"
)
_LEAVING = (
    r"\b(?:delete|close|erase|remove) (?:my|our) (?:user |whole )?account\b"
    r"(?=(?: here| again| with you| please)*\W*$)"
)
_CODE = r"(?:cod(?:e|ing)|program(?:ming)?|computers?|tech\w*)"
_TOPICS = (
    ("erasing", _ERASING),
    ("leaving", _LEAVING),
    (
        "agents",
        (
            r"^(?:please )?(?:list|show(?: me)?|give me|where (?:is|are))(?: all)?(?: of)? "
            r"my agents?(?: please)?\W*$"
        ),
    ),
    (
        "data",
        (
            r"\bwhere (?:does|do|will|would|is|are|do you (?:keep|store|put)) "
            r"(?:all |any of )?(?:my|our|the) "
            r"(?:\w+ )?(?:data|information)\b"
            r"|\bwho (?:sees|reads|(?:can|will) (?:see|read)) (?:the|my|our) (?:\w+ )?"
            r"(?:(?:e-?)?mails?|messages|files|documents|photos)\b"
            r"|\bwhat (?:do you do|happens) (?:with|to) (?:all )?(?:my|our|the) "
            r"(?:\w+ )?(?:data|information)\b"
        ),
    ),
    (
        "help",
        (
            r"^help\b[ !.?]*$"
            r"|\b(?:what|anything)\b.{0,15}\byou (?:can't|cannot|can not) do\b"
            r"|\bwhat (?:can|could|do|else can) you (?:actually |really |even )?"
            r"(?:do|help|automate)"
            r"|\b(?:(?:do|does) (?:i|one|we) (?:need|have) to|must (?:i|one|we)) "
            rf"(?:be (?:good (?:at|with)|able to {_CODE})\b|(?:know how to |know )?{_CODE}\b|"
            rf"know (?:anything|much)(?: about {_CODE})?(?: for (?:this|it))?\W*$)"
            r"|\bis (?:it|this) (?:hard|difficult|complicated|easy) (?:to use|for (?:me|us|"
            r"a beginner|beginners|newcomers|anyone|anybody|someone|somebody))\b(?! to)"
            r"|\bhow (?:do|can|should) (?:i|we) (?:start|begin)\W*$"
            r"|\bwhat (?:do|should|must|can) i (?:say|type|write)(?: here| now| first)?\W*$"
            r"|\bwhat\b.{0,30}\bcan (?:i|we|you) automate\b"
            r"|\bhow (?:does this|does it|do you|does that) work"
            r"|^what (?:is|'s) (?:this|outfitter)\b|\bwas kannst du\b"
            r"|\bqué puedes hacer\b|\bque (?:peux|sais)-tu faire\b"
            r"|\bwie (?:funktioniert|geht) das(?: hier)?\W*$|\bcómo funciona(?: esto)?\W*$"
            r"|\bcomment ça (?:marche|fonctionne)\W*$|\u4f60[\u80fd\u4f1a]\u505a\u4ec0\u4e48"
        ),
    ),
    (
        "keys",
        (
            r"\b(?:safe|secure|stored?|saved?|encrypted?|see|share|leak|privacy)\b.{0,60}"
            rf"\b{_KEYS}\b"
            r"|\b(?:is|are) (?:my|our|the) [\w' ]{1,30} (?:safe|secure|private)\b"
            r"|\bis (?:it|that|this)(?: all)?(?: really| actually)? (?:safe|secure|private)\W*$"
            r"|\bwhere (?:is|are|do you (?:keep|store)) (?:my|our|the)\b.{0,20}\b(?:data|keys?|"
            r"credentials?|tokens?|passwords?)\b"
            r"|\bwho (?:can|could|will|may) (?:see|read|get|access)\b"
            rf"|\b{_KEYS}\b.{{0,60}}"
            r"\b(?:safe|secure|stored?|saved?|encrypted?|private|seen|shared|leak|deleted|kept)\b"
        ),
    ),
    ("identity", r"\bwho are you\b"),
    (
        "changing",
        (
            r"\b(?:can|could) (?:i|we|it) (?:still |also |always )?(?:be )?(?:change|changed|edit|"
            r"edited|adjust|adjusted|undo|undone|stop|stopped)\b"
            r"(?: (?:it|this|that|things|the (?:plan|agent)))? (?:later|afterwards|again|any ?time)"
        ),
    ),
    (
        "cost",
        (
            r"^\W*(?:(?:and|the) )*(?:costs?|prices?|pricing|kosten|preis|precio|prix)\W*$"
            r"|\b(?:what|how much)\b.{0,40}\bcosts?\b"
            r"|\bcosts? (?:me |us )?(?:anything|money|much)\b"
            r"|\bdo (?:i|we) (?:have to|need to|must) pay\b|\bwho pays\b"
            r"|\bhow much (?:is|are|would|will) (?:it|that|this|they|these|those|all)\b"
            r"|\b(?:is|are) (?!there\b)[\w .-]{1,30} (?:free|paid|expensive)\b"
            r"|\bkoste(?:t|n)\b|\b(?:cuánto|algo)\b.{0,20}\bcuesta\b|\bcuesta (?:algo|dinero)\b"
            r"|\bes gratis\b|\bcoûte\b|\best gratuit\b"
        ),
    ),
    (
        "others",
        (
            r"\balternativ(?:es?|en)\b|\bother than\b|\bthe only (?:option|way|choice|one)\b"
            r"|^(?:(?:any|some)thing )?(?:free|cheaper|easier|simpler|better)\W*$"
            r"|\b(?:some|any)thing (?:else|other|like|free|cheaper|"
            r"better|easier|simpler)\b"
            r"|\b(?:which|what|any) other\b"
            r"|^(?:and |so |but )*(?:what|who|which \w+) else (?:can|could|would|might) "
            r"(?:do|send|be|handle|post|read|give|tell|store|save)\b"
            r"|\bis there (?:an?|any|some) (?:\w+ ){0,2}(?:one|way|option)\b(?! (?:to|of|for)\b)"
            r"|\bwhat(?:'s| is) the (?:cheapest|easiest|simplest|best) (?:one|way|option)\b"
            r"|^\W*(?:what|which)\b.{0,60}\b(?:instead|rather than)\b"
        ),
    ),
    (
        "needs",
        (
            r"\bwhat (?:do|does|would|will|else do|exactly do)\b.{0,60}\b(?:need|require|want)"
            rf"|\b(?:which|what) {_KEYS}\b"
            r"|\b(?:which|what|who)\b.{0,30}\b(?:needs?|wants?|requires?)\b.{0,30}"
            rf"\b(?:{_KEYS}|accounts?)\b"
            r"|\bdo (?:i|we) (?:have to|need(?: to)?|must)\b.{0,40}"
            rf"\b(?:{_KEYS}|accounts?|sign up|register)\b"
            r"|\bwhat(?:'s| is| else is| exactly is) (?:still |else |exactly )?(?:left|"
            r"missing|open)(?: now)?\W*$"
            r"|\bis (?:any|some)thing (?:still |else )?(?:missing|left|open)\b"
            r"|\bwhat(?:'s| is| comes| happens) next\W*$|\bwhat now\W*$"
            r"|\bwelche[nrs]? (?:schlüssel|zugangsdaten|passwörter|tokens?|keys?)\b"
            r"|\bbrauchst du (?:mein|den|das|ein|einen)\b|\bwas (?:brauchst du|fehlt)\b"
            r"|\bqué (?:claves|credenciales|falta|necesitas)\b"
            r"|\bquel(?:le)?s? (?:clés?|identifiants)\b|\bque manque\b"
            r"|\b(?:how|where)\b.{0,40}\b(?:get|find|create|obtain|make|generate)\b.{0,40}"
            rf"\b(?:{_KEYS}|one|it|that|them)\b"
            r"|^(?:and |but |ok(?:ay)?,? )?(?:how|where) (?:do|can|should|must) (?:i|we) "
            r"(?:now |then )?(?:send|give|enter|put|paste|type|provide|submit|hand|fill)"
            r"(?: in| over)?(?: you)?(?: (?:the|my|our|these|those|all|api|them|an?))*"
            rf" ?(?:{_KEYS}|(?<=them)|(?<=these)|(?<=those))(?: in)?\W*$"
            r"|\b(?:which|what) (?:permissions?|scopes?|rights|privileges|roles?)\b.{0,60}"
            r"\b(?:needs?|needed|requires?|required|give|grant|set)\b"
            r"|^why (?:do|does|would|should|must) (?:you|i|we|it|the agent)\b.{0,40}"
            rf"\b(?:{_KEYS}|ids?|address|account)\W*$"
            r"|^(?:and )?what(?:'s| is| are)(?: an?| the| my| this| that)? "
            rf"(?:\w+ ){{0,3}}{_KEYS}\W*$"
            r"|\b(?:do not|don't|can't|cannot|couldn't) (?:have|find|know)\b.{0,40}"
            rf"\b{_KEYS}\b"
        ),
    ),
    (
        "running",
        (
            r"\bwhen (?:will|does|would|is) (?:it|this|the agent) (?:run|start|work|going to)\b"
            r"|\bhow (?:do|can|would|should) (?:i|we) (?:run|start|launch|install|use|get|download|"
            r"stop|test|try|host|deploy|unpack|unzip) "
            r"(?:it|this|(?:the|my|our|this) (?:agent|bundle|folder|zip))(?: running| out)?\W*$"
            r"|\bwhere (?:does|will|would|do|can|should|must) (?:it|this|the agent|i|we) "
            r"(?:run|start|install|host|live)\b(?: (?:it|this|the agent))?\W*$"
            r"|\bwhat(?:'s| is) (?:an? |the |this )?(?:fast-?agent|bundle)\W*$"
            r"|\bwhat (?:do|should|can) (?:i|we) do with (?:the|this|that|my) "
            r"(?:agent|bundle|folder|zip|files?)\W*$"
            r"|\bdo (?:i|we) (?:need|have) to install\b"
            r"|\b(?:can|could) (?:i|we) (?:run|start|install|host) (?:it|this|the agent) on\b"
            r"|\b(?:which|what) (?:ai |language )?(?:model|llm|ai) (?:does|will|would) "
            r"(?:it|this|the agent) (?:use|need|run on|take)\W*$"
            r"|^how often\W*$|\bhow often (?:will|does|would) (?:it|this|the agent) "
            r"(?:run|start|work|check|look)\b"
            r"|\b(?:does|will|would) (?:it|this|the agent) (?:run|start|work) (?:by itself|"
            r"automatically|on its own|all the time|every \w+)\b"
            r"|\bwhat happens (?:if|when) (?:i|we|my|our|the)\b.{0,20}\b(?:close|closed|off|down|"
            r"asleep|sleeps?|restarts?|laptop|computer|machine|pc)\b"
        ),
    ),
    (
        "plan",
        (
            r"\bwhat (?:does|will|would) (?:it|this|the agent) (?:actually |exactly |really )?do\b"
            r"|\bwhat (?:is|'s) (?:it|the agent) (?:going to|supposed to) do\b"
            r"|\b(?:which|what)(?: \w+)? did you (?:take|pick|choose|use|change|understand)\b"
            r"|\bwhat (?:have|do) we (?:got|have)(?: now| so far)?\W*$"
            r"|\bwhat(?:'s| has| (?:did|have) (?:i|we))?(?: just)? changed?\b"
            r"|\bdid you change anything\b"
            r"|\bwhat (?:will|would|do|are) you (?:going to )?(?:use|using) (?:to|for)\b"
        ),
    ),
    (
        "able",
        (
            r"\b(?:what|which tools)\b.{0,30}\b(?:able to|allowed to|can it|may it|can the agent|"
            r"will it|will the agent)\b"
            r"|^(?:can|could|will|may|does) (?:it|the agent|you) (?!change .* to\b)"
            r"(?:delete|see|access|edit|modify|touch|read|change)\b.{0,40}"
            r"\b(?:there|in it|anything|everything|my|our|the)\b"
            rf"|{ABLE_IT.pattern}(?!.* to\b)"
        ),
    ),
    (
        "servers",
        (
            r"\b(?:which|what)(?: \w+){1,3} (?:can|could|do|does) (?:you|u)\b"
            r"|\bwhat(?:'s| is) (?:even |actually |all )?possible (?:with|in|on)\b"
            r"|\b(?:which|what)(?: \w+){1,3} (?:can|could|does) it (?:support|know|have|use|offer|"
            r"work with|connect to)\b"
            r"|\bdifference between\b"
            r"|\b(?:which|what)(?: one)?(?:'s| is| would be) (?:better|best|cheaper|easier)\W*$"
            r"|\b(?:which|what)(?: other| mcp| kinds? of| of (?:your|the|these))* "
            r"(?:servers?|services?|apps?|integrations?|tools|options|alternatives)\b"
            r"|\b(?:which|what) \w+ (?:servers|services|apps|integrations|tools)\b"
            r"|^(?:list|show)(?: me)?(?: \w+){0,3} (?:servers|services|integrations|apps)\b"
            r"|\bis there (?:an?|any(?:thing)?|something)\b|\bare there (?:any|other)\b"
            r"|\b(?:do|can|could) (?:you|u) (?:also )?(?:have|support|know|offer|speak|work with|"
            r"handle|do)\b(?! (?:when|what|why|how|if|that|whether|who|where|it)\b)"
            r"|^(?:so,? )?(?:should|shall) (?:i|we) (?:better |rather )?(?:use|take|choose|pick|"
            r"go with|go for) [^?]*\bor\b"
            r"|\b(?:can|could|may) (?:i|we) (?:also )?(?:use|connect|have|choose|take) "
            r"[\w .-]{1,40}?(?: (?:too|also|as well|later))?\?$"
            r"|\b(?:does|would|will|could) [\w .-]{1,40}? (?:work|do|be (?:possible|fine))\b"
            r".{0,20}\?$"
            r"|\bkannst du(?: auch)? [\w .-]{1,30}\?$|\bgeht (?:auch|es mit) [\w .-]{1,30}\?$"
            r"|\b(?:conoces|tienes|puedes usar|connais-tu|tu connais|as-tu|peux-tu utiliser)\b"
            r"|\bwhat about\b"
            r"|^(?:and|or|und|oder|y|et) (?!the other\b|then\b|now\b|next\b|so\b)[\w .-]{1,40}\?$"
            r"|\bwelche (?:server|dienste)\b"
        ),
    ),
    ("why", r"^(?:why (?!(?:don't|not)\b)|warum (?!nicht\b)|wieso |por qué |pourquoi )"),
    ("plan", r"\b(?:show|what is|what's|where is|see|repeat|read)\b.{0,20}\b(?:the|my|our) plan\b"),
)
WONDERING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|hm+|well|nice|great),? )*(?:"
    r"(?:can|could|do|does) (?:you|u|it|this) (?:also )?(?:do|use|support|handle|know|have|speak|"
    r"work with|talk to|connect to) [\w .-]{1,30}?(?: (?:too|also|as well))?"
    r"|(?:can|could|may) (?:i|we) (?:also )?(?:use|connect|have|choose|take) [\w .-]{1,30}?"
    r"(?: (?:too|also|as well|later))?"
    r"|(?:would|will|does|is) [\w .-]{1,30}? (?:be )?(?:work|do|fine|possible|available|supported)"
    r"(?: (?:too|also|as well|instead))?"
    r"|is there (?:any|some)(?:thing)?\b[^?]*"
    r"|(?:should|shall) (?:i|we) [^?]{1,60}\bor\b[^?]{1,60}"
    r"|(?:what|which)\b[^?]*\b(?:instead|rather than|other than)\b[^?]*"
    r"|kannst du (?:auch )?[\w .-]{1,30}|geht (?:auch|es mit) [\w .-]{1,30}"
    r")\s*\?+$",
    re.IGNORECASE,
)
ABOUT_IT = re.compile(
    r"(?:^|[.:;!] )(?:(?:hm+|and|but|so|ok(?:ay)?|wait|oh|well|cool),? )*"
    r"(?:will|does|is|would|did|has) (?:it|this|that|the agent)\b[^?]*\?+$",
    re.IGNORECASE,
)
# Whether something is so is asked of what there is, whatever app it names.
CHECKING = re.compile(
    r"^(?:(?:hm+|and|but|so|ok(?:ay)?|wait|oh|well),? )*"
    r"(?:is|are|was|were|did|has|have|does) (?:my|our|the|your|you|it|this|that|they|those|these)\b"
    r"[^?]*\?+$",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:alternatives?|other|else|instead|andere\w*|otr[ao]s?|autres?)\b", re.IGNORECASE
)
_MOST = 500
_MARKS = ("?", "\uff1f")
_OPENING = (
    r"^(?:(?:and|so|but|ok(?:ay)?|hm+|oh|um+|uh+|like|well|lol|haha+|cool|great|nice|hi|hey|hello|"
    r"btw|wait|sorry|no clue .{1,20}),? )*"
)
_QUESTION = re.compile(
    rf"{_OPENING}(?:what|which|who|how|why|where|is|are|do (?:i|we|you|they|these)|does|"
    r"did (?:i|we|you)|can (?:i|it)|will it|welche|wie|warum|wo|qué|cómo|por qué|que|"
    r"comment|pourquoi)\b"
)
_INTERROGATIVE = re.compile(
    rf"{_QUESTION.pattern}|{_OPENING}(?:help|list|show|tell me|explain|can you tell|was|"
    r"i (?:don't|do not|can't|cannot)|(?:can't|cannot|couldn't) find)\b"
)
# "Something cheaper instead of Notion" asks for what there is before anything goes.
COMPARING = re.compile(
    r"\b(?:some|any)thing (?:that is |that's )?(?:free|cheaper|better|easier|simpler)\b",
    re.IGNORECASE,
)
# A wish for another server, or for what only the user can do, needs no question mark.
_UNMARKED = re.compile(rf"{COMPARING.pattern}|{_ERASING}|{_LEAVING}")


def asks(text: str) -> bool:
    """Whether a text has the form of a question, whatever it is about."""
    plain = text.lower()[:_MOST].rstrip()
    return plain.endswith(_MARKS) or bool(_QUESTION.search(plain))


def topic(text: str) -> str | None:
    """What a question is about, one of the topics above; None for anything else.

    >>> topic("what does Notion need?"), topic("what is the weather like?")
    ('needs', None)
    """
    plain = text.lower()[:_MOST]
    if not (plain.endswith(_MARKS) or _INTERROGATIVE.search(plain) or _UNMARKED.search(plain)):
        return None
    return next((name for name, pattern in _TOPICS if re.search(pattern, plain)), None)
