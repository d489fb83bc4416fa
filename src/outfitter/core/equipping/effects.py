"""What steps ask for and rule out: reading, writing, sending, deleting, or another act."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from outfitter.core.equipping import foreign_verbs
from outfitter.core.equipping.doing import Effect, Effects
from outfitter.core.words.moments import without_moments
from outfitter.core.words.text import stems, tokens
from outfitter.core.words.vocabulary import DETERMINER, THINKING
from outfitter.core.words.wishes import bare

ALL: Effects = frozenset(Effect)
SAFE: Effects = ALL - {Effect.DELETE}

_IN_ENGLISH = {
    Effect.READ: stems(THINKING)
    | stems(
        "monitor watch read get fetch check find look list search track see show retrieve "
        "query download browse scan collect receive view inspect learn know crawl scrape extract "
        "export take pull enrich print count listen visit go detect identify open use ask "
        "subscribe observe measure audit".split()
    ),
    Effect.WRITE: stems(
        "save store create add update edit write insert append set put make move rename copy "
        "modify change replace assign label tag mark archive upload import merge generate record "
        "log keep track collect export take enrich remember draft complete plan schedule attach "
        "duplicate close file open build book order buy pay place reserve backup convert sync "
        "clean tidy organize organise sort fill enter register note draw format comment push queue "
        "start stop link connect transfer refund charge compose prepare maintain block deploy "
        "restart reboot shutdown shut power resize restore flag star pin react mute unmute "
        "silence scale rerun retry".split()
    ),
    Effect.SEND: stems(
        "send post publish reply respond forward share notify broadcast tweet message email mail "
        "text announce invite submit call alert remind ping tell report answer write deliver ship "
        "compose".split()
    ),
    Effect.DELETE: stems(
        "delete remove clear drop cancel purge trash kill destroy forget wipe erase clean tidy "
        "empty deduplicate revoke unsubscribe".split()
    ),
}
_ENGLISH = frozenset().union(*_IN_ENGLISH.values())
_SAID = {effect: verbs | foreign_verbs.OF[effect] for effect, verbs in _IN_ENGLISH.items()}
_CHANGES = stems("write change modify alter edit touch update".split())
# Who rules out one of these may mean some of what it does: "never send drafts".
_WHOLE_EFFECTS = _CHANGES | stems("send delete remove create add save post".split())
_JOINTS = frozenset({"or", "nor"})
_OVERWRITING = stems(["overwrite"])
_OVER = stems("write edit replace put".split())
_CHANGING = frozenset({Effect.SEND, Effect.WRITE, Effect.DELETE})
_ENDS = re.compile(r"[.;,!?]|\b(?:und|aber|y|pero|et|mais)\b", re.IGNORECASE)
# Words that stand before the verb of a step, or say what sets it off.
_ASIDE = stems(
    "also please automatically always then just only immediately every each day daily week weekly "
    "month monthly hour hourly minutes morning evening night noon midnight weekday monday tuesday "
    "wednesday thursday friday saturday sunday at on the am pm first last of o clock jeden jede "
    "jedes morgen mittag abend tag woche monat montag täglich immer bitte cada mañana tarde noche "
    "día semana mes lunes todos los días siempre chaque matin soir jour semaine mois lundi tous "
    "les jours toujours".split()
)
_EVENT = stems(
    "when whenever if once as after before while unless until wenn sobald falls quand".split()
)

# Who asks wants to know.
_QUESTION = foreign_verbs.QUESTION | stems(
    "what which who whose whom how why where is are does did has".split()
)
_PREFIX = re.compile(r"^With [^:]{1,80}: ")
_BREAK = re.compile(r"[,;:.]|\b(?:and|then|to|but|und|y|et)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:from|out of)\b", re.IGNORECASE)
_GOAL = re.compile(r"\b(?:to|into|onto)\b", re.IGNORECASE)
_TO_ME = re.compile(r"\b(?:tell|give) (?:me|us)\b", re.IGNORECASE)
# Whoever is told something by a message is sent it, rather than shown what there is.
_TELLING = (
    r"(?:\b(?:tell|give|drop|show) (?:me|us)|\b(?:get|be|am|are) (?:told|notified|alerted|informed|"
    r"warned|pinged|reminded|messaged)|^(?:get|receive))"
    r"(?: (?:right away|at once|immediately|straight away|first|in #[\w-]+)| an?(?: [\w-]+){1,3}"
    r"| about(?: (?!(?:messages?|mentions?|threads?|e?-?mails?|posts?|replies)\b)[^.;,\s]+){1,7}?)?"
)
_READ_ONLY = re.compile(
    r"\bread[- ]?only\b|\bjust (?:reading|looking|viewing|watching|(?:read|look|watch)(?=$|[.,;!]))"
    r"|\bonly (?:ever )?(?:be )?(?:read|look|view)(?:s|ing)?\b"
    r"|\bnothing but (?:read|look|view)(?:ing)?\b|\bnur lesen\b|\bs[oó]lo (?:leer|lectura)\b"
    r"|\blecture seule\b|\b(?:lis|lire) (?:seulement|uniquement)\b"
    r"|\b(?:seulement|uniquement) (?:lire|lis)\b"
    r"|\bsolamente (?:leer|lee)\b|\u53ea\u8bfb|\u4ec5\u8bfb",
    re.IGNORECASE,
)
# One verb, or a row of them: "approve, send or merge".
_VERBS = r"(?P<verbs>\w++(?:(?:\s*+,\s*+\w++){0,4}(?:\s*+,)?+\s++n?or\s++\w++)?)"
_BAN = re.compile(
    r"\b(?:never|do not|don't|don\u2019t|dont|must not|may not|should not|without|not to|"
    r"no(?=\s+\w+ing\b)|(?:nobody|no one) (?:may|must|should|can))\s+"
    rf"(?:ever\s+)?{_VERBS}(?P<rest>[^.;,]*?)(?=$|[.;,]|\b(?:and|but|then)\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(rf"\b{_VERBS} nothing\b(?P<rest>[^.;,]*)", re.IGNORECASE)
_ALTOGETHER = re.compile(r"\s*(?:anything|any|it|them|yet|at all|\s)*", re.IGNORECASE)
_EXCEPTION = re.compile(r"\b(?:more than|unless|until|before|twice|if|when|without)\b")


def asked(texts: Iterable[str], ways: Collection[str] = ()) -> Effects:
    """What steps ask for by the verbs that lead them, all but deleting where those are unknown.

    `ways` are the words for what can carry a message: to be told something by it is to be sent it.

    >>> sorted(one.value for one in asked(["save them to Notion"]))
    ['write']
    >>> sorted(one.value for one in asked(["tell me on Slack"], ["slack"]))
    ['send']
    """
    return frozenset(effect for text in texts for effect in _asked(_plain(text, tuple(ways))))


def outspoken(texts: Iterable[str], ways: Collection[str]) -> Effects:
    """What steps ask for by verbs that mean nothing else: "clean up" may mean deleting or not.

    >>> sorted(one.value for one in outspoken(["delete spam", "clean up my inbox"], ()))
    ['delete']
    """
    verbs = (verb for text in texts for verb in _verbs(_plain(text, tuple(ways))))
    meanings = ([effect for effect, said in _SAID.items() if verb in said] for verb in verbs)
    return frozenset(one[0] for one in meanings if len(one) == 1)


def forbidden(texts: Sequence[str]) -> Effects:
    """What steps rule out: all but reading, or what is named after a word such as never.

    >>> sorted(one.value for one in forbidden(["read the inbox", "never send or delete anything"]))
    ['delete', 'send']
    """
    return frozenset(effect for text in texts for effect in _forbidden(text))


# A step holds for each server of a plan, and is asked about several times a turn.
@lru_cache(maxsize=512)
def _forbidden(text: str) -> Effects:
    if _READ_ONLY.search(text):
        return ALL - {Effect.READ}
    return frozenset((*_banned(text), *_banned_elsewhere(text)))


def flatly(text: str) -> Effects:
    """What a text rules out altogether, and not only for some things.

    >>> sorted(one.value for one in flatly("reply as a draft, don't send anything"))
    ['send']
    """
    bans = (one for one in _bans(text) if _ALTOGETHER.fullmatch(one["rest"]))
    verbs = (verb for ban in bans for verb in tokens(ban["verbs"]) if verb in _WHOLE_EFFECTS)
    return frozenset(effect for verb in verbs for effect in _meant_by(verb))


def refused(texts: Sequence[str]) -> frozenset[str]:
    """The stems of single deeds that steps rule out and ask for nowhere else.

    >>> sorted(refused(["comment on the merge request, but never approve, send or merge"]))
    ['approv', 'merg']
    """
    asked_for = {verb for text in texts for verb in _verbs(_plain(text))}
    banned = {verb for text in texts for ban in _bans(text) for verb in tokens(ban["verbs"])}
    single = frozenset(banned) - asked_for - _WHOLE_EFFECTS - _JOINTS
    return single | _OVER if single & _OVERWRITING else single


def verbs(text: str) -> list[str]:
    """The stems of the verbs that lead the parts of a step, but for what it rules out.

    >>> verbs("find the mails of Bob, archive them and never delete any")
    ['find', 'archiv']
    """
    return list(dict.fromkeys(_verbs(_plain(text))))


@lru_cache(maxsize=256)
def _telling(ways: tuple[str, ...]) -> re.Pattern[str]:
    """What a step says where it has somebody told something in one of these ways."""
    way = rf"(?:{'|'.join(map(re.escape, ways))})\b"
    by = r"(?:(?:on|in|via|by|through|over|with|to) (?:(?:an?|the|my|our) )?|an? )"
    return re.compile(rf"{_TELLING} {by}{way}", re.IGNORECASE)


def _asked(plain: str) -> Effects:
    heads = _verbs(plain)
    told = [one for one in heads if one not in _EVENT]
    if not told:
        return frozenset({Effect.READ}) if heads else frozenset()
    if in_han := foreign_verbs.asked_in_han(plain):
        return in_han
    if told[0] in _QUESTION:
        return frozenset({Effect.READ, *_meant(told[1:])})
    if not any(told[0] in verbs for verbs in _SAID.values()):
        return SAFE
    found = _meant(told)
    leads_on = _GOAL.search(plain) is not None
    if _TAKEN.search(plain) and not leads_on and len(set(told)) == 1 and Effect.READ in found:
        return frozenset({Effect.READ})
    return SAFE if found == {Effect.READ} and leads_on else frozenset(found)


def _meant(said: Iterable[str]) -> set[Effect]:
    return {effect for one in said for effect, verbs in _SAID.items() if one in verbs}


@lru_cache(maxsize=256)
def _plain(text: str, ways: tuple[str, ...] = ()) -> str:
    """What a step asks for, without when and without what it rules out."""
    text = without_moments(_telling(ways).sub(", send", text) if ways else text)
    plain = _NOTHING.sub(" ", _BAN.sub(" ", _PREFIX.sub("", text)))
    plain = "".join(" " if _ruled_out(one) else one for one in _apart(plain))
    return bare(_TO_ME.sub("show", _READ_ONLY.sub("read", plain)))


@lru_cache(maxsize=512)
def _verbs(plain: str) -> tuple[str, ...]:
    return tuple(filter(None, (*map(_head, _BREAK.split(plain)), *_told(plain))))


def _told(text: str) -> Iterator[str]:
    """The verbs inside a step: what stands before a word such as it, the or my."""
    spoken = text.lower().split()
    for word, after in pairwise(spoken):
        if after in DETERMINER:
            yield from (one for one in tokens(word) if any(one in said for said in _SAID.values()))


def _head(fragment: str) -> str:
    """The first word of a part of a step that can be its verb."""
    found = (word for word in tokens(bare(fragment)) if word not in _ASIDE and not word.isdigit())
    return next(found, "")


def _banned(text: str) -> Iterator[Effect]:
    for ban in _bans(text):
        for verb in tokens(ban["verbs"]):
            yield from _meant_by(verb)


def _meant_by(verb: str) -> Effects:
    said = {effect for effect in _CHANGING if verb in _SAID[effect]}
    return _CHANGING if verb in _CHANGES else frozenset(said)


def _bans(text: str) -> list[re.Match[str]]:
    found = (*_BAN.finditer(text), *_NOTHING.finditer(text))
    return [ban for ban in found if not _EXCEPTION.search(ban["rest"].lower())]


def _banned_elsewhere(text: str) -> Iterator[Effect]:
    """What is ruled out in other languages."""
    for one in _apart(text):
        yield from _ruled_out(one)
    for hit in foreign_verbs.HAN.finditer(text):
        yield from _CHANGING if hit.lastgroup == "change" else [Effect(str(hit.lastgroup))]


def _apart(text: str) -> list[str]:
    """The parts of a text, each with the mark or word that ends it."""
    ends = [*(hit.end() for hit in _ENDS.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise([0, *ends])]


def _ruled_out(part: str) -> Effects:
    spoken = frozenset(tokens(part))
    if not spoken & foreign_verbs.NOT:
        spoken = spoken - _ENGLISH if spoken & foreign_verbs.NOT_OR_ELSE else frozenset()
    if spoken & foreign_verbs.LESS:
        return frozenset()
    if spoken & foreign_verbs.CHANGE:
        return _CHANGING
    return frozenset(effect for effect in _CHANGING if spoken & foreign_verbs.OF[effect])
