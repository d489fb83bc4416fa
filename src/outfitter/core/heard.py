"""A message taken apart: its clauses, what each changes, and the servers it may speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Candidate, Question
from outfitter.core.catalogue import Server
from outfitter.core.conversation import Edit, mentioned, own_words, read_edit
from outfitter.core.phrases import (
    ACTION,
    COURTESY,
    CREDENTIAL,
    HANDING,
    KEYLESS,
    LETTING_GO,
    POINTING,
    RESTART,
    SIGNING_IN,
    UNDO,
    is_only,
    said,
)
from outfitter.core.plan import Plan


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
        return {one.server.name: one for one in self.question.shortlist}

    @property
    def servers(self) -> dict[str, Server]:
        """The servers of the shortlist by name."""
        return {one.server.name: one.server for one in self.question.shortlist}

    @property
    def planned(self) -> tuple[Server, ...]:
        """The servers of the plan, in order."""
        return _planned(self.question)

    @property
    def changes(self) -> bool:
        """Whether any clause takes something out of the plan or swaps it."""
        return any(edit.is_one for edit in self.edits.values())

    @property
    def telling(self) -> dict[int, str]:
        """The clauses that say something to do: no credentials, no courtesy, no mere "use that"."""
        return {
            place: text
            for place, text in self.clauses.items()
            if not HANDING.search(text)
            and not (self.planned and UNDO.search(text))
            and not POINTING.search(text)
            and not (self.planned and KEYLESS.search(text))
            and not is_only(text, COURTESY - ACTION, CREDENTIAL)
        }


def hear(question: Question) -> Heard:
    """The message taken apart."""
    planned = _planned(question)
    others = [
        one.server for one in question.shortlist if one.server.name not in question.plan.names
    ]
    whole, *parts = question.clauses or (question.message,)
    numbered = enumerate(parts or [whole], 1 if parts else 0)
    clauses = {place: RESTART.sub("", said(part)).strip() for place, part in numbered}
    clauses = {place: text for place, text in clauses.items() if text}
    steps = question.plan.steps
    edits = {place: read_edit(text, planned, others, steps) for place, text in clauses.items()}
    _carry_on(clauses, edits, planned)
    return Heard(question, RESTART.sub("", said(question.message)), clauses, edits)


def _carry_on(
    clauses: Mapping[int, str], edits: dict[int, Edit], planned: Sequence[Server]
) -> None:
    """Lets a clause that only names servers, or points at them, go with the one before.

    "Drop A and B" drops both; "we left A, take it out" drops A.
    """
    before, last = Edit(), None
    for place, text in clauses.items():
        bare_names = mentioned(text, planned) if is_only(text, *map(own_words, planned)) else ()
        if bare_names and before.out and not before.swap:
            edits[place] = Edit(out=bare_names, key_kept=before.key_kept)
        elif last is not None and not before.is_one and LETTING_GO.search(text):
            edits[last] = edits[place] = Edit(out=mentioned(clauses[last], planned))
        elif last is not None and not before.is_one and SIGNING_IN.search(text):
            edits[last] = edits[place] = Edit(out=mentioned(clauses[last], planned), key_kept=True)
        before, last = edits[place], place


def _planned(question: Question) -> tuple[Server, ...]:
    servers = {one.server.name: one.server for one in question.shortlist}
    return tuple(servers[name] for name in question.plan.names if name in servers)
