"""What a turn answers, as it is stored and sent."""

from typing import Any, Literal

from outfitter.core.plan import Plan
from outfitter.core.requirements import Requirement
from outfitter.core.value import Value

Status = Literal["analyzing", "pending_credentials", "success"]
Analyzer = Literal["claude", "offline"]


class MadeAgent(Value):
    """The agent a turn came to, with the exact commands it will run."""

    id: str
    version: int
    servers: tuple[dict[str, Any], ...]


class Answer(Value):
    """The answer to one message; the first six fields are the spec's."""

    reply: str
    session_id: str
    required_credentials: tuple[Requirement, ...] | None = None
    status: Status
    agent_created: bool = False
    agent_id: str | None = None
    plan: Plan = Plan()
    agent: MadeAgent | None = None
    analyzer: Analyzer = "offline"
