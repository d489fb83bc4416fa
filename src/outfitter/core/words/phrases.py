"""The turns of phrase by which plain messages are told apart without a model."""

import re

# What joins the names of a row, in four languages.
JOINING = r"(?:and|or|und|oder|y|o|et|ou|&|\+)"
# What leaves open which name of a row is meant.
LEFT_OPEN = re.compile(r"\b(?:or|oder|o|ou)\b")
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|once|twice)"
_YES = r"(?:my|our) (?:ok|okay|yes|go|approval|answer|permission|confirmation|consent)\b"
_WAITING = (
    rf"\b(?:wait|ask (?:me )?) ?for {_YES}|\bwait until (?:you have {_YES}|(?:i|we)\b)"
    r"|\b(?:check|confirm|clear) (?:it |this |that |them )?with me\b"
    r"|\brun (?:it|this|that|them) (?:by|past) me\b"
    r"|\b(?:let me|i (?:want|need|have|like) to) (?:check|see|approve|review|confirm|read|look)\b"
    r"[^.;]{0,30}\b(?:before (?:it|you|they|that|anything|the agent|sending|posting)|first$)"
)
# Who is to be asked before anything is done, beside "ask me first".
WAITING = re.compile(_WAITING, re.IGNORECASE)
CONSTRAINT = re.compile(
    r"^(?:only|never|don't|do not|dont|always|make sure|be careful|at most|not? more than|nothing|"
    r"no fewer than|no less than|"
    rf"(?:at least|up to|max(?:imum|imal)?\.?|a maximum of) (?:{_COUNT}|\w+ (?:a|per|pro|each))|"
    r"(?:limit|cap|restrict) (?:it|them|this|that|(?:the|my|our) \w+) (?:to|at)|"
    r"höchstens|maximal|mindestens|bis zu|como máximo|máximo|al menos|au (?:plus|maximum|moins)|"
    r"nur|nie|niemals|nichts|immer|solo|sólo|nunca|siempre|seulement|uniquement|jamais|toujours|ne|"
    r"n'\w+)\b"
    r"|^(?:und |aber )?\w+ (?:nie|niemals|nichts|keine?n?)\b|^no \w+ (?:nada|nunca|ningun[ao]s?|"
    r"ningún)\b|\bread[- ]only\b|\bonly[.!]*$|^(?:ok(?:ay)? |now |and |but )*you (?:may|can|"
    r"are allowed to)\b"
    r"|^keep (?:it|them|(?:the|your|all|every) \w+)\b|\bask (?:me )?(?:first|before)\b"
    rf"|{_WAITING}"
    rf"|^(?:and |but )?(?:not )?without {_YES}"
    r"|\b(?:must|should|may|shall) (?:not|never|only)\b"
    r"|\bleave (?:the |my |our |all )?.{1,40} alone\b|\bkeep \w+ from \w+ing\b|\bnot touch\b"
    r"|^(?:change|delete|edit|modify|post|remove|send|touch|write) nothing\b"
    r"|^no (?!thanks\b|worries\b)\w+s(?: pls| please)?[.!]*$"
    r"|^not (?:the|my|our|any|for|from|if|when|to|those|all)\b"
    r"|\b(?:not|except|skip|no|without)(?: (?:on|at|the))* (?:weekends?|weekdays?|holidays|"
    rf"{WEEKDAY}s?)\b"
    rf"|\b(?:weekends?|holidays|{WEEKDAY}s?) off\b"
    r"|^(?:the )?other way (?:a)?round\b",
    re.IGNORECASE,
)
LEAD_IN = re.compile(
    r"^(?:when|whenever|if|once|as soon as|every|each|after|before|at|on|while|unless|daily|"
    r"weekly|monthly|hourly|wenn|sobald|falls|jede[nrs]?|täglich|wöchentlich|cuando|cada|"
    r"quand|chaque|dès)\b",
    re.IGNORECASE,
)
_QUOTED = r"[\"“„«][^\"”“»]*[\"”“»]?"
# What somebody called a thing of theirs is no server, whatever it says, unless that is an app.
CALLED = re.compile(
    r"(?<!(?i:\bapp) )(?<!(?i:tool) )(?<!(?i:server) )(?<!(?i:service) )(?<!(?i:platform) )"
    rf"\b(?i:called|named|titled|entitled|namens)\s+(?:{_QUOTED}|\S+(?:\s+[A-Z0-9]\S*)*)"
    rf"|\b(?i:sign(?:ed)?(?: it| them)?(?: as| with)?|subject|label|tag|saying)\s+{_QUOTED}"
)
MORE = re.compile(
    r"\b(?:also|too|as well|both|adds?|plus|another|still|back in|don'?t forget|auch|noch|"
    r"dazu|zusätzlich|füg\w*|ergänz\w*|también|además|añad\w*|agreg\w*|aussi|ajout\w*)\b"
    r"|[+\u4e5f\u8fd8\u518d]|\u53e6\u5916",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:not sure|no idea|dunno|undecided|what do you think|let me think|i'll think|hmm+ maybe|"
    r"weiß nicht|no sé|je ne sais pas)\b",
    re.IGNORECASE,
)
NEVER_MIND = re.compile(
    r"^(?:(?:oh|ok(?:ay)?|ah|well|no|yes|great|good|fine|cool|perfect|thanks|just|please|then|"
    r"let's),? )*(?:never ?mind|nvm|"
    r"(?:leave|keep) (?:it|that|this|them|everything|things|the plan)(?: all)? "
    r"(?:(?:as|how|the way) (?:it|that|this|everything)(?: is|'s)|(?:as|how|the way) they are|"
    r"as is|like (?:that|this)|that way))"
    r"(?: (?:please|pls|then|now|for now|thanks))*[\s.!]*$",
    re.IGNORECASE,
)
SIGNING_IN = re.compile(
    r"\b(?:rather|prefer to|like to|want to|(?:can|could|may) (?:i|we)) (?:just )?"
    r"(?:log|sign) in\b",
    re.IGNORECASE,
)
_HELLO = (
    r"(?:hi+|hello|hey+|howdy|greetings|good (?:morning|afternoon|evening|day)"
    r"|hallo|servus|moin|grüezi|grüß (?:gott|dich|euch)|guten (?:tag|morgen|abend)"
    r"|hola|buen(?:os|as)(?: (?:días|dias|tardes|noches))?|bonjour|bonsoir|salut|coucou"
    r"|ciao|buongiorno|buonasera|olá|(?:\u4f60|\u60a8|\u5927\u5bb6|[\u65e9\u665a]\u4e0a|\u4e0b\u5348)\u597d)"
)
GREETING = re.compile(
    rf"^{_HELLO}(?:[\s,.!]+(?:{_HELLO}|there|all|everyone|everybody|team|you|outfitter))*[\W_]*$",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"^(?:what an? )?(?:(?:so|very|really|pretty|such) )?(?:nice|lovely|beautiful|gorgeous|great|"
    r"wonderful|terrible|awful|horrible|bad|crazy) (?:weather|day|morning|evening|weekend|time)\b"
    r"|^(?:never ?mind|actually|wait|hold on|(?:(?:please )?give me )?(?:one|a|just a) "
    r"(?:moment|minute|second|sec)|surprise me|hm+|"
    r"let me think|oops)[\s.!]*$"
    r"|^(?:ok(?:ay)?,? )?(?:i think )?(?:that's|that is|that will be) (?:all|it|enough)"
    r"(?:,? (?:i think|for now|for today|from me))?[\s.!]*$"
    r"|^(?:i|we)(?:'ve)? (?:already )?(?:have|got) (?:an? )?(?:\w+ ){1,3}accounts?[\s.!]*$"
    r"|^(?:i'm|i am|we're|we are|i was|we were) (?:so |very |really |just )*"
    r"(?:bored|tired|happy|sad|hungry|sick|busy|excited|glad)\b",
    re.IGNORECASE,
)
JUDGING = re.compile(
    r"^(?:well |oh |but )?(?:that|this|it)(?:'s| is| was) (?:just |so |really |too |very |a bit )*"
    r"(?:stupid|silly|annoying|bad|sad|a (?:pity|shame|joke)|crazy|weird|ridiculous|nonsense|fine|"
    r"ok(?:ay)?|great|good|nice|cool|much|wrong|not (?:good|nice|great|what i (?:asked|meant).*))"
    r"[\s.!]*$"
    r"|^(?:(?:just|way|far|much|a (?:little |tiny )?bit) )*too \w+[\s.!]*$"
    r"|^(?:(?:ok(?:ay)?|yes|ah|oh|hm+|sorry|and),? )*(?:(?:that )?makes sense|fair enough|"
    r"you(?:'re| are) (?:right|welcome)|(?:that was )?my (?:bad|mistake|fault)|anyways?|true|"
    r"(?:i(?:'m| was) )?(?:just |only )?(?:kidding|joking)|(?:just )?a joke|"
    r"(?:quick|good) (?:one|point|idea|question)|(?:just )?(?:one|another) (?:more|last|other)? ?"
    r"(?:thing|question)|brain fog|(?:i(?:'ve| have)? )?changed my mind|"
    r"(?:i )?don't (?:care|mind)|(?:i )?forgot(?: to say)?|i (?:always|keep|often) "
    r"(?:mix|confus|forget)\w*(?: \w+){0,3})[\s.!]*$",
    re.IGNORECASE,
)
# What is waved away asks for nothing, whether or not it was there.
WAIVING = re.compile(
    r"^(?:(?:ok(?:ay)?|no|hm+|oh|well|actually|please|and|then|just),? )*"
    r"(?:forget(?: about)?|never ?mind|no need for) (?!to\b|that\b|it\b)",
    re.IGNORECASE,
)
HANDING = re.compile(
    r"\b(?:key|token|password|passcode|secret|pat|credential|login)s?\b.{0,40}?(?:\bis\b|\bare\b|"
    r"\bist\b|\bes\b|\best\b|[:=])|^[^\[\]]{0,60}\]|^here(?:'s| is| are| you)\b"
    r"|^(?:but |and |well,? )?(?:i|we)(?:'ve| have)? (?:already |just )*(?:gave|given|sent|pasted|"
    r"entered|typed|provided|told)\b.{0,40}\b(?:key|token|password|secret|credential|login)s?\b",
    re.IGNORECASE,
)
COMPLAINT = re.compile(
    r"(?:\b(?:is|are|gets?|keeps?|became)|'s) (?:just |really |so |quite |a bit |always |already )*"
    r"(?:full|slow|down|broken|buggy|flaky|unreliable|outdated|complicated|expensive|limited|"
    r"failing|crashing|a mess|not \w+)\b|\b(?:doesn't|does not|isn't|won't|can't) \w+",
    re.IGNORECASE,
)
KEYLESS = re.compile(
    r"\b(?:something|anything|one|another|server|service)\b.{0,25}\b(?:no|without(?: an?| any)?) "
    r"(?:keys?|tokens?|passwords?|credentials?|accounts?|login|sign-?up)\b",
    re.IGNORECASE,
)
BY_MEANS = re.compile(
    r"\b(?:with|via|through|using|by|mit|per|über|con|por|avec|par) (?P<means>\w+(?: \w+)?)",
    re.IGNORECASE,
)
# Why something goes: beside a change it asks for nothing by itself.
LACKING = re.compile(
    r"^(?:(?:because|as|since|sorry|no|but|and|well),? )*(?:(?:i|we)(?: |(?='ve)))?"
    r"(?:(?:don't|do not|haven't|have not|never|no longer|can't) (?:really |even |actually )?"
    r"(?:have|got|had|own|use|like|know|trust|afford|stand|understand)|have no|(?:have )?got no|"
    r"'ve got no|hate)\b",
    re.IGNORECASE,
)
REST = re.compile(
    r"\b(?:drop|remove|lose|skip|forget|delete|ditch|omit|without|not) (?:all )?"
    r"(?:the rest|everything else|anything else|all else|(?:all )?the others?)\b"
    r"|\b(?:keep only|only keep|just keep|keep just)\b|\bnothing (?:else )?but\b"
    r"|\bden rest (?:weg|nicht|streichen)\b|\bquita (?:lo demás|el resto)\b|\benlève le reste\b",
    re.IGNORECASE,
)
KEY_ASKED = re.compile(
    r"\b(?:key|token|password|secret|credential|login)s?\b[^?]{0,20}\?*$", re.IGNORECASE
)
REFUSING = re.compile(
    r"^(?:no way|no chance|never|forget it|not happening|no|nope|"
    r"you (?:don't|do not|won't|will not|can't) get)\b",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    r"(?:\bnot|n't(?: \w+)?|\bno need for)(?: them)? both\b|\bonly (?:use|have|need|want)\b"
    r"|^(?:(?:ok|no|actually|well|just|please|on second thoughts?),? )*"
    r"(?:only|just|nur|solo|sólo|seulement) [\w.-]+(?: [\w.-]+)?(?: please)?[.!]*$"
    r"|^(?:(?:ok|no|actually|well|just),? )*[\w.-]+(?: [\w.-]+)? (?:only|alone|is enough)[.!]*$"
    r"|^(?:(?:ok|no|actually|well),? )*(?:just|only) [\w.-]+(?: [\w.-]+)? (?:is|will do|would do|"
    r"will be|would be)\b"
    r"|^(?:(?:ok|no|actually|well|just),? )*(?:just|only|keep) [\w.-]+(?: [\w.-]+)? "
    r"(?:of|out of|from) (?:those|these|them|the)\b",
    re.IGNORECASE,
)
PAIRED = re.compile(r"\w (?:with|by|for|to|durch|gegen|por|par) \w", re.IGNORECASE)
NO = re.compile(
    r"^(?:(?:or|oh|hm+|well|ah|eh|actually|ok(?:ay)?),? )*"
    r"(?:no|nope|nah|nein|wrong|non|falsch|不)\b"
    r"[\s!.]*(?:no\b)?[\s!.]*$",
    re.IGNORECASE,
)
# Beside a mere name it says that this was meant before.
REGRET = re.compile(
    r"^(?:oh |oops |so )?(?:sorry|oops|i meant?|my (?:bad|mistake))[\s.!]*$", re.IGNORECASE
)
NOT_THAT = re.compile(
    r"^(?:(?:no|oops|sorry|ok(?:ay)?|actually|well),? )*(?:not|nicht|pas)\b", re.IGNORECASE
)
_BACK_TO_IT = r"(?:it|that|this|them|those|that one|this one|these)"
_SOFTLY = r"(?: (?:please|then|now|too|instead|again|for now|from the plan))*[.!]*$"
LETTING_GO = re.compile(
    rf"^(?:(?:please|just|so|then|and) )*(?:take {_BACK_TO_IT} (?:out|off|away)"
    rf"|(?:drop|remove|skip|lose|omit|delete) {_BACK_TO_IT}|leave {_BACK_TO_IT} (?:out|off)"
    r"|(?:i|we) (?:don't|do not|no longer|never|hardly) (?:really |ever )?(?:need|want|use) "
    rf"{_BACK_TO_IT}){_SOFTLY}",
    re.IGNORECASE,
)
POINTING = re.compile(
    rf"{LETTING_GO.pattern}|^(?:(?:please|just|so|then|and|let's|no|ok|wait|oh|hm+),? )*"
    rf"(?:do|use|take|try|make|go with|keep|choose|leave) {_BACK_TO_IT}{_SOFTLY}",
    re.IGNORECASE,
)
# "Save it somewhere" leaves open where.
SOMEWHERE = re.compile(r"\b(?:somewhere|someplace|somehow|irgendwo|irgendwie)\b", re.IGNORECASE)
