"""What a turn answers, as it is stored and sent."""

from typing import Annotated, Literal

from pydantic import WithJsonSchema

from outfitter.core.equipping.requirements import Requirement
from outfitter.core.plan import Plan
from outfitter.core.rendering.consent import CalledServer, StartedServer
from outfitter.core.value import Value

Status = Literal["analyzing", "pending_credentials", "success"]
Analyzer = Literal["claude", "offline"]
Id = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]


class MadeAgent(Value):
    """The agent a turn came to, with the exact commands it will run."""

    id: Id
    """What to ask for the agent by, as in `GET /api/agents/{agent_id}/bundle`."""

    version: int
    """1 for the first agent of the session, one more each time the plan has changed."""

    servers: tuple[StartedServer | CalledServer, ...]
    """What is started or called, whole, and the names of what it is given; no value is among them.
    """


class Offer(Value):
    """A secret that was cut out of the message and looks like a credential that waits.

    It is not kept: whoever sent the message has it, at these characters of the message without
    the spaces around it, and says yes by sending it as that credential.
    """

    mcp_server: str
    """The server whose credential it seems to be."""

    credential_key: str
    """The name of the value it seems to be, such as `NOTION_TOKEN`."""

    start: int
    """Where it begins in the message: the number of Unicode characters before it."""

    end: int
    """Where it ends, counted in the same way: the first character that is no part of it."""


class Answer(Value):
    """The answer to one message."""

    # The first six fields are the spec's.
    reply: str
    """What to show the user, as Markdown."""

    session_id: Id
    """The conversation; send it with the next message to go on."""

    required_credentials: tuple[Requirement, ...] | None = None
    """What the user has to bring before there is an agent, all of it, in the order of the plan's
    servers; null unless the status is `pending_credentials`.
    """

    status: Status
    """What to do next. `analyzing`: nothing that was said so far leads to a server, say more.
    `pending_credentials`: the plan stands, bring what `required_credentials` lists. `success`: the
    agent is ready to be fetched.
    """

    agent_created: bool = False
    """Whether there is an agent that does the plan, made now or in an earlier turn."""

    agent_id: Id | None = None
    """What to ask for the agent by; null unless the status is `success`."""

    plan: Plan = Plan()
    """What the user wants, as it is understood after this message."""

    agent: MadeAgent | None = None
    """What the agent will run, to be looked through; null unless the status is `success`."""

    analyzer: Analyzer = "offline"
    """Who read the message: `claude`, or the rules of the service itself (`offline`), which also
    answer where Claude fails and where a message only brings credentials.
    """

    offers: tuple[Offer, ...] = ()
    """Secrets that stood in the message, and which of the missing credentials each could be."""

    degraded: bool = False
    """Whether servers were found by their words alone, since nothing could compare meanings; asking
    again later may find better ones.
    """
