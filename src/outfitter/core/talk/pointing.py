"""What "that one", "the latter" or a bare name means after what was said before."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from outfitter.core.analysis import Raised
from outfitter.core.plan import Plan, together
from outfitter.core.talk.aloud import aloud, last_pair, says

_ORDER = ("first", "second", "third", "fourth", "fifth")
_THAT = (
    r"(?:that one|this one|that|this|it|them|those|these|das|dies(?:es|en)?|eso|ese|ça|celui-là)"
)
_NTH = (
    rf"the (?P<nth>{'|'.join(_ORDER)}|last|other)(?: (?:one|option))?(?! (?:step|part|time|thing))"
)
_TAKES = re.compile(
    r"\b(?P<verb>(?:use|take|try|pick|choose|want|add|prefer|go (?:with|for)|"
    r"(?:switch|change|move) (?:\w+ )?to|nimm|nehmen|usa|toma|prends|utilise)) "
    rf"(?:{_THAT}|{_NTH})(?=$|[ ,.!?;])(?! back\b)",
    re.IGNORECASE,
)
# "No text me" is "no, text me": nobody is refused so.
_NO_PAUSE = re.compile(r"^(no|nah|nope) (?=\w+ (?:me|us|him|her|them)\b)", re.IGNORECASE)
_DROPS = re.compile(
    r"(?<!n't )(?<!not )(?<!never )\b(?P<verb>drop|remove|skip|lose|ditch|delete|omit|forget|"
    r"get rid of|take|leave|kick|throw|"
    rf"without) {_THAT}(?= (?:out|off|away|again|too|as well|please)\b|$|[,.!?;])",
    re.IGNORECASE,
)
_OUT = re.compile(r"\b(?:take|leave|kick|throw)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"(?<!of )\b(?:both(?: of)? (?:those|them|these)|them both|those two|these two)\b",
    re.IGNORECASE,
)
_LATTER = re.compile(r"\bthe (?P<which>latter|former)(?: one)?\b", re.IGNORECASE)
_ONE_OF_TWO = re.compile(
    rf"\b(?P<word>not|only|just|but) {_NTH}(?=$|[,.!?;]| (?:please|pls|then|though)\b)",
    re.IGNORECASE,
)
# The reply tells of siblings by the form in which they come.
_IN_FORM = re.compile(
    r"\bthe (?:hosted|remote)(?: (?:one|version|variant|server))?(?=$|[,.!?;]| (?:instead|"
    r"please|pls|then|rather|too|as well)\b)",
    re.IGNORECASE,
)
_FORMS = frozenset({"hosted", "remote"})
_REFUSAL = r"(?:not|no longer|out|too)\b"
_BUT = re.compile(r"(?<=\w) but (?=(?:with|use|add|keep|not|in|on|to)\b)", re.IGNORECASE)
_AND = r"(?:and|also|und|auch|y|también|et|aussi)"
_SAME = r"(?:and )?(?:so is|so does|same (?:for|with|goes for)|likewise|ditto|nor|neither)"
_TOO = r"(?:too|also|as well|auch|también|aussi)"
_GOES = re.compile(
    (
        rf"\b{_NTH}(?: (?:on|in|of) (?:the|that|your) list)? (?P<how>(?:can|could|should|may|"
        rf"must) (?:go|leave)|is (?:not needed|gone|out))\b"
    ),
    re.IGNORECASE,
)
_BECOMES = re.compile(
    rf"\b{_NTH} (?:becomes|should (?:be|become)|is (?:replaced by|now)|turns into) ", re.IGNORECASE
)
# "Slack, no wait, Discord": what is said last is meant. It begins where a word does, and gives
# nothing back: else a long "a-a-a-…" is read anew from each of its letters.
_CORRECTED = re.compile(
    r"(?<![\w.-])(?P<before>[.-]*+)\w[\w.-]*+[,.]*+ "
    r"(?:no,? wait|wait,? no|no,? sorry|sorry,? no|sorry,? i mean|scratch that|no,? no|er,? no)"
    r"(?:,? (?:i mean|make (?:it|that)|rather|actually))*[,.]* (?=\w)",
    re.IGNORECASE,
)
_DROPS_NTH = re.compile(
    rf"\b(?P<verb>drop|remove|skip|lose|ditch|delete|omit|forget|get rid of|without) {_NTH}"
    r"(?=$|[ ,.!?;])",
    re.IGNORECASE,
)
_BARE_BOTH = re.compile(
    r"^(?:\W|yes\b|no\b|ok\b|wait\b|hm+\b|actually\b|final answer\b|i want\b|"
    r"let's (?:take|use|do)\b|use\b|do\b|keep\b)*"
    r"both"
    r"(?:\W|of them\b|please\b|pls\b|plz\b|then\b)*$",
    re.IGNORECASE,
)
# A star marks what should have stood there, as people correct themselves in a chat.
_STARRED = re.compile(r"^\s*+(?:\*\s?)?(?P<name>\w++(?:[ .-]{1,2}\w++)*+)\*?\s*$")
_BARE_NTH = re.compile(
    rf"^(?:\W|yes\b|ok\b|then\b|no\b)*{_NTH}(?:\W|please\b|then\b)*$", re.IGNORECASE
)
# What was said last is taken back, be it a change or a part of the first wish.
_LAST_BIT = re.compile(
    r"^(?:(?:oh|ok(?:ay)?|ah|well|no|actually|sorry|hm+|wait),? )*(?:"
    r"(?:never ?mind|nvm|ignore) (?:about )?(?:the|that|my) last (?:bit|part|thing|one|sentence)|"
    r"(?:forget|scrap|scratch|cancel|skip|drop) (?:about )?(?:the|that|my) last (?:bit|sentence)|"
    r"(?:never ?mind|nvm|ignore|forget|scrap|scratch) (?:about )?(?:the|that|my) last "
    r"(?:message|request)"
    r")(?: (?:please|pls|then|again|i said|of that))*\W*$",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"^(?P<start>(?:\W|(?:ok(?:ay)?|yes|yeah|sure|al+ ?right|great|nice|good|cool|then|so|"
    r"please)\b)+\w+ )(?:it|that|this|them)\b",
    re.IGNORECASE,
)
_IN_THERE = re.compile(
    r"\b(?P<where>in|into|to|on|from) (?:there|it|that)(?=$|[,.!?;]| (?:and|too|then|as|every|each|"
    r"please)\b)",
    re.IGNORECASE,
)
_BARE_YES = re.compile(
    r"^(?:yes|yep|yeah|sure|ok(?:ay)?|ja|sí|si|oui|好|好的)(?:\W|please\b|do\b|that\b|bitte\b|"
    r"por favor\b|gerne\b|great\b|good idea\b)*$",
    re.IGNORECASE,
)


def resolved(text: str, plan: Plan, past: Sequence[Plan], raised: Raised) -> str:
    """The text with the servers' names where it points at them.

    >>> resolved("use that instead", Plan(), (), Raised(servers=("obsidian",)))
    'use Obsidian instead'
    """
    fresh = come_last(plan, past)
    text = _NO_PAUSE.sub(r"\1, ", _CORRECTED.sub(r"\g<before>", text))
    if plan.names and "*" in text:
        text = _STARRED.sub(r"I meant \g<name>", text)
    text = _LAST_BIT.sub("undo" if past and past[-1].steps else "drop the last step", text)
    text = _brought_back(text, plan, past)
    for name in plan.names:
        text = _said_short(text, name, only_dropped=only_dropped(plan, past))
    text = _BARE_BOTH.sub(lambda one: _again(plan, past, raised) or one.group(), text)
    text = _BOTH.sub(lambda one: _together(plan.names[-2:]) or one.group(), text)
    text = _LATTER.sub(lambda one: _of_two(one["which"], plan, past, raised) or one.group(), text)
    text = _ONE_OF_TWO.sub(lambda one: _named(one, raised.servers or _two(fresh, plan)), text)
    text = _IN_FORM.sub(lambda one: _sibling(plan) or one.group(), text)
    if plan.names:
        text = _BUT.sub(", but ", text)
    text = _at_raised(text, plan, raised)
    if len(plan.names) > max(1, len(together(plan.steps))):
        text = _BECOMES.sub(lambda one: _put(one, plan.names, "replace {name} with "), text)
        text = _GOES.sub(lambda one: _put(one, plan.names, "{name} {how}"), text)
        text = _DROPS_NTH.sub(lambda one: _named(one, plan.names), text)
    meant = [one for one in raised.servers if one in plan.names] or list(fresh)
    if len(meant) == 1 and not says_one(text, plan.names):
        text = _DROPS.sub(lambda one: _dropped(one, meant[0]), text)
    return text


def _at_raised(text: str, plan: Plan, raised: Raised) -> str:
    """The text with the names of what the last reply put forward where it points at that."""
    one = aloud(raised.servers[0]) if len(raised.servers) == 1 else ""
    if raised.offered and one:
        text = _IN_THERE.sub(lambda found: f"{found['where']} {one}", text)
    if not raised.servers or says_one(text, raised.servers):
        return text
    text = _TAKES.sub(lambda found: _named(found, raised.servers), text)
    text = _BARE_NTH.sub(lambda found: _chosen(found, raised) or found.group(), text)
    if one and not plan.names:
        text = _BEGUN.sub(lambda found: found["start"] + one, text)
    if raised.offered and one:
        text = _BARE_YES.sub(lambda _: _answer(raised.servers[0], raised), text)
    return text


def _said_short(text: str, name: str, *, only_dropped: bool) -> str:
    """The text with short forms about a server of the plan, such as "-slack", in full words."""
    for form, said in _short_forms(name, only_dropped=only_dropped) if says(text, name) else ():
        text = form.sub(said, text)
    return text


@lru_cache(maxsize=512)
def _short_forms(name: str, *, only_dropped: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    spoken = re.escape(aloud(name))
    forms = {
        rf"(^|[\s,;])[-\u2212\u2013] ?({spoken})\b": r"\1drop \2,",
        rf"\b({spoken}): (?={_REFUSAL})": r"\1 is ",
    }
    if only_dropped:
        forms[rf"^\W*({spoken})\W+{_TOO}\W*$"] = r"drop \1"
        forms[rf"^\W*{_SAME} ({spoken})\W*$"] = r"drop \1"
        forms[rf"^\W*{_AND} ({spoken})(?=\W*$|\W? ?[,.;!(])"] = r"drop \1"
    return tuple((re.compile(form, re.IGNORECASE), said) for form, said in forms.items())


def _brought_back(text: str, plan: Plan, past: Sequence[Plan]) -> str:
    """The text with the wish to have beside the plan what was just dropped: "that after all"."""
    gone = past[-1].names if only_dropped(plan, past) else ()
    for name in (one for one in gone if says(text, one)):
        spoken = aloud(name)
        back = rf"^(?:(?:ok|hm+|oh|no|well|actually),? )*{re.escape(spoken)} after all\W*$"
        text = re.sub(back, f"also use {spoken}", text, flags=re.IGNORECASE)
    return text


def only_dropped(plan: Plan, past: Sequence[Plan]) -> bool:
    """Whether the last change took something out and brought nothing in."""
    return bool(past) and set(plan.names) < set(past[-1].names)


def _again(plan: Plan, past: Sequence[Plan], raised: Raised) -> str:
    """The wish for what was offered beside the plan, or for what the last change took out of it."""
    gone = past[-1].names if past else ()
    back = gone if raised.instead_of in gone else ()
    left = [one for one in (back or raised.servers or gone) if one not in plan.names]
    return f"also use {aloud(left[0])}" if len(left) == 1 else ""


def come_last(plan: Plan, past: Sequence[Plan]) -> tuple[str, ...]:
    """The servers that came in with the last change."""
    before = past[-1].names if past else ()
    return tuple(one for one in plan.names if one not in before)


def _sibling(plan: Plan) -> str:
    """The only server in another form that could stand for one of the plan's."""
    others = (name for one in plan.servers for name in one.alternatives)
    found = [one for one in others if one.rpartition("-")[2] in _FORMS]
    return aloud(found[0]) if len(found) == 1 else ""


def _together(names: Sequence[str]) -> str:
    return " and ".join(map(aloud, names)) if len(names) > 1 else ""


def _two(fresh: Sequence[str], plan: Plan) -> Sequence[str]:
    """The servers that "the first" and "the other" are among: the new ones, or the last two."""
    return fresh if len(fresh) > 1 else plan.names[-2:]


def _of_two(which: str, plan: Plan, past: Sequence[Plan], raised: Raised) -> str:
    """The former or latter of the two that were put forward, joined in a step, or new."""
    two = raised.servers if len(raised.servers) == 2 else last_pair(plan)  # noqa: PLR2004
    names = two or come_last(plan, past)
    if len(names) < 2:  # noqa: PLR2004
        return ""
    return aloud(names[-1] if which.lower() == "latter" else names[-2])


def _named(found: re.Match[str], names: Sequence[str]) -> str:
    """What was found, with the name in place of what points at it."""
    words = found.groupdict()
    name = _nth(words.get("nth") or "first", names)
    return f"{words.get('verb') or words.get('word')} {aloud(name)}" if name else found.group()


def _put(found: re.Match[str], names: Sequence[str], form: str) -> str:
    """What was found, in another form with the name that a number stands for."""
    name = _nth(found["nth"], names)
    return form.format(name=aloud(name), **found.groupdict()) if name else found.group()


def _nth(word: str, names: Sequence[str]) -> str:
    """The name that a number or "the other" stands for, or nothing."""
    word = word.lower()
    if word == "other":
        return names[1] if len(names) == 2 else ""  # noqa: PLR2004
    at = -1 if word == "last" else _ORDER.index(word)
    return names[at] if names and at < len(names) else ""


def _chosen(found: re.Match[str], raised: Raised) -> str:
    name = _nth(found["nth"], raised.servers)
    return _answer(name, raised) if name else ""


def _answer(name: str, raised: Raised) -> str:
    """An answer of a few words as the whole sentence that it stands for."""
    if raised.instead_of:
        return f"use {aloud(name)} instead of {aloud(raised.instead_of)}"
    return f"also use {aloud(name)}"


def _dropped(found: re.Match[str], name: str) -> str:
    verb = found["verb"]
    rest = found.string[found.end() :].lstrip().lower()
    if _OUT.search(verb) and not rest.startswith(("out", "off", "away")):
        return found.group()
    return f"{verb} {aloud(name)}"


def says_one(text: str, names: Iterable[str]) -> bool:
    """Whether a text says one of these keys of servers as people do, with or without capitals."""
    plain = text.lower().replace("-", " ")
    spoken = (aloud(one).lower() for one in names)
    return any(
        one in plain and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", plain) for one in spoken
    )
