"""Messages read as the service reads them, but without sessions: found, ranked, read, settled."""

import asyncio
from dataclasses import dataclass

from outfitter.adapters.database import Database
from outfitter.adapters.store import catalogue
from outfitter.adapters.store.shelf import Shelf
from outfitter.core import context, offline
from outfitter.core.analysis import Embed, Question
from outfitter.core.decide import settle
from outfitter.core.plan import Plan
from outfitter.core.ranking import rank
from outfitter.service.seeking import seek


@dataclass(frozen=True, slots=True)
class Reading:
    """The servers near a message, best first, and the plan after it."""

    ranked: tuple[str, ...]
    plan: Plan
    past: tuple[Plan, ...] = ()


FIRST = Reading((), Plan())


class Listener:
    """Hears messages with a loaded catalogue and the offline analyzer."""

    def __init__(self, database: Database, embed: Embed) -> None:
        self._database = database
        self._embed = embed
        self._shelf = Shelf()
        self._few = asyncio.Semaphore(2)

    async def hear(self, message: str, before: Reading = FIRST) -> Reading:
        """What a message comes to in a session that has come to the given plan."""
        plan, past = before.plan, before.past
        held = context.held(plan, past)
        sought = await seek(self._embed, message)
        async with self._few, self._database.transaction(None) as tx:
            near = await catalogue.nearest(tx, message, sought.vectors, held, shelf=self._shelf)
        ranked = rank(message, sought.texts, near, limit=len(near))
        shortlist = context.shortlist_of(ranked, held)
        read = offline.read(Question(message, sought.clauses, shortlist, plan, past=past))
        after = settle(read, plan, shortlist, past)
        return Reading(
            tuple(one.server.name for one in ranked),
            after,
            context.passed(past, plan, after, read.intent),
        )

    async def follow(self, *messages: str) -> list[Reading]:
        """What each message of a dialogue comes to."""
        readings: list[Reading] = []
        for message in messages:
            readings.append(await self.hear(message, readings[-1] if readings else FIRST))
        return readings
