"""What tells how planned work is to be done, and asks for no work of its own."""

import re

from outfitter.core.words.moments import says_when
from outfitter.core.words.phrases import CONSTRAINT
from outfitter.core.words.wishes import bare, is_request

# What says no or sets a bound, whatever stands behind it.
_BOUND = re.compile(
    r"^(?:only|just|not|nobody|no one|none|except|unless|without|no(?!,)|includ(?:e|ing)|"
    r"exclud(?:e|ing)|ignor(?:e|ing)|skip|omit|leave out|avoid|make (?:it|that|them) (?:only|just)|"
    r"keep (?:a copy|my|our)|stop (?:after|at|when)|approve (?:each|every|all|it|them)|"
    r"(?:i|we) (?:only|just) (?:need|want|care about)|(?:i|we) (?:don't|do not) (?:want|need)|"
    r"(?:i|we)(?:'d| would) rather not|if|when|"
    r"nicht|keine?[nmrs]?|ohne|außer|sin|salvo|excepto|sans|sauf|pas)\b",
    re.IGNORECASE,
)
# What tells where, for whom, how or in which order; half a sentence.
_MANNER = re.compile(
    r"^(?:in|on|at|near|close to|for|from|to|into|with|by|as|under|over|above|below|between|within|"
    r"around|about|during|since|until|till|after|before|per|using|up to|starting|beginning|based|"
    r"sorted|ordered|grouped|ranked|filtered|written|formatted|translated|addressed|limited|titled|"
    r"rounded|preferably|ideally|alphabetically|both(?! (?:sound|look|seem|are|work))|one|two|"
    r"three|newest|latest|oldest|cheapest|shortest|"
    r"auf|mit|für|bis|en|con|para|avec|pour)\b"
    r"|^(?:use|mention|highlight|round|cc|bcc|prefer|assume|treat|respect|be|"
    r"stick to(?! (?:it|that|this)$)) (?-i:[a-z])"
    r"|^(?:sort|group|order|rank|filter) .{0,40}\bby\b"
    r"|^(?:begin|end|sign) (?:it |them )?(?:with|as)\b"
    r"|^(?:tag|label|mark|flag|assign|name|title|number|format|quote) "
    r"(?:it|them|each|those|these|all|every)\b"
    r"|^(?:add|give|put|set|write) (?:the|their|an?|my|its) [^.;]{1,40} (?:in|into|to|at) "
    r"(?:the|each|every) (?:top|end|title|subject|name|beginning|description|text|body|message)$"
    r"|^let me (?:approve|see|check|confirm|review) (?:it|them|each|all|every|the)\b"
    r"|^use \w+ (?:spelling|units|titles?|words)\b"
    r"|^use (?:\w+ )?(?:english|german|french|spanish|italian|dutch|polish|chinese|metric|euros?)$"
    r"|^(?:short|brief|concise|detailed|formal|informal|casual|friendly|polite)(?:er|ly)?\b"
    r"|\b(?:first|excluded|included|excepted|(?:is|are) (?:enough|plenty)|per \w+|tone|style|"
    r"languages?|format|in \w+s)$"
    r"|^(?:it|they|this|that|these|the \w+) (?:should|must|has to|have to)\b",
    re.IGNORECASE,
)
# "Bold headings please", "also the attachments"; what is longer may ask for work.
_POLITE = re.compile(r"^(?!(?:help|more)\b)(?:[\w-]+ ){2,4}(?:please|pls)$", re.IGNORECASE)
_BESIDE = re.compile(
    r"^(?:and |but )?also (?:the|my|our|all)(?: [\w-]+){1,3}$"
    r"|^(?:and )?(?:the|my|our|all)(?: [\w-]+){1,3} (?:too|as well)$"
    r"|^(?:and )?(?!(?:me|you|us|same|that|this|it|nice|good)\b)\w+ (?:too|as well)$",
    re.IGNORECASE,
)
# What is told for its own sake where nothing is asked for: numbers, addresses, names, places.
_EXACT = re.compile(
    r"\d|\S@\S|[#\"“„«]|\b(?:every|each|daily|weekly|monthly|hourly|morning|evening|night|weekday|"
    r"called|named|channel|folder|database|page|table|label|subject|sender|project|repository|"
    r"repo|workspace|board|täglich|jeden|cada|chaque)\b",
    re.IGNORECASE,
)
# Who speaks of somebody tells something, and does not say how.
_TOLD = re.compile(
    r"\b(?:i|we|you|he|she|they)(?:'\w+)?(?= )(?! (?:should|must|has to|have to)\b)"
    r"|\b(?:it|that)'s\b|\b(?:thanks?|thank you|cheers|lol|haha)\b",
    re.IGNORECASE,
)
# What people say that begins like a detail.
_IDLE = re.compile(
    r"(?:for (?:sure|now)|of course|by (?:the way|all means)|with (?:pleasure|all due respect)|"
    r"as (?:you (?:like|wish)|always|usual|expected|i thought)|at last|in other words\b.*|"
    r"in (?:a (?:minute|moment|sec(?:ond)?)|the end|that case)|on (?:my way|it)|about time|"
    r"if you say so|until (?:tomorrow|then|later|next time)\b.*|be (?:right )?back\b.*|"
    r"(?:one|a|just a) (?:moment|minute|sec(?:ond)?)(?: please)?|"
    r"no (?:thanks?|thank you|worries|problems?|rush|hurry|idea|clue|need|doubt|way|wonder|"
    r"kidding|biggie|big deal|offen[cs]e|comment|hard feelings|"
    r"(?:further|more|other) (?:change|comment|idea|question|suggestion|wish)(?:e?s)?)\b.*|"
    r"(?:in|on|at|for|from|to|with|by|about|since|until) (?:what|which|how|whom?|whose)\b.*|"
    r"one (?:more|last|other) (?:thing|question)\b.*|not (?:working|right|good|nice|great)\b.*|"
    r"not (?:now|today|yet|really|sure|bad|at all|necessarily|bad at all|that (?:i know|it)\b.*|"
    r"my (?:day|problem|fault))|"
    r"(?:just|only) (?:kidding|joking|curious|checking|saying|wondering|asking|a (?:moment|minute|"
    r"sec(?:ond)?))|(?:nobody|no one|none) (?:told|likes|knows|cares)\b.*|"
    r"good (?:night|morning|evening)|nothing (?:else|more|to (?:add|say))|"
    r"always (?:happy|glad|good)\b.*|never (?:seen|heard|thought|knew|had)\b.*|"
    r"keine? (?:ahnung|problem|sorge|eile)|nicht schlecht|sin problemas?|pas (?:mal|de problème))",
    re.IGNORECASE,
)


def is_idle(text: str) -> bool:
    """Whether a clause is a turn of phrase that only begins like a detail: "of course"."""
    return bool(_IDLE.fullmatch(bare(text)))


def is_detail(text: str) -> bool:
    """Whether a clause about planned work says how it is to be done, or what not to do.

    >>> [is_detail(one) for one in ("but only PDFs", "near the opera", "on my way", "book a table")]
    [True, True, False, False]
    """
    told = bare(text)
    if _IDLE.fullmatch(told):
        return False
    if CONSTRAINT.search(told) or says_when(text) or _BOUND.match(told):
        return True
    if _EXACT.search(text) and not is_request(text):
        return True
    said = text.rstrip(" .!")
    short = _BESIDE.match(said) or (_POLITE.match(said) and not is_request(text))
    return bool(_MANNER.search(told) or short) and not _TOLD.search(told)
