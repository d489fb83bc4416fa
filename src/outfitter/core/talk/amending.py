"""A reading by rules, put right by experience of which servers a message leaves in the plan."""

from collections.abc import Collection, Iterator, Sequence

from outfitter.core.analysis import Analysis, Candidate, Intent, Question
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.equipping.decide import settle
from outfitter.core.finding.choosing import preferred
from outfitter.core.plan import Plan, Step
from outfitter.core.talk.answers import UNKNOWN
from outfitter.core.talk.asking import asks
from outfitter.core.talk.conversation import mentioned
from outfitter.core.talk.experience import Experience
from outfitter.core.talk.retelling import renamed, unnamed
from outfitter.core.talk.signs import signs_of
from outfitter.core.talk.stepping import NAMED
from outfitter.core.words.phrases import DETAIL, bare, is_request, said

# Longer messages are letters: what is said in them of one server says nothing of another.
_LONGEST = 1_000
_LONGEST_STEP, _LONGEST_GOAL = 300, 300
_EVEN = 0.5


def amended(question: Question, read: Analysis, experience: Experience) -> Analysis:
    """The reading, with the servers that experience would have after the message.

    A first message, a long one, and what goes back or forth by a step is left to the rules.
    """
    moves = read.intent in {Intent.UNDO, Intent.REDO}
    if moves or not question.plan.names or len(question.message) > _LONGEST:
        return read
    after = settle(
        read, question.plan, question.shortlist, past=question.past, undone=question.undone
    )
    wanted = _wanted(question, after, experience)
    if set(wanted) == set(after.names):
        return read
    steps = _steps(question, after, wanted)
    gone = [name for name in question.plan.names if name not in wanted]
    if steps == question.plan.steps:
        return Analysis(intent=Intent.KEEP, reply=UNKNOWN if asks(question.message) else "")
    return Analysis(
        intent=Intent.PLAN,
        goal="; ".join(dict.fromkeys(one.text for one in steps))[:_LONGEST_GOAL],
        steps=steps,
        uncovered=tuple(one.text for one in steps if one.text in after.uncovered),
        declined=tuple(gone),
        unmet=read.unmet,
    )


def _wanted(question: Question, after: Plan, experience: Experience) -> list[str]:
    """The servers that should be in the plan: those that stay, then those that come."""
    signs = signs_of(question, after.names)
    likely = {name: experience.likelihood(found) for name, found in signs.items()}
    staying = [name for name in question.plan.names if likely.get(name, 1.0) > _EVEN]
    known = {one.server.name: one for one in question.shortlist}
    coming = [
        known[name]
        for name, chance in likely.items()
        if chance > _EVEN and name not in question.plan.names
    ]
    return [*staying, *_one_each(coming, staying, after, question)]


def _one_each(
    coming: Sequence[Candidate], staying: Collection[str], after: Plan, question: Question
) -> list[str]:
    """One of those that come for each service that the plan has not: the one that was read."""
    known = {one.server.name: one.server.service for one in question.shortlist}
    held = {known[name] for name in staying if name in known}
    services = dict.fromkeys(one.server.service for one in coming)
    found = []
    for service in (one for one in services if one not in held):
        alike = [one for one in coming if one.server.service == service]
        read = [one for one in alike if one.server.name in after.names]
        found.append((read[0] if read else preferred(alike)).server.name)
    return found


def _steps(question: Question, after: Plan, wanted: Sequence[str]) -> tuple[Step, ...]:
    """The steps as they were read, with what should stay, and without what should not be there."""
    known = {one.server.name: one.server for one in question.shortlist}
    new = [name for name in wanted if name not in question.plan.names]
    steps = _with_what_stays(question.plan, after, wanted)
    for name in dict.fromkeys(one.server for one in steps if one.server in known):
        if name is None or name in wanted:
            continue
        if name in question.plan.names:
            likes = (known[one] for one in new if of_one_kind(known[one], known[name]))
            steps = tuple(_left(steps, known[name], next(likes, None), question))
        else:
            steps = tuple(_unserved(steps, name))
    done = {one.server for one in steps}
    return (*steps, *(_step(known[name], question) for name in new if name not in done))


def _with_what_stays(before: Plan, after: Plan, wanted: Sequence[str]) -> tuple[Step, ...]:
    """The steps after the reading, behind those of the servers that it should not have taken."""
    back = [name for name in before.names if name in wanted and name not in after.names]
    return (*(one for one in before.steps if one.server in back), *after.steps)


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


def _unserved(steps: Sequence[Step], name: str) -> Iterator[Step]:
    """The steps with nobody for those of a server that is not wanted, if they tell how or what."""
    for one in steps:
        if one.server != name:
            yield one
        elif not asks(one.text) and (is_request(one.text) or DETAIL.search(one.text)):
            yield Step(text=one.text)


def _step(new: Server, question: Question) -> Step:
    """What a server is brought in for: the clause that names it, or else the message."""
    clauses = question.clauses[1:] or (question.message,)
    naming = (clause for clause in map(said, clauses) if mentioned(clause, [new]))
    text = bare(next(naming, said(question.message)))
    return Step(text=text[:_LONGEST_STEP], server=new.name, why=NAMED)
