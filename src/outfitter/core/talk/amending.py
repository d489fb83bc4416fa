"""A reading by rules, put right by experience of which servers a message leaves in the plan."""

import re
from collections.abc import Collection, Iterator, Sequence

from outfitter.core.analysis import Analysis, Candidate, Intent, Question
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.equipping.decide import settle
from outfitter.core.finding.rivals import described_alike, preferred
from outfitter.core.plan import LONGEST_STEP, MOST_STEPS, Plan, Step, goal_of, texts_beyond
from outfitter.core.talk.answers import UNKNOWN
from outfitter.core.talk.asking import asks
from outfitter.core.talk.edit import keeps_some_key
from outfitter.core.talk.experience import Experience
from outfitter.core.talk.marking import mentioned
from outfitter.core.talk.picking import left_open, passed_over
from outfitter.core.talk.retelling import renamed, unnamed
from outfitter.core.talk.signs import signs_of
from outfitter.core.talk.stepping import NAMED, is_open
from outfitter.core.words.layout import shortened
from outfitter.core.words.wishes import bare, is_request, said

# Longer messages are letters: what is said in them of one server says nothing of another.
_LETTER = 1_000
# In words: what says no more than what should do a part.
_FEW = 8
# "Not text, mail" leaves nothing to be made out.
_CORRECTION = re.compile(
    r"^\W*(?:(?:no|oh|ok|sorry|actually)\W+)*"
    r"(?:not (?:by |via )?[\w-]+(?:,| but) (?:by |via )?[\w-]+"
    r"|(?:by |via )?[\w-]+,? not (?:by |via )?[\w-]+"
    r"|(?:(?:use|take|try|let's use) )?[\w-]+(?: [\w-]+)? instead(?: please)?)\W*$",
    re.IGNORECASE,
)


def amended(question: Question, read: Analysis, experience: Experience) -> Analysis:
    """The reading, with the servers that experience would have after the message.

    A first message and a long one are left to the rules, as is what goes a step back or forth,
    what puts an app without a server in a place, what asks about the service, what picks one of
    the servers that a step leaves open, what merely puts one in the place of its like, and what
    keeps a key back: whose that is the message need not say.
    """
    if not question.plan.names or len(question.message) > _LETTER or _is_left(question, read):
        return read
    after = settle(
        read, question.plan, question.shortlist, past=question.past, undone=question.undone
    )
    if _is_mere_swap(question, after):
        return read
    wanted = _wanted(question, read, after, experience)
    if set(wanted) == set(after.names):
        return read
    every = _steps(question, after, wanted)
    steps = every[:MOST_STEPS]
    gone = [name for name in question.plan.names if name not in wanted]
    if steps == question.plan.steps:
        return Analysis(intent=Intent.NOTHING, reply=UNKNOWN if asks(question.message) else "")
    return Analysis(
        intent=Intent.PLAN,
        goal=goal_of(one.text for one in steps),
        steps=steps,
        uncovered=tuple(_open(steps, question.plan, after)),
        declined=tuple(gone),
        cut=read.cut or texts_beyond(every),
    )


def _open(steps: Sequence[Step], before: Plan, after: Plan) -> Iterator[str]:
    """The texts of steps that no server does: those read so, and new ones that lost theirs."""
    for one in steps:
        if one.text in after.uncovered or (one not in before.steps and is_open(one)):
            yield one.text


def _is_left(question: Question, read: Analysis) -> bool:
    """Whether a reading is of a kind that experience knows nothing of."""
    if read.intent in {Intent.UNDO, Intent.REDO} or read.unmet:
        return True
    if read.intent is Intent.ASK and question.about:
        return True
    text = said(question.message)
    picks = passed_over(text, question.planned, question.plan.steps)
    return keeps_some_key(text.lower()) or bool(picks)


def _is_mere_swap(question: Question, after: Plan) -> bool:
    """Whether a few words were read as one server in the place of another that does its job."""
    known = question.candidates
    gone = [name for name in question.plan.names if name not in after.names and name in known]
    come = [name for name in after.names if name not in question.plan.names and name in known]
    if len(question.message.split()) > _FEW or len(gone) != 1 or len(come) != 1:
        return False
    old, new = known[gone[0]], known[come[0]]
    if _others_named(question, new):
        return False
    alike = of_one_kind(old.server, new.server) or bool(old.needs & new.needs)
    alike |= described_alike(old.server, new.server)
    corrected = _CORRECTION.match(question.message)
    return alike or bool(corrected) or question.raised.instead_of == gone[0]


def _others_named(question: Question, new: Candidate) -> bool:
    """Whether a message names newcomers of other services that it does not leave open."""
    known = question.candidates
    spoken = [known[name] for name in mentioned(question.message, question.others)]
    beside = left_open(question.message, spoken, (new.server.name,))
    rest = {one.server.service for one in spoken if one.server.name not in beside}
    return bool(rest - {new.server.service})


def _wanted(question: Question, read: Analysis, after: Plan, experience: Experience) -> list[str]:
    """The servers that should be in the plan: those that stay, then those that come.

    What was read as not wanted does not come: hardly anybody has taught that of newcomers.
    """
    signs = signs_of(question, after.names)
    wanted = {name: experience.wants(found) for name, found in signs.items()}
    staying = [name for name in question.plan.names if wanted.get(name, True)]
    known = question.candidates
    coming = [
        known[name]
        for name, is_wanted in wanted.items()
        if is_wanted and name not in question.plan.names and name not in read.declined
    ]
    return [*staying, *_one_each(coming, staying, after, question)]


def _one_each(
    coming: Sequence[Candidate], staying: Collection[str], after: Plan, question: Question
) -> list[str]:
    """One of those that come for each service that the plan has not: the one that was read."""
    held = {one.service for one in question.planned if one.name in staying}
    services = dict.fromkeys(one.server.service for one in coming)
    found = []
    for service in (one for one in services if one not in held):
        alike = [one for one in coming if one.server.service == service]
        read = [one for one in alike if one.server.name in after.names]
        found.append((read[0] if read else preferred(alike)).server.name)
    return found


def _steps(question: Question, after: Plan, wanted: Sequence[str]) -> tuple[Step, ...]:
    """The steps as they were read; those before, where it was misread what stays of them."""
    known = {name: one.server for name, one in question.candidates.items()}
    before = question.plan
    new = [name for name in wanted if name not in before.names]
    misread = any((name in wanted) is not (name in after.names) for name in before.names)
    # What was still open is so again where what it was given to is not wanted.
    kept = {one.text for one in after.steps}
    misread |= not set(wanted) >= set(after.names) and not kept.issuperset(before.uncovered)
    steps = before.steps if misread else after.steps
    for name in (name for name in before.names if name in known and name not in wanted):
        likes = (known[one] for one in new if of_one_kind(known[one], known[name]))
        steps = tuple(_left(steps, known[name], next(likes, None), question))
    if misread:
        steps = (*steps, *_read_beside(steps, before, after))
    steps = tuple(_served(steps, question, after, wanted))
    done = {one.server for one in steps}
    return (*steps, *(_step(known[name], question) for name in new if name not in done))


def _read_beside(steps: Sequence[Step], before: Plan, after: Plan) -> Iterator[Step]:
    """The steps that the reading added for the agent itself, or for newcomers without one."""
    done = {one.server for one in steps if one.server}.union(before.names)
    fresh = (one for one in after.steps if one not in before.steps)
    return (one for one in fresh if one.server not in done)


def _left(
    steps: Sequence[Step], old: Server, taker: Server | None, question: Question
) -> Iterator[Step]:
    """The steps with the taker where a server was, or without what that one did.

    What only the message says of either is why one goes, or that the other comes.
    """
    before = {one.text for one in question.plan.steps if one.server == old.name}
    for one in steps:
        text = one.text
        if text in before:
            text = renamed(text, old, taker, question.message) if taker else unnamed(text, old)
        if taker and one.server == old.name and one.text in before:
            yield Step(text=text, server=taker.name, why=NAMED)
        elif one.server not in {old.name, taker and taker.name}:
            yield one.model_copy(update={"text": text or one.text})


def _served(
    steps: Sequence[Step], question: Question, after: Plan, wanted: Collection[str]
) -> Iterator[Step]:
    """The steps; of new ones that no wanted server does only what the agent has to heed."""
    stay = [one for one in steps if one in question.plan.steps or one.server in wanted]
    told = {*(one.text for one in stay), *after.uncovered}
    for one in steps:
        if one in stay:
            yield one
        elif one.text not in told and _is_heeded(one, question):
            yield Step(text=one.text)


def _is_heeded(step: Step, question: Question) -> bool:
    """Whether a step without its server is still to be done, or says how the others are."""
    found = question.candidates.get(step.server or "")
    named = found and mentioned(step.text, [found.server])
    asked = is_request(step.text) and not named
    return (question.tells_how(step.text) or asked) and not asks(step.text)


def _step(new: Server, question: Question) -> Step:
    """What a server is brought in for: the clause that names it, or else the message."""
    clauses = question.clauses[1:] or (question.message,)
    naming = (clause for clause in map(said, clauses) if mentioned(clause, [new]))
    text = bare(next(naming, said(question.message)))
    return Step(text=shortened(text, LONGEST_STEP), server=new.name, why=NAMED)
