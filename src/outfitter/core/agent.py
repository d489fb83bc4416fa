"""An agent as it is stored: everything the renderers need and no secret."""

from outfitter.core.catalogue import Server
from outfitter.core.plan import Step
from outfitter.core.value import Value


class Equipment(Value):
    """One server of an agent, pinned as it was in the catalogue when the agent was made.

    `keys` are the inputs that the user has given a value for; `tools` those the model is shown,
    every tool of the server when empty.
    """

    server: Server
    keys: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


class AgentSpec(Value):
    """What an agent is: the goal, the steps, and the servers that do them."""

    name: str
    goal: str
    steps: tuple[Step, ...]
    equipment: tuple[Equipment, ...]
