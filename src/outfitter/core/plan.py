"""What a conversation has come to: the steps, and which server does which."""

from outfitter.core.value import Value


class Step(Value):
    """One thing the agent will do, and the server that does it, if any can."""

    text: str
    server: str | None = None
    why: str = ""


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
