"""Clauses put together into parts, each of which says something to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from outfitter.core.analysis import Candidate
from outfitter.core.equipping.foreign_verbs import commands
from outfitter.core.talk.marking import own_words
from outfitter.core.words.phrases import CONSTRAINT, LEAD_IN
from outfitter.core.words.vocabulary import ACTION, DETERMINER
from outfitter.core.words.wishes import is_only, is_request, is_thought

_ASKING = frozenset("why how what which who whose where when".split())
_AND = re.compile(r"\W*\b(?:and|und|y|et)\W*", re.IGNORECASE)
_MARKS = re.compile(r"[,;:.!?\u3002\uff01\uff0c\uff1b\uff1a\u3001]+(?!\w)|\s[-\u2013\u2014]+(?=\s)")
# Between two parts of a message there may stand "and then could you please".
_LONGEST_GAP = 40
# Who is told or given something by a verb, which then asks for it.
_TOLD = frozenset("me us him her".split())
# In words, the shortest condition before a verb that asks for something.
_CONDITION = 4
_SCENE = re.compile(
    r"^(?:i|we|(?:my|our|the) [\w' -]{1,30}?) (?:all |mostly |already )?(?:uses?|ha(?:ve|s)|keeps?|"
    r"works? (?:with|in)|gets?|receives?|sells? on|(?:is|are) (?:on|in|at))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a request with the servers chosen for it."""

    text: str
    chosen: tuple[Candidate, ...] = ()


def joined(parts: Sequence[Part], whole: str) -> list[Part]:
    """The parts with those that say nothing to do put to the one they belong to."""
    made: list[Part] = []
    waiting = Part("")
    for part in parts:
        if made and not waiting.text and _belongs_to(made[-1], part, whole):
            made[-1] = _run_on(made[-1], part, whole)
        elif _stands_alone(part) and not (_sets_the_scene(part) and part is not parts[-1]):
            made.append(_run_on(waiting, part, whole))
            waiting = Part("")
        elif waiting.text or _tells(part.text) or _sets_the_scene(part) or not made:
            waiting = _run_on(waiting, part, whole)
        else:
            made[-1] = _run_on(made[-1], part, whole)
    if not waiting.text:
        return made
    return [*made[:-1], _run_on(made[-1], waiting, whole)] if made else [waiting]


def _only_names(part: Part) -> bool:
    """Whether a part says no more than the names of its servers."""
    own = (own_words(one.server) for one in part.chosen)
    return bool(part.chosen) and is_only(part.text, *own)


def _belongs_to(last: Part, part: Part, whole: str) -> bool:
    """Whether a part says no more of what the last one does than with what, and what in it."""
    return _only_names(part) or _goes_on(part, last, whole) or _lists(part, last, whole)


def _lists(part: Part, last: Part, whole: str) -> bool:
    """Whether a part that no server is for stands behind the colon of one that has a server."""
    told = not part.chosen and last.chosen and not CONSTRAINT.search(part.text)
    return bool(told and _between(last.text, part.text, whole).startswith(":"))


def _sets_the_scene(part: Part) -> bool:
    """Whether a part only says in what app things are: "our team uses Jira"."""
    return bool(part.chosen and _SCENE.match(part.text)) and not is_request(part.text)


def _goes_on(part: Part, last: Part, whole: str) -> bool:
    """Whether a part tells one thing more that is done with the verb before, or asks why."""
    first = part.text.lower().partition(" ")[0]
    follows = part.chosen and not last.chosen and (first in _ASKING or not _tells(part.text))
    return bool(follows and _AND.fullmatch(_between(last.text, part.text, whole)))


def _run_on(first: Part, second: Part, whole: str) -> Part:
    """Two parts as one, with the word that stands between them in the whole, else a comma."""
    joint = _joint(first.text, second.text, whole) if first.text else ""
    return Part(f"{first.text}{joint}{second.text}", (*first.chosen, *second.chosen))


def _between(first: str, second: str, whole: str) -> str:
    """What stands between two parts of the whole, if they are beside each other there."""
    at = whole.find(first)
    end = whole.find(second, at + len(first)) if at >= 0 else -1
    gap = whole[at + len(first) : end] if end >= 0 else ""
    return gap if len(gap) <= _LONGEST_GAP else ""


def _joint(first: str, second: str, whole: str) -> str:
    """The word or the mark that joins two parts of the whole, else a comma."""
    gap = _between(first, second, whole)
    if _AND.fullmatch(gap):
        return gap
    mark = _MARKS.match(gap)
    return (f"{mark[0]} " if mark[0].isascii() else mark[0]) if mark else ", "


def _stands_alone(part: Part) -> bool:
    if len(part.text.split()) == 1 and not (part.chosen or is_thought(part.text)):
        return False
    return bool(part.chosen) or (_tells(part.text) and not _only_leads_in(part.text))


def _tells(text: str) -> bool:
    """Whether a part says what to do or what not to do, or when something else is done."""
    return bool(
        is_request(text)
        or is_thought(text)
        or CONSTRAINT.search(text)
        or LEAD_IN.match(text)
        or commands(text)
    )


def _only_leads_in(text: str) -> bool:
    """Whether a part says when, and not what: "if it rains", but not "if it rains tell me"."""
    if not LEAD_IN.match(text) or CONSTRAINT.search(text):
        return False
    spoken = text.lower().split()
    asks = (
        at
        for at, (word, after) in enumerate(pairwise(spoken))
        if word in ACTION and (after in _TOLD or (after in DETERMINER and at >= _CONDITION))
    )
    return next(asks, None) is None
