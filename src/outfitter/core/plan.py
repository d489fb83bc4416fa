"""What a conversation has come to: the steps, and which server does which."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from outfitter.core.value import Value
from outfitter.core.words.layout import shortened

MOST_STEPS = 50
LONGEST_STEP = 1_000
LONGEST_GOAL = 300


class Step(Value):
    """One thing the agent will do, and the server that does it, if any can."""

    text: str
    """What is to be done, in the user's own terms."""

    server: str | None = None
    """The server that does it; null if the agent does it by itself or no server can."""

    why: str = ""
    """Why that server, in half a sentence; empty if there is nothing to say."""


def together(steps: Iterable[Step]) -> tuple[tuple[Step, ...], ...]:
    """The steps as they are counted: what several servers do of one sentence is one.

    >>> [len(one) for one in together([Step(text="a", server="x"), Step(text="a", server="y")])]
    [2]
    """
    return tuple(tuple(group) for _, group in groupby(steps, key=lambda step: step.text))


def binding(server: str, steps: Iterable[Step]) -> list[str]:
    """What holds for a server: the steps that it does, and those that no server does."""
    return [one.text for one in steps if one.server in (server, None)]


def texts_beyond(steps: Sequence[Step]) -> tuple[str, ...]:
    """What the steps say that are more than a plan holds, each thing once."""
    return tuple(dict.fromkeys(one.text for one in steps[MOST_STEPS:]))


def goal_of(texts: Iterable[str]) -> str:
    """The goal of a plan that was changed: all that is done, each thing once."""
    return shortened("; ".join(dict.fromkeys(one for one in texts if one)), LONGEST_GOAL)


class Choice(Value):
    """A server in the plan, why it was taken, and what else would have done."""

    name: str
    """The server, as the catalogue calls it."""

    why: str = ""
    """What it is there for, in half a sentence; empty if there is nothing to say."""

    score: float = 0.0
    """How near it was to the message that brought it in: more is nearer, mostly from 0 to 1."""

    alternatives: tuple[str, ...] = ()
    """Servers that could take its place, the best first; ask for one in a message to have it."""


class Plan(Value):
    """What the user wants automated, as far as it is understood."""

    goal: str = ""
    """What the automation is for, in one sentence; empty until that is known."""

    steps: tuple[Step, ...] = ()
    """What is done, in that order."""

    servers: tuple[Choice, ...] = ()
    """The servers that do the steps, each once."""

    uncovered: tuple[str, ...] = ()
    """What was asked for and no server of the catalogue does."""

    declined: tuple[str, ...] = ()
    """Servers that the user does not want; one comes back when it is asked for by name."""

    @property
    def names(self) -> tuple[str, ...]:
        """The servers of the plan, in order."""
        return tuple(choice.name for choice in self.servers)

    @property
    def length(self) -> int:
        """How many characters its steps have."""
        return sum(len(one.text) for one in self.steps)
