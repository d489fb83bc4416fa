"""One turn on its way: what was sent, what was gathered for it, and what it came to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outfitter.adapters.ids import new_id
from outfitter.adapters.store import turns
from outfitter.core.agent import AgentSpec
from outfitter.core.analysis import Analysis, Question, Raised
from outfitter.core.answering import cautions, reply
from outfitter.core.answering.answer import Analyzer, Answer, MadeAgent, Offer, Status
from outfitter.core.answering.occasion import Occasion
from outfitter.core.catalogue import Server
from outfitter.core.equipping.decide import (
    AgentReady,
    AskCredentials,
    Clarify,
    Outcome,
    decide,
    lost,
    to_agent,
    without,
)
from outfitter.core.equipping.requirements import Credentials, Requirement, fitting, servers_of
from outfitter.core.finding.ranking import Near, rank
from outfitter.core.plan import Plan
from outfitter.core.rendering import consent
from outfitter.core.secrets import find
from outfitter.core.talk import context
from outfitter.core.talk.context import Talk
from outfitter.core.talk.meant import Meant
from outfitter.core.talk.suggesting import raised


@dataclass(frozen=True, slots=True)
class Said:
    """What a user sent in one turn; what may be a secret stays out of `repr`."""

    message: str = field(repr=False)
    session_id: str | None = None
    credentials: Credentials = field(default_factory=dict, repr=False)
    idempotency_key: str | None = None
    request_id: str | None = None
    turn_id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Turned:
    """The answer to a turn; `replayed` says that it was given before."""

    answer: Answer
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """A message as it is meant, the talk before it, and the servers near it, not ranked yet."""

    hearing: turns.Hearing
    joined: turns.Joined
    talk: Talk
    meant: Meant
    near: Sequence[Near]

    @property
    def servers(self) -> dict[str, Server]:
        """The servers by name."""
        return {one.server.name: one.server for one in self.near}


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a turn is answered from.

    `redacted` is how many secrets were cut out of the message, `degraded` says that servers were
    found without vectors, and `read` holds misspelt words and the names they were read as.
    """

    said: Said
    hearing: turns.Hearing
    question: Question
    servers: Mapping[str, Server]
    redacted: int
    degraded: bool = False
    read: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An answer, and the plan and the agent behind it as they are stored."""

    answer: Answer
    plan: Plan
    spec: AgentSpec | None
    raised: Raised


def scene_of(said: Said, gathered: Gathered, redacted: int) -> Scene:
    """The scene of a message; `redacted` is how many secrets were cut out of it."""
    return Scene(
        said,
        gathered.hearing,
        _question(gathered, said.credentials),
        gathered.servers,
        redacted,
        not gathered.meant.sought.vectors,
        gathered.meant.read,
    )


def conclude(
    scene: Scene,
    now: turns.Rejoined,
    analysis: Analysis,
    plan: Plan,
    servers: Mapping[str, Server],
    analyzer: Analyzer,
) -> Conclusion:
    """Decide what the turn comes to, by what is stored now, and word the answer.

    A plan that has lost a server makes no agent until the user has said how to go on.
    """
    gone = lost(plan, servers)
    plan, outcome = _come_to(plan, gone, servers, now)
    waiting = outcome.requirements if isinstance(outcome, AskCredentials) else ()
    spec = to_agent(plan, servers, now.stored) if isinstance(outcome, AgentReady) else None
    agent = _agent(spec, now.agent)
    pasted = _pasted(scene, waiting, servers)
    occasion = Occasion(
        analysis=analysis,
        before=context.plan_of(now.context),
        plan=plan,
        outcome=outcome,
        servers=servers,
        reused=context.reused(plan, now.stored, now.collected, scene.said.credentials),
        brought={name: tuple(keys) for name, keys in scene.said.credentials.items() if keys},
        redacted=scene.redacted,
        agent_id=agent.id if agent else None,
        version=agent.version if agent else None,
        is_new=_is_new(agent, now),
        pasted=tuple(pasted),
        equipment=spec.equipment if spec else (),
        lost=gone,
        read=scene.read,
    )
    answer = _answered(scene, occasion, agent, tuple(pasted.values()), analyzer)
    put_forward = raised(analysis, occasion.before, plan, servers, scene.question.message)
    open_to = put_forward.model_copy(update={"waiting": servers_of(waiting)})
    return Conclusion(answer, plan, spec, open_to)


def _question(gathered: Gathered, brought: Collection[str]) -> Question:
    """What an analyzer is asked about a message that was looked up and brought credentials."""
    meant, near, talk = gathered.meant, gathered.near, gathered.talk
    waiting = tuple(one for one in talk.raised.waiting if one not in brought)
    ranked = rank(meant.text, meant.sought, near, limit=len(near))
    return Question(
        meant.text,
        meant.sought.clauses,
        context.shortlist_of(ranked, meant.held),
        talk.plan,
        earlier=gathered.joined.earlier,
        past=talk.past,
        undone=talk.undone,
        raised=talk.raised.model_copy(update={"waiting": waiting}),
        told=meant.sought.told,
        asking=meant.sought.asking,
        about=meant.sought.about,
        typed=gathered.hearing.message,
    )


def _answered(
    scene: Scene,
    occasion: Occasion,
    agent: MadeAgent | None,
    offers: tuple[Offer, ...],
    by: Analyzer,
) -> Answer:
    outcome = occasion.outcome
    return Answer(
        reply=reply.write(occasion),
        session_id=scene.hearing.session,
        required_credentials=(
            outcome.requirements if isinstance(outcome, AskCredentials) else None
        ),
        status=_status(outcome),
        agent_created=agent is not None,
        agent_id=agent.id if agent else None,
        plan=cautions.shown(occasion.plan, occasion.servers),
        agent=agent,
        analyzer=by,
        offers=offers,
        degraded=scene.degraded,
    )


def _come_to(
    plan: Plan, gone: Sequence[str], servers: Mapping[str, Server], now: turns.Rejoined
) -> tuple[Plan, Outcome]:
    """The plan without what is gone, and what it comes to."""
    if gone:
        return without(plan, gone), Clarify()
    return plan, decide(plan, servers, now.stored)


def record_of(
    scene: Scene, now: turns.Rejoined, analysis: Analysis, conclusion: Conclusion
) -> turns.Record:
    """Everything the answer changes, as it is stored; an agent only if it is a new one."""
    answer, plan, spec = conclusion.answer, conclusion.plan, conclusion.spec
    made = answer.agent if _is_new(answer.agent, now) else None
    return turns.Record(
        turn=scene.hearing.turn,
        session=scene.hearing.session,
        message_id=new_id(),
        message=answer.reply,
        metadata=answer.model_dump(
            mode="json", include={"status", "agent_created", "agent_id", "analyzer"}
        ),
        context=context.after(now.context, plan, analysis, answer.reply, conclusion.raised),
        collected={**now.collected, **context.collected(plan, now.stored)},
        analysis=analysis.model_dump(mode="json"),
        response=answer.model_dump(mode="json"),
        agent=made.id if made else None,
        version=made.version if made else None,
        name=spec.name if spec else None,
        spec=spec.model_dump(mode="json") if spec else None,
        request_id=scene.said.request_id,
    )


def _pasted(
    scene: Scene, waiting: Sequence[Requirement], servers: Mapping[str, Server]
) -> dict[Requirement, Offer]:
    """The missing credentials that secrets in the message seem to be; no value leaves here."""
    if not (scene.redacted and waiting):
        return {}
    found = find(scene.said.message)
    values = [scene.said.message[one.start : one.end] for one in found]
    homes = fitting(values, waiting, servers)
    return {
        one: Offer(
            mcp_server=one.mcp_server,
            credential_key=one.credential_key,
            start=found[place].start,
            end=found[place].end,
        )
        for one, place in homes.items()
    }


def _status(outcome: Outcome) -> Status:
    match outcome:
        case AgentReady():
            return "success"
        case AskCredentials():
            return "pending_credentials"
        case _:
            return "analyzing"


def _agent(spec: AgentSpec | None, latest: Mapping[str, Any] | None) -> MadeAgent | None:
    """The agent a turn comes to: the latest one if nothing changed, else its next version."""
    if spec is None:
        return None
    servers = consent.render(spec)
    if latest and AgentSpec.from_stored(latest["spec"]) == spec:
        return MadeAgent(id=latest["id"], version=latest["version"], servers=servers)
    version = latest["version"] + 1 if latest else 1
    return MadeAgent(id=new_id(), version=version, servers=servers)


def _is_new(agent: MadeAgent | None, now: turns.Rejoined) -> bool:
    return agent is not None and agent.id != (now.agent or {}).get("id")
