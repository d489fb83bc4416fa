"""Plain words that look like names, and remarks that ask for nothing."""

import re

from outfitter.core.words.text import stems, terms

# A name made only of these says what a thing is, not which one: "files", "web search".
GENERIC = stems(
    "archive article base book bot browser cad calculator calendar chart chat clock code "
    "computation contact container crm crypto data database date diagram docs document "
    "documentation e email encyclopedia erp event everything fetch file finance flight "
    "folder form image invoice iot issue key library local mail map market math memory "
    "message mobile movie music news note notes ocr page paper payment pdf photo price "
    "project reader reasoning recipe report resume scraping search seo sequential server "
    "site slide spreadsheet sql stock story task terminal test thinking ticket time timer "
    "translate translation travel url video voice weather web website wiki".split()
)
# These are names only where they are written as one, with a capital inside a sentence.
ORDINARY = stems(
    "act action alert animal arch arm art artifact balance banana bank bear bell board "
    "bonsai bottle box brand bridge brush bug build bull cafe camp campaign candle card "
    "castle cat cedar chain chance chess circle city clarity clean clear close cloth cloud "
    "coach coda coffee color common company compass cool copy corner cover craft crow cup "
    "cycle dash deal deep demo device dictionary dig dinner discount dog door dove dream "
    "drop echo editing encode engine exchange fabric face factory family farm feed first "
    "fish flag flex flint flow food forge form fox fresh front game garden gate gem ghost "
    "glass glue go gold green grid ground group guide hand harvest hat health heart help "
    "hive home horse house hub human ice idea inform inside instruments island jam job "
    "journey joy jump keep kind kit lab lake lamp land layer lead leaf leap learn legal "
    "lemon lens letter level life light line linear link lion list look loop loud mac magic "
    "make many market mast master matrix medium meet meter midas mind mint miro mirror mix "
    "modal mode monkey moon motion mountain mouse move nano neon nest net new night notebook "
    "now ocean offensive office oil onion open orange orbit owl pack paint panda park "
    "partner path peak pen pepper phone pie pig pilot pizza plain plan plane planet plant "
    "platform play player plus pocket point pond pool portal post power prayer present press "
    "prime prism pulse puzzle query quick rabbit rain ray reach record relay remember render "
    "request resend resolve review ring rise river road rock rocket room root rose run "
    "safari sail salt sand scan scanner scholar science scope scout scratch sea seed seek "
    "segment sense shadow shell shield shift ship shop shortcut shuttle signal silk silver "
    "simple sky slate smoke snap snow soap social soil solve song sound source space spark "
    "speak sports spring square stack stage star start state steam step stone store storm "
    "story strands stream street studio sugar summer sun support swan swift switch sync "
    "table tap taste team temple tent thing think thread threat tiger tower town toy trace "
    "track trail train tree trend truth turtle twist understand unit up valley value vault "
    "verdict view village vision wallet watch water wave well wheel wind windows winter wire "
    "wise wolf wonder wood word work world wrap writer".split()
)
# A day is never a name; what is called so has a longer name as well.
DAYS = stems("monday tuesday wednesday thursday friday saturday sunday today tomorrow".split())
# Words that packages add to a name and people leave out of it.
ADDED = stems("mcp server hosted remote official archived local api oauth client the".split())

_SMALL_TALK = stems(
    "bye cheers cool day evening fine good goodbye great hello hey hi morning nice night no ok "
    "okay please sorry sure thank thanks thx today welcome well yes yo hallo danke bitte hola "
    "gracias bonjour merci salut are doing going joke tell test testing ping there really very "
    "much lot so name who made human robot ai old feeling".split()
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


_STATEMENT = re.compile(
    r"\W*(?:(?:oh|well|haha|wow|honestly|sorry|and|but|so)\b\W*)*"
    r"(?:my|our|his|her|their|your|the|it|that|this|these|those|he|she|they|we|you|"
    r"some|every(?:body|one)|no(?:body)?|nice|good|happy|congratulations|what a|"
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
