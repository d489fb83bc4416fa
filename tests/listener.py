"""Messages read as the service reads them, but without sessions: found, ranked, read, settled."""

import asyncio
from dataclasses import dataclass

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.adapters.store.shelf import Shelf
from outfitter.adapters.store.spoken import SpokenNames
from outfitter.core.analysis import NOTHING_RAISED, Embed, Question, Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.finding.ranking import rank
from outfitter.core.plan import Plan
from outfitter.core.talk import context, offline
from outfitter.core.talk.suggesting import raised
from outfitter.core.talk.wording import Talk
from outfitter.service.seeking import seek
from outfitter.service.wording import meant


@dataclass(frozen=True, slots=True)
class Reading:
    """The servers near a message, best first, and the plan after it."""

    ranked: tuple[str, ...]
    plan: Plan
    past: tuple[Plan, ...] = ()
    raised: Raised = NOTHING_RAISED


FIRST = Reading((), Plan())


class Listener:
    """Hears messages with a loaded catalogue and the offline analyzer."""

    def __init__(self, database: Database, embed: Embed) -> None:
        self._database = database
        self._embed = embed
        self._shelf = Shelf()
        self._spoken = SpokenNames()
        self._few = asyncio.Semaphore(2)

    async def hear(self, message: str, before: Reading = FIRST) -> Reading:
        """What a message comes to in a session that has come to the given plan."""
        plan, past = before.plan, before.past
        sought = await seek(self._embed, message)
        async with self._few, self._database.transaction(None) as tx:
            spellings = await self._spoken.spellings(tx)
            what = meant(message, sought, spellings, Talk(plan, past, before.raised))
            near = await catalogue.nearest(
                tx, what.text, what.sought.vectors, what.held, shelf=self._shelf
            )
        sought = what.sought
        ranked = rank(what.text, sought.texts, near, places=sought.places, limit=len(near))
        shortlist = context.shortlist_of(ranked, what.held)
        question = Question(
            what.text, sought.clauses, shortlist, plan, past=past, raised=before.raised
        )
        read = offline.read(question)
        after = settle(read, plan, shortlist, past)
        servers = {one.server.name: one.server for one in shortlist}
        return Reading(
            tuple(one.server.name for one in ranked),
            after,
            context.passed(past, plan, after, read.intent),
            raised(read, plan, after, servers),
        )

    async def follow(self, *messages: str) -> list[Reading]:
        """What each message of a dialogue comes to."""
        readings: list[Reading] = []
        for message in messages:
            readings.append(await self.hear(message, readings[-1] if readings else FIRST))
        return readings
