"""What an analyzer is given and what it gives back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from outfitter.core.catalogue import Server
from outfitter.core.plan import Plan, Step
from outfitter.core.value import Value
from outfitter.core.words.details import is_detail

Role = Literal["user", "assistant"]
# In characters.
LONGEST_MESSAGE = 16_000
# For each need that a text speaks of, by its number, how surely: the logarithm of how much
# likelier its words are from somebody who has that need.
Sureness = Mapping[int, float]
Hear = Callable[[str], Sureness]


class Intent(StrEnum):
    """What a message is about: the plan, its last change, a question, or nothing to automate."""

    PLAN = "plan"
    UNDO = "undo"
    REDO = "redo"
    KEEP = "keep"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A server of the shortlist with its score for the message, best first.

    `need` is the index of the clause the server answers best; 0 is the whole message.
    `named` says that the message names the server or its service. `needs` are the needs that it
    is known to meet, as numbers, empty where none are known. `near` says how near it is to each
    text searched for.
    """

    server: Server
    score: float
    need: int = 0
    named: bool = False
    needs: frozenset[int] = frozenset()
    near: tuple[float, ...] = ()

    def nearness(self, at: int) -> float:
        """How near it is to a text searched for; 0 where nobody knows."""
        return self.near[at] if at < len(self.near) else 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """One part of a message, and what hears which needs it speaks of.

    `at` is its place among the texts searched for, `place` that of the clause it belongs to.
    """

    at: int
    place: int
    text: str
    hear: Hear

    @property
    def heard(self) -> Sureness:
        """The needs that it speaks of, found when asked for: only reading without a model does."""
        return self.hear(self.text)


class Raised(Value):
    """What the last reply put forward: servers in its order, and whose part they could do.

    `offered` says that the reply asked whether one of them is wanted, `waiting` whose credentials
    it asked for.
    """

    servers: tuple[str, ...] = ()
    instead_of: str = ""
    offered: bool = False
    waiting: tuple[str, ...] = ()


NOTHING_RAISED = Raised()


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an analyzer may know: never a secret, an id or an address.

    `earlier` holds the last few messages as (role, text), oldest first, and `past` the plans
    before the last few changes, `undone` those that an undo left. `told` is what the parts of the
    message tell of its needs, `asking` how surely it asks for what takes a server: about the
    logarithm of how much likelier that is than a mere remark; `about` is what of the service itself
    it asks about, if it does. `typed` is the message as it came, where names in it were misspelt or
    it pointed at what `raised` holds. `tells_how` judges whether a text says how planned work is to
    be done.
    """

    message: str
    clauses: tuple[str, ...]
    shortlist: tuple[Candidate, ...]
    plan: Plan
    earlier: tuple[tuple[Role, str], ...] = ()
    past: tuple[Plan, ...] = ()
    undone: tuple[Plan, ...] = ()
    raised: Raised = NOTHING_RAISED
    told: tuple[Told, ...] = ()
    asking: float = 0.0
    about: str = ""
    typed: str = ""
    tells_how: Callable[[str], bool] = is_detail

    @property
    def candidates(self) -> dict[str, Candidate]:
        """The shortlist by name."""
        return {one.server.name: one for one in self.shortlist}

    @property
    def planned(self) -> tuple[Server, ...]:
        """The servers of the plan, in order."""
        found = self.candidates
        return tuple(found[name].server for name in self.plan.names if name in found)

    @property
    def others(self) -> list[Server]:
        """The servers of the shortlist that the plan has not, best first."""
        servers = (one.server for one in self.shortlist)
        return [one for one in servers if one.name not in self.plan.names]

    @property
    def wanting(self) -> tuple[Server, ...]:
        """The servers of the plan whose credentials were asked for, or before that all with any."""
        wanting = tuple(one for one in self.planned if one.required_tokens)
        return tuple(one for one in wanting if one.name in self.raised.waiting) or wanting


class Analysis(Value):
    """A reading of one message: the whole plan as it should now be.

    PLAN: `steps` replace the plan's. UNDO: the last change is taken back, and `steps` are the
    plan's if more changes than that. REDO: what was taken back last is wanted again, and `steps`
    likewise. KEEP: the plan stays as it is; thanks or praise get a kind word in `reply`. ASK: the
    message asks about a server or what is possible and `reply` answers it. NOTHING: nothing to
    automate was said. `declined` names servers the user does not want, `unmet` what should have
    taken the place of something and has no server, `raised` those that `reply` puts forward.
    `asks_missing` says that the message asks what is still to be brought, which the answer then
    tells in place of `reply`. `cut` holds what was asked for beyond the steps that a plan holds.
    """

    intent: Intent
    goal: str = ""
    steps: tuple[Step, ...] = ()
    uncovered: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    reply: str = ""
    raised: Raised = NOTHING_RAISED
    asks_missing: bool = False
    cut: tuple[str, ...] = ()


# Reads a message; the second is when it must be done, by the event loop's clock.
Analyze = Callable[[Question, float], Awaitable[Analysis]]
