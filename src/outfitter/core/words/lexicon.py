"""Plain words that look like names, and remarks that ask for nothing."""

import re

from outfitter.core.words.text import stem, terms


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

# Categories whose servers do each something else, so that one stands in for another only where
# both are spoken of in one breath.
MIXED = frozenset(
    "reasoning finance development web files documents calendar design media search".split()
)

_SMALL_TALK = _stems(
    "bye cheers cool day evening fine good goodbye great hello hey hi morning nice night no ok "
    "okay please sorry sure thank thanks thx today welcome well yes yo hallo danke bitte hola "
    "gracias bonjour merci salut are doing going joke tell test testing ping there really very "
    "much lot so name who made human robot ai old feeling"
)


# A question about an idea or about who answers is for a person, and so is a joke.
_IDEA = re.compile(
    r"^\W*(?:what|why|how|who|is|are|do|does)\b.*\b(?:in|of|about)\s+"
    r"(?:poetry|poems|literature|love|life|death|happiness|beauty|dreams|fiction|philosophy|heaven)"
    r"\W*$"
    r"|^\W*(?:please )?tell (?:me|us) an?(?:other)? (?:\w+ )?(?:joke|riddle|pun)\b"
    r"|\bdifference between you and\b"
    r"|^\W*what(?:'s| is| are) (?:an? )?(?:mcp(?: servers?)?|ai agents?|agents?)\W*$",
    re.IGNORECASE,
)


def is_idle(message: str) -> bool:
    """Whether a message asks for nothing that a server could do.

    >>> [is_idle(one) for one in ("Hello, how are you?", "the weather in Bremen", "tell me a joke")]
    [True, False, True]
    """
    return all(one in _SMALL_TALK for one in terms(message)) or bool(_IDEA.match(message))


_WISH = re.compile(
    r"\?|^\W*(?:(?:please|hey|hi|ok|so|and|then)\W+)?"
    r"(?:i (?:need|want|would|am looking|'d)|i'd|i'm (?:looking|trying|interested)|can|could|would|"
    r"will|help|find|show|what|which|where|how|is there|are there|do you)\b",
    re.IGNORECASE,
)


def is_wish(message: str) -> bool:
    """Whether a message has the form of a question or of a wish.

    >>> is_wish("I need a recipe"), is_wish("The meeting went well")
    (True, False)
    """
    return bool(_WISH.search(message))


_STATEMENT = re.compile(
    r"\W*(?:(?:oh|well|haha|wow|honestly|sorry|and|but|so)\b\W*)*"
    r"(?:my|our|his|her|their|your|the|it|it's|that|that's|this|these|those|he|she|they|we|you|"
    r"you're|some|every(?:body|one)|no(?:body)?|nice|good|happy|congratulations|what a|"
    r"i (?:am|was|love|like|hate|miss|think|feel|forgot|believe|had|got|did|don't|can't|just)|"
    r"i'm (?:not|so|too|very|bored|tired|happy|sad|glad|sick))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n+")


def is_statement(message: str) -> bool:
    """Whether every sentence of a message says how something is, and none what to do.

    >>> is_statement("The coffee is cold."), is_statement("It is late. Send me a taxi.")
    (True, False)
    """
    sentences = [one for one in _SENTENCE_END.split(message) if one.strip()]
    return bool(sentences) and all(map(_STATEMENT.match, sentences))
