"""What a turn answers, as it is stored and sent."""

from typing import Any, Literal

from outfitter.core.equipping.requirements import Requirement
from outfitter.core.plan import Plan
from outfitter.core.value import Value

Status = Literal["analyzing", "pending_credentials", "success"]
Analyzer = Literal["claude", "offline"]


class MadeAgent(Value):
    """The agent a turn came to, with the exact commands it will run."""

    id: str
    version: int
    servers: tuple[dict[str, Any], ...]


class Offer(Value):
    """A secret that was cut out of the message and looks like a credential that waits.

    It is not kept: whoever sent the message has it, at these characters of the message without
    the spaces around it, and says yes by sending it as that credential.
    """

    mcp_server: str
    credential_key: str
    start: int
    end: int


class Answer(Value):
    """The answer to one message; the first six fields are the spec's.

    `degraded` says that servers were found by their words alone.
    """

    reply: str
    session_id: str
    required_credentials: tuple[Requirement, ...] | None = None
    status: Status
    agent_created: bool = False
    agent_id: str | None = None
    plan: Plan = Plan()
    agent: MadeAgent | None = None
    analyzer: Analyzer = "offline"
    offers: tuple[Offer, ...] = ()
    degraded: bool = False
