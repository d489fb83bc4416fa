"""What tells whether a server is wanted after a message, as signs that can be learned from."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Candidate, Question
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.finding.choosing import choose
from outfitter.core.plan import Plan
from outfitter.core.talk.marking import with_marks
from outfitter.core.talk.retelling import called
from outfitter.core.words.grams import grams, spoken
from outfitter.core.words.text import stem, stems, words
from outfitter.core.words.wishes import said

Signs = frozenset[str]

_LONGEST_GRAM, _WINDOW, _NEAR = 3, 5, 3
_MOST_PAST, _MOST_COUNTED = 3, 4
# Words that tell nothing of what a server does.
_EMPTY = frozenset(
    "the a an of to in on for and or with my our your it is are be at from by me us i we you them "
    "that this every each new when all any as into if so not no only also one do does".split()
)
# How the names in a message stand to the server in question.
_THIS, _LIKE, _PLANNED, _OTHER, _PART = "THIS", "LIKE", "PLANNED", "OTHER", "PART"


def signs_of(question: Question, read: Collection[str]) -> dict[str, Signs]:
    """The signs for each server of the plan and each that the message may bring in.

    `read` names the servers that the plan would have by the rules.
    """
    message = _Message.of(question)
    alone = _done_alone(question, message.planned)
    staying = {
        one.name: _of_planned(one, alone[one.name], message, read) for one in message.planned
    }
    coming = {name: _of_other(name, message, read) for name in _considered(message, read)}
    return {name: frozenset(signs) for name, signs in (staying | coming).items()}


@dataclass(frozen=True, slots=True)
class _Message:
    """A message in tokens, `@n` where it names one of the n-th group of servers."""

    question: Question
    tokens: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    known: Mapping[str, Candidate]
    planned: tuple[Server, ...]

    @classmethod
    def of(cls, question: Question) -> "_Message":
        planned = question.planned
        marked, groups = with_marks(said(question.message), planned, question.others)
        return cls(question, spoken(marked), tuple(groups), question.candidates, planned)

    @property
    def named(self) -> tuple[str, ...]:
        """The servers that the message names, in its order."""
        return tuple(dict.fromkeys(name for group in self.groups for name in group))

    def seen_from(self, one: Server, part: Collection[str] = ()) -> list[str]:
        """The tokens as they concern one server; `part` are the stems of what it does alone."""
        return [self._seen(token, one, part) for token in self.tokens]

    def _seen(self, token: str, one: Server, part: Collection[str]) -> str:
        if token.startswith("@"):
            return self._relation(self.groups[int(token[1:])], one)
        if token.isdigit():
            return "9"
        return _PART if token not in _EMPTY and stem(token) in part else token

    def _relation(self, names: Sequence[str], one: Server) -> str:
        if one.name in names:
            return _THIS
        here = one.name in self.question.plan.names
        there = any(name in self.question.plan.names for name in names)
        if here is not there and any(of_one_kind(self.known[name].server, one) for name in names):
            return _LIKE
        return _PLANNED if there else _OTHER


def _considered(message: _Message, read: Collection[str]) -> list[str]:
    """What may come into the plan: named, chosen, read so by the rules, or there before."""
    question = message.question
    chosen = choose(question)
    before = [name for plan in question.past[-_MOST_PAST:] for name in plan.names]
    names = dict.fromkeys([*message.named, *(one.server.name for one in chosen), *read, *before])
    return [name for name in names if name in message.known and name not in question.plan.names]


def _of_planned(
    one: Server, alone: Collection[str], message: _Message, read: Collection[str]
) -> Iterator[str]:
    seen = message.seen_from(one, alone)
    spoken = _THIS if _THIS in seen else _PART if _PART in seen else ""
    rival = _LIKE if _LIKE in seen else _OTHER if _OTHER in seen else ""
    state = f"{spoken}/{rival}"
    last = one is message.planned[-1]
    alike = any(of_one_kind(other, one) for other in message.planned if other is not one)
    count = min(len(message.planned), _MOST_COUNTED)
    facts = (
        "+".join(sorted({_THIS, _LIKE, _PLANNED, _OTHER, _PART}.intersection(seen))),
        f"last {last}",
        f"count {count}",
        f"alike {alike}",
        f"raised {one.name in message.question.raised.servers}",
        f"read {one.name in read}",
    )
    yield from _told("stays", state, seen, facts)


def _of_other(name: str, message: _Message, read: Collection[str]) -> Iterator[str]:
    question, candidate = message.question, message.known[name]
    one = candidate.server
    seen = message.seen_from(one)
    named = _THIS if _THIS in seen else ""
    facts = (
        f"past {any(name in plan.names for plan in question.past[-_MOST_PAST:])}",
        f"kind {any(of_one_kind(other, one) for other in message.planned)}",
        f"service {any(other.service == one.service for other in message.planned)}",
        f"score {int(10 * candidate.score)}",
        f"declined {name in question.plan.declined}",
        f"read {name in read}",
    )
    yield from _told("comes", named, seen, facts)


def _done_alone(question: Question, planned: Sequence[Server]) -> dict[str, frozenset[str]]:
    """The stems by which each server of the plan, and no other of it, is told or called."""
    about = {one.name: _about(one, question.plan) for one in planned}
    tellers = Counter(one for told in about.values() for one in told)
    return {
        name: frozenset(one for one in told if tellers[one] == 1) for name, told in about.items()
    }


def _about(one: Server, plan: Plan) -> frozenset[str]:
    steps = (step.text for step in plan.steps if step.server == one.name)
    told = words(" ".join((one.category, *one.keywords, *called(one), *steps)))
    return stems(word for word in told if word not in _EMPTY and len(word) > 1)


def _told(kind: str, state: str, seen: Sequence[str], facts: Sequence[str]) -> Iterator[str]:
    """All signs of one server: facts, words, what stands near the names, and turns of phrase."""
    yield f"{kind}:"
    for fact in facts:
        yield f"{kind}: {fact}"
        yield f"{kind}: {state}: {fact}"
    padded = ["<", *seen, ">"]
    for gram in grams(padded, _LONGEST_GRAM):
        yield f"{kind}: {state}: “{gram}”"
    yield from (f"{kind}: “{token}”" for token in padded)
    for at, token in enumerate(padded):
        if token in {_THIS, _LIKE, _PART, _OTHER}:
            yield from (f"{kind}: {token} {near}" for near in _around(padded, at))


def _around(tokens: Sequence[str], at: int) -> Iterator[str]:
    """The words near a place, and on which side; those that are farther count alike."""
    for away in range(1, _WINDOW + 1):
        if at >= away:
            yield f"-{min(away, _NEAR)} {tokens[at - away]}"
        if at + away < len(tokens):
            yield f"+{min(away, _NEAR)} {tokens[at + away]}"
