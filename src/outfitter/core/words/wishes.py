"""A clause without its manners, and what it is: a request, a thought, or a time."""

import re

from outfitter.core.words.text import words
from outfitter.core.words.vocabulary import ACTION, DETERMINER, NO_VERBS, SCHEDULE, THINKING

_REMOVED = re.compile(r"\[secret removed(?:[^\]\n]{0,60}\])?")
_WILL_YOU = r"(?:can|could|would|will) (?:you|u)"
_AGENT = r"(?:agent|bot|assistant|automation|workflow|something|tool|system|script)"
_I_WANT = (
    r"(?:i|we)(?:(?:'d| would) (?:also |really )?(?:like|love)|"
    r"(?:'d| would)? (?:also )?(?:want|need|wish(?! (?:i|we)\b)))"
)
# In German it stands before the hour.
_UM = (
    r"um+(?! (?:\d|halb|viertel|mitternacht|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
    r"elf|zwölf|d(?:ie|as|en|er)\b))"
)
_POLITE = re.compile(
    r"^(?:(?:(?:hi|hello|hey)(?: there)?|yo|ugh|btw|yes|yeah|ok|okay|great|so|well|and|"
    r"then|also|now|please|but|nah|"
    r"just(?! (?:the|those|these|my|our|an?|from|in|for|on|with|\w+ing|\d+)\b)|"
    r"no(?=[,.!]| (?:don't|do not|never|only)\b)|actually|"
    rf"hm+|alright|whatever(?=[,!.])|{_UM}|uh+|er+m?|basically|"
    r"like(?= \w+ (?:me|us|my|it|the)\b)|"
    r"finally|afterwards|oh|additionally|plus|too(?=[,.!])|bitte|auch|außerdem|"
    r"también|por favor|aussi)\b"
    r"[,!.]?\s+"
    r"|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]+\s*"
    rf"|{_WILL_YOU} (?:please )?(?:also )?"
    r"|(?:can|could) (?:it|the agent) (?:please )?also "
    rf"|{_I_WANT}"
    r"(?: you| it| an agent(?! (?:that|which)\b)| the agent"
    r"|(?: someone| somebody| something)(?= to\b))?"
    r"(?: to)? (?:also )?"
    # Behind "I am a nurse and".
    r"|(?:want|need|would like|have) to |want (?=(?:the|my|our|an?) )"
    r"|(?:i|we) (?:am|'m|are|'re) looking (?:for|to) |help me (?:to )?|let's "
    r"|let (?:it|the agent|the ai) (?!run\b|be\b)"
    r"|it should (?:also )?(?!be\b)"
    rf"|(?:(?:have|build|make|create|set up|give|get)(?: me| us)? )?(?:an? |the )?"
    rf"{_AGENT} (?:that|which) "
    r"|(?:the )?(?:agent|bot|assistant) (?:must|should) (?:also |then )?(?!be\b|not\b)"
    r"|pls |plz "
    # What stands behind "que" alone is half a sentence.
    r"|ich (?:möchte|will|brauche)(?!,? dass\b) |quiero (?!que\b)|je (?:veux|voudrais) (?!qu))",
    re.IGNORECASE,
)
_WISH = re.compile(
    rf"^(?:{_WILL_YOU}\b|{_I_WANT}\b"
    r"|help me\b|please\b|ich (?:möchte|will|brauche)|quiero|necesito|je (?:veux|voudrais)|bitte)",
    re.IGNORECASE,
)
# The French question, not the English verb.
_HOW = re.compile(r"comment (?:ça|cela|est|faire|tu|je)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"(?<![,\s])[,\s]+instead$", re.IGNORECASE)
# Contractions that are no other word where the apostrophe is left out: not "well" or "its".
# Before a German noun "im" is none either.
_UNMARKED = re.compile(
    r"\b(?:(?P<not>do|does|did|have|has|had|is|are|was|were|would|could|should|ca|wo)nt"
    r"|(?P<is>what|that|who|where|how|there|let)s|(?P<am>i)m(?!\s+(?:\w+e[nmrs] )?(?-i:[A-ZÄÖÜ]))"
    r"|(?P<have>i|you|we|they)ve"
    r"|(?P<are>you|they)re)\b",
    re.IGNORECASE,
)
_MARKED = {"not": "n't", "is": "'s", "am": "'m", "have": "'ve", "are": "'re"}


def said(message: str) -> str:
    """A message in one line, without the marks that stand for removed secrets.

    >>> said("whats   that, I dont know")
    "what's that, I don't know"
    """
    plain = _REMOVED.sub(" ", message).replace("\u2019", "'")
    return " ".join(_UNMARKED.sub(_marked, plain).split())


def _marked(short: re.Match[str]) -> str:
    kind = str(short.lastgroup)
    return f"{short[kind]}{_MARKED[kind]}"


def bare(text: str) -> str:
    """A request without its polite beginning, its final punctuation and the closing "instead".

    >>> bare("Could you please also post it to Slack?")
    'post it to Slack'
    >>> bare("Hi there, could you sort my photos?")
    'sort my photos'
    """
    text = text.strip(" ,;:")
    while (shorter := _POLITE.sub("", text, count=1)) != text:
        text = shorter
    return _INSTEAD.sub("", text.rstrip(".!?;:, "))


_CAN_IT = re.compile(
    r"^(?:can|could) (?:it|this|that|the (?:agent|bot)) (?:please )?(?!be\b)", re.IGNORECASE
)
_PLEASE = re.compile(r"(?<![\s,.;])[\s,.;]+(?:please|pls|plz|bitte|por favor)$", re.IGNORECASE)
_THANKS = re.compile(
    r"(?<![\s,.;])(?<!\ba)(?<!\bthe)[\s,.;]+(?:many )?(?:thanks|thank you|thx|danke|merci|gracias)"
    r"(?: (?:so|very) much| a lot| in advance)?$",
    re.IGNORECASE,
)


def plainly(text: str) -> str:
    """A request as a step says it: without manners in front of it and behind it.

    >>> plainly("Can it read my chats please"), plainly("no links please")
    ('read my chats', 'no links please')
    """
    told = _THANKS.sub("", _CAN_IT.sub("", bare(text)))
    return _PLEASE.sub("", told) if is_request(told) else told


def is_only(text: str, *vocabularies: frozenset[str]) -> bool:
    """Whether a text says nothing beyond these words."""
    return all(any(word in known for known in vocabularies) for word in words(text))


# What the agent says for itself, in its own answer.
_REPORTING = re.compile(
    r"(?:tell|show) (?:me|us) (?:(?:in|on|at|every|each) (?:the )?\w+ )?"
    r"(?:what|which|how|who|where|why|the)\b"
    r"|answer (?:with|(?:\w+ )?questions?)\b"
)


def is_thought(text: str) -> bool:
    """Whether a clause asks for something the model does by itself."""
    told = bare(text).lower()
    return bool(_REPORTING.match(told)) or told.partition(" ")[0] in THINKING


# Of whose clock an hour is.
_ZONE = re.compile(
    r"(?<=[\dm]) (?:[A-Z][\w.]+ ){1,2}(?:local )?time\b|\b(?:UTC|GMT|BST|CES?T|[ECMP][SD]?T)\b"
)
_SUM = re.compile(r"\d\s*(?:[*^%+\u00d7\u00f7]|percent\b)")


def is_schedule(text: str) -> bool:
    """Whether a clause says only when or how often.

    >>> is_schedule("run it every day at 9"), is_schedule("run it past Anna"), is_schedule("7 * 9")
    (True, False, False)
    """
    if _SUM.search(text):
        return False
    told = words(bare(_ZONE.sub(" ", text)))
    return all(word in SCHEDULE or word.rstrip("apmhu").isdigit() for word in told)


def is_request(text: str) -> bool:
    """Whether a clause tells somebody to do something.

    >>> is_request("water my plants"), is_request("subject and date"), is_request("comment ça va")
    (True, False, False)
    """
    if _WISH.match(text.strip()):
        return len(words(bare(text))) > 1
    spoken = bare(text).lower().split()
    if not spoken or spoken[0] in DETERMINER or _HOW.match(text) or not words(" ".join(spoken)):
        return False
    told = spoken[0] in ACTION or spoken[0] in THINKING
    return told or (len(spoken) > 1 and spoken[1] in DETERMINER and _verb_like(spoken[0]))


def _verb_like(word: str) -> bool:
    """Whether a word before "the" or "my" can be a verb: no preposition and no question word."""
    return word.isalpha() and word not in NO_VERBS
