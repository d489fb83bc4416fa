"""What a server is in a step that others share: where things come from, or where they go."""

import re
from collections.abc import Collection
from enum import Enum, auto

from outfitter.core.words.wishes import bare, is_thought


class Role(Enum):
    """Of the SOURCE a step wants to know something, at the GOAL it leaves what it has made."""

    SOURCE = auto()
    GOAL = auto()


_SETS_OFF = r"(?:when|whenever|if|once|as soon as|in case|for (?:every|each|all|any|new))"
_TAKES = r"(?:from|out of|based on)"
_TO = r"(?:to|into|onto|(?:in|on)(?! (?:each|every|any|all)\b))"
_CARRIED = (
    r"(?:adds?|append|back up|copy|copies|export|forward|import|log|mail|mirror|post|publish|push|"
    r"puts?|records?|saves?|sends?|shares?|stores?|upload|writes?)"
)
# What takes things away from where they are.
_TAKEN_AWAY = re.compile(
    r"^(?:\w+ ){0,2}(?:archive|clear|delete|drop|erase|merge|move|purge|remove|revoke|sync|"
    r"transfer|unsubscribe)\b",
    re.IGNORECASE,
)


def role(text: str, names: Collection[str], others: Collection[str]) -> Role | None:
    """What a server with these names is in a step that it shares with others, if that is plain.

    >>> role("create an issue for every Sentry error", ["sentry"], ["linear"])
    <Role.SOURCE: 1>
    >>> role("summarize my meetings in Notion", ["notion"], ["zoom"])
    <Role.GOAL: 2>
    """
    own, other = _any_of(names), _any_of(others)
    # Few words lead up to a name, and none that leads up to another.
    words = rf"(?:(?!{other}|(?:{_TO}|with|and|then)\b)[\w'#-]+ ){{0,3}}"
    asked = bare(text)
    taking = _SETS_OFF if _TAKEN_AWAY.search(asked) else f"(?:{_SETS_OFF}|{_TAKES})"
    carried = rf"{_CARRIED} {words}{own}[^,;]{{0,80}}? {_TO} {words}{other}"
    if re.search(rf"\b(?:{taking} {words}{own}|{carried})", text, re.IGNORECASE):
        return Role.SOURCE
    if is_thought(asked) and re.search(rf"\b{_TO} {words}{own}", text, re.IGNORECASE):
        return Role.GOAL
    return None


def _any_of(names: Collection[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b"
