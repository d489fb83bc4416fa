"""A message as it is meant: names put right, and what it points at said by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Raised
from outfitter.core.plan import Plan
from outfitter.core.talk.pointing import resolved
from outfitter.core.words.spelling import Spellings


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said before a message, as far as the message may point at it."""

    plan: Plan
    past: Sequence[Plan]
    raised: Raised
    undone: Sequence[Plan] = ()


@dataclass(frozen=True, slots=True)
class Worded:
    """A message as it is meant, and which misspelt words were read as which names."""

    text: str
    read: Mapping[str, str]


def worded(message: str, spellings: Spellings, talk: Talk) -> Worded:
    """What the message says once its slips and its pointers are out of the way."""
    respelt = spellings.put_right(message)
    text = resolved(respelt.text, talk.plan, talk.past, talk.raised)
    return Worded(text, respelt.read)
