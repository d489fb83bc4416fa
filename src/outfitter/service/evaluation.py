"""Servers found and chosen for single requests as a turn does it, to be written out or scored."""

from collections.abc import Iterable
from time import perf_counter

from outfitter.adapters.postgres.database import Database
from outfitter.core.analysis import Question
from outfitter.core.finding.choosing import choose
from outfitter.core.finding.measuring import Case, Pick
from outfitter.core.finding.ranking import rank
from outfitter.core.plan import Plan
from outfitter.core.secrets import redact
from outfitter.core.talk.context import SHORTLIST
from outfitter.core.words.layout import laid_out
from outfitter.core.words.text import storable
from outfitter.service.finding import Finding
from outfitter.service.loading import Progress


class Finder:
    """Answers requests from a loaded catalogue, for nobody in particular."""

    def __init__(self, database: Database, finding: Finding) -> None:
        self._database = database
        self._finding = finding

    async def find(self, query: str) -> Pick:
        """The shortlist and the choice for one request, by the catalogue's own names."""
        began = perf_counter()
        message = laid_out(redact(storable(query).strip()).text)
        sought = await self._finding.seek(message)
        async with self._database.transaction(None) as tx:
            near = await self._finding.near(tx, message, sought)
        shortlist = rank(message, sought, near, limit=SHORTLIST)
        question = Question(
            message, sought.clauses, shortlist, Plan(), told=sought.told, asking=sought.asking
        )
        return Pick(
            tuple(one.server.name for one in shortlist),
            tuple(one.server.name for one in choose(question)),
            (perf_counter() - began) * 1000,
        )

    async def find_all(self, asked: Iterable[Case], progress: Progress) -> list[Pick]:
        """What is found for each request, one after the other so that the times mean something."""
        waiting = list(asked)
        found: list[Pick] = []
        for one in waiting:
            found.append(await self.find(one.query))
            progress(len(found), len(waiting))
        return found
