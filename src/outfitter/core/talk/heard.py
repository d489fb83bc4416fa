"""A message taken apart: its clauses, what each changes, and the servers it may speak of."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace

from outfitter.core.analysis import Candidate, Question
from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import unknown_apps
from outfitter.core.finding.capabilities import implied
from outfitter.core.plan import Plan
from outfitter.core.talk.asking import CHECKING, asks
from outfitter.core.talk.denying import another_way
from outfitter.core.talk.edit import Edit
from outfitter.core.talk.edits import edits_of
from outfitter.core.talk.marking import mentioned
from outfitter.core.words.layout import titles
from outfitter.core.words.manners import INTRODUCING, mannerly
from outfitter.core.words.naming import kin_of, said_names
from outfitter.core.words.phrases import (
    HANDING,
    JUDGING,
    KEYLESS,
    LACKING,
    MORE,
    NEVER_MIND,
    ONE_OF,
    POINTING,
    REST,
    SIGNING_IN,
    WAITING,
    WAIVING,
)
from outfitter.core.words.returning import REDO, RESTART, UNDO
from outfitter.core.words.text import words
from outfitter.core.words.vocabulary import ACTION, COURTESY, CREDENTIAL
from outfitter.core.words.wishes import bare, is_only, is_request, said


@dataclass(frozen=True, slots=True)
class Heard:
    """A question with its clauses by number, 0 where the message is a single one."""

    question: Question
    text: str
    clauses: dict[int, str]
    edits: dict[int, Edit]

    @property
    def plan(self) -> Plan:
        """The plan before the message."""
        return self.question.plan

    @property
    def candidates(self) -> dict[str, Candidate]:
        """The shortlist by name."""
        return self.question.candidates

    @property
    def servers(self) -> dict[str, Server]:
        """The servers of the shortlist by name."""
        return {one.server.name: one.server for one in self.question.shortlist}

    @property
    def planned(self) -> tuple[Server, ...]:
        """The servers of the plan, in order."""
        return self.question.planned

    @property
    def changes(self) -> bool:
        """Whether any clause takes something out of the plan or swaps it."""
        return any(edit.is_one for edit in self.edits.values())

    @property
    def takes(self) -> bool:
        """Whether any clause takes something out of the plan."""
        return any(edit.takes for edit in self.edits.values())

    @property
    def names_new(self) -> bool:
        """Whether the message names a service that the plan has not."""
        return self._is_new(self.text)

    @property
    def wishes(self) -> bool:
        """Whether any clause asks for something to be done."""
        return any(map(is_request, self.clauses.values()))

    @property
    def strange(self) -> tuple[str, ...]:
        """The apps that the message names and no server works with."""
        # What is named alone is a name without a capital too.
        text = self.text if len(words(self.text)) > 1 else self.text.title()
        return unknown_apps(text, list(self.servers.values()))

    def names(self, server: Server) -> bool:
        """Whether the whole message names a server by more than what its kind is called.

        A word that would say when alone may be that name, but "7:30 Berlin time" names no Time.
        """
        mentions = said_names(self.text, self.servers.values()).get(server.name, ())
        return any(not one.generic for one in mentions)

    def _is_new(self, text: str) -> bool:
        known = {one.service for one in self.planned}
        spoken = mentioned(text, self.servers.values())
        return any(self.servers[name].service not in known for name in spoken)

    def only_asks(self, text: str) -> bool:
        """Whether a clause asks about the plan that there is, and for nothing more."""
        new = self._is_new(text) and not CHECKING.match(text)
        wants = is_request(text) or MORE.search(text) or new
        return bool(self.planned and asks(text) and not wants)

    def shut(self, out: Collection[str]) -> frozenset[str]:
        """What leaves, and its kin that the message does not name by itself."""
        spoken = mentioned(self.text, self.planned, self.question.others)
        return (kin_of(out, self.servers.values()) - {*spoken}).union(out)

    def without(self, places: Container[int], plan: Plan | None = None) -> "Heard":
        """The same without these clauses and the names that only they say; of a plan, if given."""
        rest = ", ".join(text for at, text in self.clauses.items() if at not in places)
        named = said_names(rest, [one.server for one in self.question.shortlist])
        shortlist = tuple(
            replace(one, named=one.named and one.server.name in named)
            for one in self.question.shortlist
        )
        return replace(
            self,
            question=replace(self.question, shortlist=shortlist, plan=plan or self.plan),
            text=rest,
            clauses={at: text for at, text in self.clauses.items() if at not in places},
            edits={at: edit for at, edit in self.edits.items() if at not in places},
        )

    def untitled(self, clauses: Mapping[int, str]) -> Mapping[int, str]:
        """Clauses without what only stands above others; what that names goes with the next."""
        above = {said(one) for one in titles(self.question.message)}
        servers = list(self.servers.values())
        told: dict[int, str] = {}
        waiting = ""
        for place, text in clauses.items():
            if text not in above:
                told[place] = f"{waiting}{text}"
                waiting = ""
            elif mentioned(text, servers) or implied(text):
                waiting = f"{waiting}{text}, "
        return told or clauses

    @property
    def telling(self) -> dict[int, str]:
        """The clauses that say something to do: no credentials, no courtesy, no mere "use that"."""
        servers = self.servers.values()
        idle = {at for at in mannerly(self.clauses) if not mentioned(self.clauses[at], servers)}
        return {
            place: text
            for place, text in self.clauses.items()
            if place not in idle
            and not (HANDING.search(text) or JUDGING.match(text))
            and not (WAIVING.match(text) or NEVER_MIND.match(text))
            and not (self.planned and (UNDO.search(text) or REDO.search(text)))
            and not POINTING.search(text)
            and not (INTRODUCING.match(bare(text)) and not mentioned(text, servers))
            and not (self.planned and any(one.search(text) for one in (KEYLESS, SIGNING_IN, REST)))
            and not (self.changes and (ONE_OF.search(text) or LACKING.search(text)))
            and (WAITING.search(text) or not is_only(text, COURTESY - ACTION, CREDENTIAL))
        }


def hear(question: Question) -> Heard:
    """The message taken apart."""
    whole, *parts = question.clauses or (question.message,)
    numbered = enumerate(parts or [whole], 1 if parts else 0)
    clauses = {place: RESTART.sub("", said(part)).strip() for place, part in numbered}
    clauses = {place: text for place, text in clauses.items() if text}
    clauses = another_way(clauses, question.planned, question.plan.steps)
    text = RESTART.sub("", said(question.message))
    return Heard(question, text, clauses, edits_of(clauses, question))
