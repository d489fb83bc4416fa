"""How like a step a tool is: by its verb, and by the things that it speaks of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from outfitter.core.catalogue import Tool
from outfitter.core.equipping.doing import VERBS, deed
from outfitter.core.equipping.effects import verbs
from outfitter.core.equipping.glossary import in_english
from outfitter.core.words.text import stems, terms, tokens

_THINGS = (
    "email mail message inbox letter",
    "event meeting appointment calendar",
    "task todo ticket issue card reminder",
    "song track music",
    "document doc page file note readme",
    "row record entry cell data range value",
    "spreadsheet sheet workbook worksheet",
    "photo image picture",
    "price quote rate",
    "customer contact lead person people",
    "invoice bill payment charge",
    "website site web page url",
    "channel chat room group conversation",
    "folder directory mailbox",
    "live realtime now current",
    "pull merge branch",
    "slide presentation deck",
    "document paragraph text",
    "report insight statistic stats metric analytics performance",
    "call meeting recording transcript",
    "execution run job failure failed",
    "slow slowest long longest",
    "past last recent recently previous history",
    "top most highest best",
    "play played listen",
)
_CREATING = (
    "create add insert append put make new log save write store record open register enter book "
    "schedule build draw generate keep remember plan collect track import copy"
)
_DEEDS = (
    _CREATING,
    "update edit modify change set patch adjust mark replace rename lower raise",
    "move transfer sort put reschedule",
    "complete close finish resolve done",
    "reply answer respond comment",
    "send post publish message text ping notify tell email mail share remind alert",
    "restart reboot",
    "start run launch trigger play resume retry rerun execute",
    "stop pause halt shutdown power",
    "delete remove clear purge erase cancel clean tidy empty",
    "upload attach import",
    "download export",
    "draft prepare compose",
    "crawl scrape extract",
    "mute silence snooze pause",
    "buy order place",
)
_GROUPS = tuple(stems(one.split()) for one in _THINGS)
_ALIKE = tuple(stems(one.split()) for one in _DEEDS)
# What nobody wants by the way: it comes with a step that says so, or something like it.
_RARE = stems(
    "merge approve broadcast publish archive cancel complete uncomplete close transfer deploy "
    "rerun retry rollback reset revert commit checkout restart reboot shutdown power mute unmute "
    "enable disable toggle protect unprotect subscribe unsubscribe connect disconnect invite "
    "submit kill terminate restore resize rename reorder pin star accept decline fork reindex "
    "forward share play pause seek refund repair clone convert".split()
)
# Who only does one of these makes nothing new.
_MAKES_NOTHING = stems(
    "move rename assign mark archive close complete resolve merge approve cancel resize restart "
    "reboot mute unmute update edit change lower raise pause resume stop delete remove star "
    "accept decline reopen".split()
)
_MAKING = stems(["create"])
# The verbs of most tools, which tell less of one than its things do.
_PLAIN = stems(
    "get list search find read view fetch query show check create add update edit write set put "
    "make save store send move".split()
)
_SHORTEST_PART = 5
_DEED = 1.5
_OWN_DEED = 3.0
_SAME_VERB = 0.5
_BY_ANOTHER_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Saying:
    """What a step says: all its words, its things and what else these are called, its verbs."""

    said: frozenset[str]
    things: frozenset[str]
    wide: frozenset[str]
    noise: frozenset[str]
    verbs: frozenset[str]
    deeds: frozenset[str]

    def allows(self, tool: Tool) -> bool:
        """Whether a tool does nothing that the step would have to name and does not."""
        does = frozenset(spelt(tool.name)[:2]) | {deed(tool)}
        if does & _RARE and not does & _RARE & (self.said | self.deeds):
            return False
        return deed(tool) not in _MAKING or not self._makes_nothing

    @property
    def _makes_nothing(self) -> bool:
        return bool(self.verbs & _MAKES_NOTHING) and not self.verbs & _ALIKE[0]


def saying(text: str, noise: frozenset[str]) -> Saying:
    """What a step says, but for the words that are `noise`."""
    told = in_english(text)
    said = frozenset(tokens(text)) | told
    doing = frozenset(verbs(text)) | (told & VERBS)
    things = (frozenset(terms(text)) | told) - noise - (_PLAIN & doing)
    also = frozenset(word for group in _GROUPS if group & said for word in group)
    return Saying(
        said=said,
        things=things,
        wide=(things | also) - noise - (_PLAIN & doing),
        noise=noise,
        verbs=doing,
        deeds=doing | frozenset(word for group in _ALIKE if group & doing for word in group),
    )


class Likeness:
    """How like a step the tools of a server are, among one another."""

    def __init__(self, tools: Sequence[Tool], said: Saying) -> None:
        self._said = said
        often = Counter(word for one in tools for word in words(one.name, one.description))
        shares = {word: self._met(word) for word in often}
        self._weights = {
            word: log(len(tools) / often[word]) * share for word, share in shares.items() if share
        }

    def things(self, tool: Tool) -> float:
        """How much of what the step speaks of the tool speaks of, rare words counting most."""
        named = words(tool.name)
        # Whatever the order of the words is.
        return fsum(
            self._weights[word] * (2 if word in named else 1)
            for word in self._weights.keys() & (named | words(tool.description))
        )

    def looks(self, tool: Tool) -> float:
        """How much what a tool looks at is what the step speaks of, its own verb counting last."""
        return self.things(tool) + (_SAME_VERB if deed(tool) in self._said.verbs else 0)

    def whole(self, tool: Tool) -> float:
        """How like the step the tool is, by its things and its verb together."""
        like = self._said.deeds
        # Half of what makes things new is called like a thing: a record, an order, a note.
        does = ({deed(tool), *spelt(tool.description)[:1]} & like) | (
            frozenset(spelt(tool.name)) & (like - _ALIKE[0])
        )
        return self.things(tool) + (_OWN_DEED if does - _PLAIN else _DEED if does else 0)

    def _met(self, word: str) -> float:
        if word in self._said.noise:
            return 0
        if word in self._said.things:
            return 1
        return _BY_ANOTHER_NAME if word in self._said.wide or self._begins(word) else 0

    def _begins(self, word: str) -> bool:
        """Whether one word begins with the other, as "reaction" does with "react"."""
        return len(word) >= _SHORTEST_PART and any(
            len(one) >= _SHORTEST_PART and (word.startswith(one) or one.startswith(word))
            for one in self._said.things
        )


@lru_cache(maxsize=8192)
def spelt(text: str) -> tuple[str, ...]:
    """The words of a name or sentence as stems, in order."""
    return tokens(text)


@lru_cache(maxsize=8192)
def words(*texts: str) -> frozenset[str]:
    """The stems of names and sentences, so that both can be compared."""
    return frozenset(terms(" ".join(texts)))
