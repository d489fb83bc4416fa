"""What a message says of who writes it, and for the sake of manners: nothing to do."""

import re
from collections.abc import Mapping

from outfitter.core.words.phrases import GREETING

# Who is speaking; "we are on Slack" says more than that.
_I_AM = (
    r"(?:my name(?: is|'s) |this is (?=\w+ (?:from|at|here)\b)"
    r"|(?:i am|i'm|we are|we're)(?: just| only)? (?:an? |\w+$))"
)
_SHOP = (
    r"(?:shop|store|restaurant|bakery|caf[eé]|bar|hotel|pension|guest ?house|business|company|firm|"
    r"practice|clinic|farm|studio|agency|school|office|salon|garage|start-?up|workshop|club|gym|"
    r"library|team|department)"
)
_CALLING = (
    r"(?:i|we)(?: also)? (?:(?:run|own|manage|lead|have(?: got)?|work (?:in|at|for)) "
    r"(?:an?|the|our|"
    rf"my|two|three) (?:[\w'-]+ ){{0,4}}{_SHOP}\b"
    r"|(?:study|teach|sell|make|bake|farm|repair) "
    r"(?!.*\b(?:on|in|via|through|with|from|at)\b)[\w' -]+$"
    r"|work (?:as|part[- ]time)\b|(?:keep|always|often) (?:losing|forgetting|forget)\b|live in\b)"
    r"|(?:no|not an?) (?:\w+ ){1,3}here\b"
    r"|(?:i'm|i am|we're|we are) (?:not (?:very |so |really )?(?:technical|good (?:at|with))|new\b|"
    r"(?:so |really )?(?:tired|sick) of\b|setting (?:this|things|it) up\b|setting up things\b)"
)
_ABROAD = (
    r"(?:ich bin|soy|somos|je suis|nous sommes|wir sind) (?!.*\b(?:que|der|die|das|qui)\b).{1,40}$"
    r"|(?:ich habe|wir haben|ich führe|tengo|tenemos|j'ai|nous avons) (?:eine?n?|una?|une?) "
    r"(?:kleine[ns]? |peque\w+ |petite? )?(?:laden|geschäft|restaurant|betrieb|firma|praxis|tienda|"
    r"restaurante|empresa|negocio|panader[ií]a|boutique|magasin|entreprise|boulangerie)\b"
    r"|\u6211(?:\u4eec)?(?:\u662f|\u5f00\u4e86|\u5728).{1,20}$"
)
INTRODUCING = re.compile(
    r"^(?!.*\b(?:who|that|which|needs?|wants?|looking|trying)\b)"
    rf"(?:(?:hi|hello|hey)[,!]? )?(?:{_I_AM}[^,;:]{{0,40}}[.!]*$|(?:{_CALLING}|{_ABROAD}))",
    re.IGNORECASE,
)
_REGARDS = (
    r"(?:(?:with )?(?:best|kind|warm|many|kindest) (?:regards|wishes)|regards|sincerely|"
    r"yours (?:truly|sincerely)|(?:mit )?(?:freundlichen?|liebe|viele|beste|schöne) grü(?:ß|ss)en?|"
    r"saludos(?: cordiales)?|un saludo|cordialement|bien (?:à|a) vous|bonne journée)"
)
_THANKS = (
    r"(?:many |much )?(?:thanks|thank you|thank u|thx|danke(?: schön)?|vielen dank|gracias|"
    r"muchas gracias|merci|\u8c22\u8c22|\u591a\u8c22)"
    r"(?: (?:so|very) much| a (?:lot|million|bunch|ton)| in advance| (?:for|to) [^,;:]{1,40}| guys|"
    r" all| everyone| again|[ \u5927]?\u5bb6|\u4f60|\u60a8|\u4e86| im voraus| de antemano|"
    r" d'avance| beaucoup| schön)*"
)
_CLOSING = re.compile(
    rf"^(?:and |so |ok(?:ay)? |\u00a1)*(?:{_REGARDS}|{_THANKS}"
    r"|(?:i'm |i am |we're )?sorry (?:for|about) [^,;:]{1,40}|(?:please )?bear with me|"
    r"(?:very |so )?(?:much|greatly|really|highly) appreciated|"
    r"(?:(?:i|we)(?:'d| would)? )?(?:really )?appreciate (?:it|that|any help|your help)\b.{0,20}|"
    r"(?:i |we )?hope (?:this|that|it|you)\b.{0,40}|any (?:help|ideas?)\b.{0,25}|"
    r"is (?:this|that|it|such a thing) (?:even )?(?:possible|doable|something you can do)|"
    r"(?:please )?(?:can|could) you (?:help(?: me| us)?(?: with (?:this|that))?|"
    r"do (?:this|that))|"
    r"let me know (?:if (?:(?:this|that|it)(?: is|'s) (?:possible|ok(?:ay)?|clear|doable)|"
    r"(?:this|that|it) (?:works|makes sense)|you (?:need|have)\b)|"
    r"what you (?:think|need))\b.{0,40}|"
    r"(?:look|listen|quick one|quick question)|"
    r"have a (?:nice|good|great) \w+)[\s.!?\u3002\uff01:)-]*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:the )?(?:task|goals?|aim|purpose|triggers?|inputs?|outputs?|steps?|actions?|notes?|"
    r"result|background|context|details?|requirements?|rules?|constraints?|conditions?|why|how|"
    r"when|where|what|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|schedule|frequency|"
    r"aufgabe|ziel|auslöser|schritte|objetivo|pasos|objectif|étapes)[\s:]*$"
    r"|^(?:here(?:'s| is) )?(?:what|all) (?:i|we)(?:'d| would)? (?:need|want|like)(?: is)?$"
    r"|^(?:(?:i|we)(?:'d| would)? (?:need|want|like)|do|please do) the following$"
    r"|^(?:the following|more exactly|more precisely)$"
    r"|^(?:one|two|three|a few|some|several) (?:small |quick )?things?(?: please)?$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?|[A-Z\u00c4\u00d6\u00dc][\w'-]+)(?: [A-Z][\w'-]+){0,2}[.!]*$"
)


def mannerly(clauses: Mapping[int, str]) -> frozenset[int]:
    """The clauses that only greet, thank or close beside others, or only label what follows.

    >>> sorted(mannerly({1: "Goal", 2: "read my mail", 3: "Best regards", 4: "Dr", 5: "Weber"}))
    [1, 3, 4, 5]
    """
    before = [*clauses][:-1]
    ends: set[int] = set()
    for place, text in clauses.items() if before else ():
        if _CLOSING.match(text) or (place - 1 in ends and _NAME.match(text)):
            ends.add(place)
    labels = {place for place in before if _LABEL.match(clauses[place])}
    return frozenset(ends | labels | {at for at in before if GREETING.match(clauses[at])})
