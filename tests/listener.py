"""Messages read as the service reads them, but without sessions: found, ranked, read, settled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from outfitter.adapters.files import catalogue_files
from outfitter.adapters.postgres.database import Database
from outfitter.core.analysis import NOTHING_RAISED, Analysis, Question, Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.finding.ranking import rank
from outfitter.core.plan import Plan
from outfitter.core.talk import context
from outfitter.core.talk.context import Talk
from outfitter.core.talk.suggesting import raised
from outfitter.service.finding import Finding
from outfitter.wiring import parts
from programs.databases import as_api, clone, stocked_template

Read = Callable[[Question], Analysis]


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
    """Hears messages with a loaded catalogue, by the offline analyzer or what else reads them."""

    def __init__(self, database: Database, finding: Finding, read: Read | None = None) -> None:
        self._database = database
        self._finding = finding
        self._read = read or parts.offline_reader()
        self._few = asyncio.Semaphore(2)

    async def hear(self, message: str, before: Reading = FIRST) -> Reading:
        """What a message comes to in a session that has come to the given plan."""
        question, ranked = await self.ask(message, before)
        return led_to(question, self._read(question), ranked)

    async def ask(self, message: str, before: Reading = FIRST) -> tuple[Question, tuple[str, ...]]:
        """What a message asks in that session, and the servers near it."""
        plan, past, undone = before.plan, before.past, before.undone
        sought = await self._finding.seek(message)
        async with self._few, self._database.transaction(None) as tx:
            talk = Talk(plan, past, before.raised, undone)
            what = await self._finding.meant(tx, message, sought, talk)
            near = await self._finding.near(tx, what.text, what.sought, what.held)
        ranked = rank(what.text, what.sought, near, limit=len(near))
        question = Question(
            what.text,
            what.sought.clauses,
            context.shortlist_of(ranked, what.held),
            plan,
            past=past,
            undone=undone,
            raised=before.raised,
            told=what.sought.told,
            asking=what.sought.asking,
            about=what.sought.about,
        )
        return question, tuple(one.server.name for one in ranked)

    async def follow(self, *messages: str) -> list[Reading]:
        """What each message of a dialogue comes to."""
        readings: list[Reading] = []
        for message in messages:
            readings.append(await self.hear(message, readings[-1] if readings else FIRST))
        return readings


def led_to(question: Question, read: Analysis, ranked: tuple[str, ...] = ()) -> Reading:
    """What a question has come to, once it was read so."""
    plan, past, undone = question.plan, question.past, question.undone
    after = settle(read, plan, question.shortlist, past=past, undone=undone)
    servers = {one.server.name: one.server for one in question.shortlist}
    return Reading(
        ranked,
        after,
        context.passed(past, plan, after, read.intent),
        context.ahead(undone, plan, after, read),
        raised(read, plan, after, servers),
    )


@asynccontextmanager
async def a_stocked_database(postgres: str) -> AsyncIterator[Database]:
    """A database with every server of the built-in catalogue, on that Postgres."""
    async with (
        stocked_template(postgres, catalogue_files.builtin()) as template,
        clone(postgres, template) as url,
    ):
        database = Database(as_api(url))
        yield database
        await database.close()
