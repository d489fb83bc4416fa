"""What a conversation has come to: the steps, and which server does which."""

from collections.abc import Iterable
from itertools import groupby

from outfitter.core.value import Value


class Step(Value):
    """One thing the agent will do, and the server that does it, if any can."""

    text: str
    server: str | None = None
    why: str = ""


def together(steps: Iterable[Step]) -> tuple[tuple[Step, ...], ...]:
    """The steps as they are counted: what several servers do of one sentence is one.

    >>> [len(one) for one in together([Step(text="a", server="x"), Step(text="a", server="y")])]
    [2]
    """
    return tuple(tuple(group) for _, group in groupby(steps, key=lambda step: step.text))


class Choice(Value):
    """A server in the plan, why it was taken, and what else would have done."""

    name: str
    why: str = ""
    score: float = 0.0
    alternatives: tuple[str, ...] = ()


class Plan(Value):
    """What the user wants automated, as far as it is understood."""

    goal: str = ""
    steps: tuple[Step, ...] = ()
    servers: tuple[Choice, ...] = ()
    uncovered: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The servers of the plan, in order."""
        return tuple(choice.name for choice in self.servers)
