"""Messages read as the service reads them, but without sessions: found, ranked, read, settled."""

import asyncio
from dataclasses import dataclass

from outfitter.adapters.postgres.database import Database
from outfitter.core.analysis import NOTHING_RAISED, Question, Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.finding.ranking import rank
from outfitter.core.plan import Plan
from outfitter.core.talk import context, offline
from outfitter.core.talk.suggesting import raised
from outfitter.core.talk.wording import Talk
from outfitter.service.finding import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """The servers near a message, best first, and the plan after it."""

    ranked: tuple[str, ...]
    plan: Plan
    past: tuple[Plan, ...] = ()
    undone: tuple[Plan, ...] = ()
    raised: Raised = NOTHING_RAISED


FIRST = Reading((), Plan())


class Listener:
    """Hears messages with a loaded catalogue and the offline analyzer."""

    def __init__(self, database: Database, finding: Finding) -> None:
        self._database = database
        self._finding = finding
        self._few = asyncio.Semaphore(2)

    async def hear(self, message: str, before: Reading = FIRST) -> Reading:
        """What a message comes to in a session that has come to the given plan."""
        plan, past, undone = before.plan, before.past, before.undone
        sought = await self._finding.seek(message)
        async with self._few, self._database.transaction(None) as tx:
            talk = Talk(plan, past, before.raised, undone)
            what = await self._finding.meant(tx, message, sought, talk)
            near = await self._finding.near(tx, what.text, what.sought, what.held)
        ranked = rank(what.text, what.sought, near, limit=len(near))
        shortlist = context.shortlist_of(ranked, what.held)
        question = Question(
            what.text,
            what.sought.clauses,
            shortlist,
            plan,
            past=past,
            undone=undone,
            raised=before.raised,
        )
        read = offline.read(question)
        after = settle(read, plan, shortlist, past=past, undone=undone)
        servers = {one.server.name: one.server for one in shortlist}
        return Reading(
            tuple(one.server.name for one in ranked),
            after,
            context.passed(past, plan, after, read.intent),
            context.ahead(undone, plan, after, read),
            raised(read, plan, after, servers),
        )

    async def follow(self, *messages: str) -> list[Reading]:
        """What each message of a dialogue comes to."""
        readings: list[Reading] = []
        for message in messages:
            readings.append(await self.hear(message, readings[-1] if readings else FIRST))
        return readings
