"""Which servers a message passes over by picking another: of an open step, or a rival."""

import re
from collections.abc import Collection, Sequence

from outfitter.core.analysis import Candidate, Question
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.finding.capabilities import able_to_do
from outfitter.core.finding.rivals import ONE_JOB, described_alike
from outfitter.core.plan import Step
from outfitter.core.talk.asking import asks
from outfitter.core.talk.marking import mentioned, named_alone, open_rows, with_marks
from outfitter.core.words.phrases import MORE
from outfitter.core.words.vocabulary import COURTESY, SAYING

_JOINED = re.compile(r"\W*(?:and|und|y|et|plus)\b", re.IGNORECASE)
# "Put it in Jira": what is put somewhere leaves only another place.
_PLACING = re.compile(
    r"^\W*(?:\w+ )?(?:put|save|store|keep|file|write|log|add|send|post) "
    r"(?:it|them|that|this|those|these|everything|all)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:to|into|onto|in|on|as)(?: [\w'-]+){0,3} @\d"
    r"|^(?:add|create|file|log|make|open|post|write)(?: [\w'-]+){0,3} @\d",
    re.IGNORECASE,
)
_PICKING = frozenset("prefer choose pick better best easier works than".split())


def passed_over(text: str, planned: Sequence[Server], steps: Sequence[Step]) -> tuple[str, ...]:
    """What the steps name as another way beside the servers that a text merely names.

    "Slack then" passes over Teams where a step says "post it to Slack or Teams".
    """
    picked = named_alone(text, planned, COURTESY, SAYING, _PICKING)
    if asks(text) or not picked:
        return ()
    told = dict.fromkeys(one.text for one in steps)
    beside = [row for one in told for row in open_rows(one, planned) if {*row} & {*picked}]
    return tuple(dict.fromkeys(name for row in beside for name in row if name not in picked))


def left_open(text: str, chosen: Sequence[Candidate], planned: Collection[str]) -> frozenset[str]:
    """Those of one kind that a text leaves open beside one that is taken: "WhatsApp or SMS".

    Taken is what the plan has, or else what is said first.
    """
    known = {one.server.name: one for one in chosen}
    found: set[str] = set()
    for row in open_rows(text, [one.server for one in chosen]):
        first, *others = sorted(dict.fromkeys(row), key=lambda name: name not in planned)
        found |= {one for one in others if of_one_kind(known[first].server, known[one].server)}
    return frozenset(one for one in found if not _said_twice(text, known[one].server))


def _said_twice(text: str, server: Server) -> bool:
    """Whether a text names a server more than once: it may come back to it."""
    return len(with_marks(text, [server], ()).groups) > 1


def rival_of(text: str, question: Question) -> tuple[str, ...]:
    """The server of the plan whose job is most that of the one which a text merely names.

    Who wants both says "also"; where several have it alike none is meant more than another.
    """
    new = _named(text, question)
    message = question.message
    adds = MORE.search(message) or _JOINED.match(message) or _named_there(message, question)
    if new is None or adds or asks(text):
        return ()
    jobs = {one.name: _shared(new, one, question) for one in question.planned}
    most = max(jobs.values(), default=0)
    found = tuple(name for name, job in jobs.items() if job == most)
    return found if most and len(found) == 1 and _may_take(message, found[0], question) else ()


def _may_take(message: str, old: str, question: Question) -> bool:
    """Whether a message may be about the place of a server: of what is put there, if it puts."""
    told = [one.text for one in question.plan.steps if one.server == old]
    mine = [one for one in question.planned if one.name == old]
    marked = (with_marks(text, mine, ()).text for text in told)
    return not _PLACING.match(message) or any(map(_PLACED.search, marked))


def _named(text: str, question: Question) -> Candidate | None:
    """What a text names that the plan has not, or else what does the kind of thing it says."""
    able = (one.name for one in able_to_do(text, question.others))
    names = (*mentioned(text, question.planned, question.others), *able)
    return question.candidates[names[0]] if names and names[0] not in question.plan.names else None


def _named_there(message: str, question: Question) -> bool:
    """Whether a message names a server of the plan too, or the kind of thing that one does."""
    planned = question.planned
    return bool(able_to_do(message, planned) or mentioned(message, planned))


def _shared(new: Candidate, old: Server, question: Question) -> int:
    """How much of one's job is the other's: the needs that both meet, or else that it could be."""
    known = question.candidates[old.name]
    offered = new.server.name in next(
        one.alternatives for one in question.plan.servers if one.name == old.name
    )
    alike = of_one_kind(new.server, old) and old.category in ONE_JOB
    likely = offered or alike or described_alike(new.server, old)
    return 2 * len(new.needs & known.needs) + likely
