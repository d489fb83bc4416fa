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
from outfitter.core.text import clauses

EMPTY = Plan()


@dataclass(frozen=True, slots=True)
class Reading:
    """The servers near a message, best first, and the plan after it."""

    ranked: tuple[str, ...]
    plan: Plan


class Listener:
    """Hears messages with a loaded catalogue and the offline analyzer."""

    def __init__(self, database: Database, embed: Embed) -> None:
        self._database = database
        self._embed = embed
        self._shelf = Shelf()
        self._few = asyncio.Semaphore(2)

    async def hear(self, message: str, plan: Plan = EMPTY) -> Reading:
        """What a message comes to in a session whose plan is the given one."""
        parts = clauses(message)
        vectors = await self._embed(list(parts))
        async with self._few, self._database.transaction(None) as tx:
            near = await catalogue.nearest(tx, message, vectors, plan.names, shelf=self._shelf)
        ranked = rank(message, parts, near, limit=len(near))
        question = Question(message, parts, context.shortlist_of(ranked, plan), plan)
        after = settle(offline.read(question), plan, question.shortlist)
        return Reading(tuple(one.server.name for one in ranked), after)

    async def follow(self, *messages: str) -> list[Reading]:
        """What each message of a dialogue comes to."""
        readings: list[Reading] = []
        for message in messages:
            plan = readings[-1].plan if readings else EMPTY
            readings.append(await self.hear(message, plan))
        return readings
