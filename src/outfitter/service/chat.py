"""The main job: a message is heard, understood, answered and recorded."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from outfitter.adapters.beside import beside
from outfitter.adapters.ids import id_for, new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import Tx, catalogue, repeats, turns
from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.vault import Vault
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.answering.answer import Analyzer, Answer, Status
from outfitter.core.catalogue import Server
from outfitter.core.entries.lint import looks_secret
from outfitter.core.equipping.decide import settle
from outfitter.core.equipping.merging import merged
from outfitter.core.equipping.requirements import Credentials, badly_written, misleading, unknown
from outfitter.core.errors import (
    NO_SESSION,
    KeyReused,
    NotFound,
    NotSetUp,
    Refused,
    StillRunning,
    TooManyTurns,
    Unavailable,
    UnknownCredential,
)
from outfitter.core.plan import Plan
from outfitter.core.printable import visible
from outfitter.core.quota import Pace
from outfitter.core.secrets import redact
from outfitter.core.talk import context, offline
from outfitter.core.user import User
from outfitter.service import events
from outfitter.service.events import Tell, nobody
from outfitter.service.finding import Finding
from outfitter.service.opening import opened
from outfitter.service.pacing import Pacing
from outfitter.service.turn import (
    Gathered,
    Said,
    Scene,
    Turned,
    conclude,
    record_of,
    scene_of,
)
from outfitter.service.unanswered import Unanswered

_SHORTEST_SECRET = 6

AnalyzeOrFallback = Callable[[Question, float], Awaitable[tuple[Analysis, Analyzer]]]


class Chat:
    """Takes turns: two short transactions, and none open while a model thinks."""

    def __init__(
        self,
        database: Database,
        *,
        finding: Finding,
        analyze: AnalyzeOrFallback,
        vault: Vault | None,
        pace: Pace,
        answered: Callable[[Status, Analyzer], None],
    ) -> None:
        self._database = database
        self._finding = finding
        self._analyze = analyze
        self._vault = vault
        self._answered = answered
        self._pace = pace
        self._pacing = Pacing(pace.quotas)
        self._unanswered = Unanswered(database, pace.patience)

    async def turn(self, user: User, said: Said, *, tell: Tell = nobody) -> Turned:
        """Answer one message; nothing of it is stored if it cannot be taken as it is.

        `tell` hears of each step, the first time when the message is stored.

        Raises Refused, UnknownCredential, NotFound, StillRunning, TooManyTurns or Unavailable.
        """
        began = asyncio.get_running_loop().time()
        if complaint := badly_written(said.credentials):
            raise Refused(complaint, code="invalid_credential")
        clean = redact(visible(said.message).strip(), _secrets_of(said.credentials))
        hearing = self._hearing(user, said, clean.text)
        try:
            gathered = await self._listen(user, said, hearing)
        except (Unavailable, asyncio.CancelledError):
            self._unanswered.mark_later(user, hearing.turn)
            raise
        if isinstance(gathered, Turned):
            return gathered
        try:
            self._pacing.learn(user, gathered.joined.waits)
            scene = await beside(len(clean.text), scene_of, said, gathered, len(clean.found))
            for event in events.heard(scene):
                tell(event)
            analysis, analyzer = await self._understand(scene, began)
            tell(events.understood(analysis, analyzer))
            answer = await self._answer(user, scene, analysis, analyzer)
        except Unavailable:
            self._unanswered.mark_later(user, hearing.turn)
            raise
        except BaseException:
            await asyncio.shield(self._unanswered.mark(user, hearing.turn))
            raise
        self._answered(answer.status, answer.analyzer)
        for event in events.concluded(answer):
            tell(event)
        return Turned(answer)

    async def close(self) -> None:
        """Stop trying to mark the turns that failed."""
        await self._unanswered.close()

    async def _listen(self, user: User, said: Said, hearing: turns.Hearing) -> Gathered | Turned:
        """Store the message and gather what its answer needs; after an error nothing is stored."""
        if too_early := self._pacing.refusal(user):
            return await self._only_replayed(user, hearing, too_early)
        sought = await self._finding.seek(hearing.message)
        shares = turns.lock_of(user)
        async with self._database.transaction(user, remember=hearing.opens, shares=shares) as tx:
            joined = await turns.hear(tx, user, hearing)
            if not joined and (
                session := await repeats.release(tx, user, hearing, self._pace.patience)
            ):
                hearing = replace(hearing, session=session, opens=False)
                joined = await turns.hear(tx, user, hearing)
            if joined is None:
                return await _again(tx, user, hearing)
            talk = context.talk_of(joined.context)
            meant = await self._finding.meant(tx, hearing.message, sought, talk)
            wanted = {*said.credentials, *meant.held}
            near = await self._finding.near(tx, meant.text, meant.sought, wanted)
            gathered = Gathered(hearing, joined, talk, meant, near)
            servers = gathered.servers
            if complaint := unknown(said.credentials, servers):
                raise UnknownCredential(complaint)
            if complaint := misleading(said.credentials, servers):
                raise Refused(complaint, code="invalid_credential")
        return gathered

    async def _only_replayed(
        self, user: User, hearing: turns.Hearing, too_early: TooManyTurns
    ) -> Turned:
        """For a user without turns left: the earlier answer to a repeated request, or the error."""
        if key := hearing.idempotency_key:
            async with self._database.transaction(user) as tx:
                earlier = await repeats.with_key(tx, user, key)
                if earlier and earlier.state != "failed":
                    return _replayed(earlier, hearing)
        raise too_early

    def _hearing(self, user: User, said: Said, message: str) -> turns.Hearing:
        # A request that is heard again under its key is not stored twice.
        key = said.idempotency_key
        return turns.Hearing(
            turn=said.turn_id,
            session=said.session_id or new_id(),
            opens=said.session_id is None,
            message_id=id_for(user.id, key) if key else new_id(),
            message=message,
            sealed=self._sealed(user, said.credentials),
            idempotency_key=key,
            request_hash=self._fingerprint(user, said, message),
            request_id=said.request_id,
            quotas=self._pace.quotas,
        )

    def _sealed(self, user: User, brought: Credentials) -> tuple[Sealed, ...]:
        # In one order, or two messages that bring the same would wait for each other's rows.
        given = sorted(
            (server, key, value)
            for server, values in brought.items()
            for key, value in values.items()
        )
        if given and self._vault is None:
            raise NotSetUp(
                "This service cannot store credentials: its operator has set no CREDENTIAL_KEYS.",
                code="credential_store_disabled",
            )
        return tuple(self._vault.seal(user, *one) for one in given) if self._vault else ()

    def _fingerprint(self, user: User, said: Said, message: str) -> str | None:
        """What two requests under one idempotency key must share; it gives no value away."""
        if said.idempotency_key is None:
            return None
        given = {server: dict(values) for server, values in said.credentials.items()}
        # Without a key of its own, a mark of a secret would tell who guesses it that it is right.
        told = message if self._vault is None else said.message
        body = json.dumps([told, said.session_id, given], sort_keys=True)
        if self._vault is None:
            return sha256(body.encode()).hexdigest()
        return self._vault.fingerprint(user, body)

    async def _understand(self, scene: Scene, began: float) -> tuple[Analysis, Analyzer]:
        """Read the message; one that only brings credentials needs no model and keeps the plan."""
        if scene.said.credentials and scene.question.plan.servers:
            asked = scene.question
            said = await beside(len(asked.message), offline.read, asked, more=asked.plan.length)
            if said.intent in {Intent.KEEP, Intent.NOTHING} and not said.unmet:
                return Analysis(intent=Intent.KEEP), "offline"
        return await self._analyze(scene.question, began)

    async def _answer(
        self, user: User, scene: Scene, analysis: Analysis, analyzer: Analyzer
    ) -> Answer:
        """Conclude under a lock on the session: other turns may have brought more meanwhile."""
        async with self._database.transaction(user, lock=scene.hearing.session) as tx:
            now = await turns.rejoin(tx, user, scene.hearing.session)
            if now is None:
                raise NotFound(NO_SESSION)
            plan = _settled(scene.question, now, analysis)
            servers = await _servers(tx, plan, scene.servers)
            now = await self._readable(tx, user, scene, now, plan)
            given = (scene, now, analysis, plan, servers, analyzer)
            # What is said about a long plan takes long to word, however short the message was.
            conclusion = await beside(0, conclude, *given, more=plan.length)
            told = (scene, now, analysis, conclusion)
            entry = await beside(0, record_of, *told, more=plan.length)
            if not await turns.record(tx, user, entry):
                raise StillRunning("It took so long that the same request was heard anew.")
        return conclusion.answer

    async def _readable(
        self, tx: Tx, user: User, scene: Scene, now: turns.Rejoined, plan: Plan
    ) -> turns.Rejoined:
        """The stored credentials of the plan that open; the others are asked for again."""
        if self._vault is None:
            return now
        needed = [one for one in now.sealed if one.server in plan.names]
        found = await opened(tx, user, self._vault, needed, scene.said.request_id)
        return replace(now, sealed=tuple(replace(one, spoiled=False) for one in found))


def _secrets_of(brought: Credentials) -> list[str]:
    """The values that were brought as secrets, by their names: others may well be spoken of."""
    return [
        value
        for values in brought.values()
        for key, value in values.items()
        if looks_secret(key) and len(value) >= _SHORTEST_SECRET
    ]


def _settled(question: Question, now: turns.Rejoined, analysis: Analysis) -> Plan:
    """The plan after a message, with what other turns made of the one it was read by."""
    there = context.plan_of(now.context)
    past, undone = context.past_of(now.context), context.undone_of(now.context)
    plan = settle(analysis, there, question.shortlist, past=past, undone=undone)
    if analysis.intent is Intent.PLAN and there != question.plan:
        return merged(question.plan, there, plan)
    return plan


async def _again(tx: Tx, user: User, hearing: turns.Hearing) -> Turned:
    """The answer where nothing was stored: the key was used before, or it is not their session."""
    key = hearing.idempotency_key
    earlier = await repeats.with_key(tx, user, key) if key else None
    if earlier is None:
        raise NotFound(NO_SESSION)
    return _replayed(earlier, hearing)


def _replayed(earlier: repeats.Earlier, hearing: turns.Hearing) -> Turned:
    """The answer that a request under the same key got."""
    if earlier.request_hash != hearing.request_hash:
        raise KeyReused("This Idempotency-Key was used for another request.")
    if earlier.response is None:
        raise StillRunning("The same request is still being answered.")
    return Turned(Answer.from_stored(earlier.response), replayed=True)


async def _servers(tx: Tx, plan: Plan, loaded: Mapping[str, Server]) -> dict[str, Server]:
    """The plan's servers, those that another turn put there, and what could stand in for any."""
    wanted = {name for one in plan.servers for name in (one.name, *one.alternatives)}
    absent = sorted(wanted - loaded.keys())
    fetched = await catalogue.by_name(tx, absent) if absent else {}
    return {**loaded, **fetched}
