"""The clauses of a request as steps, each with the server that does it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Server, Tool
from outfitter.core.equipping.doing import Effect, of_tool
from outfitter.core.equipping.effects import asked
from outfitter.core.finding.capabilities import able_to_do
from outfitter.core.plan import LONGEST_STEP, Step
from outfitter.core.talk.marking import mentioned, own_words
from outfitter.core.words.details import is_detail
from outfitter.core.words.layout import shortened
from outfitter.core.words.phrases import CONSTRAINT, LEAD_IN
from outfitter.core.words.text import stem, stems, terms, words
from outfitter.core.words.vocabulary import ACTION, DETERMINER
from outfitter.core.words.wishes import bare, is_only, is_request, is_schedule, is_thought

NAMED = "you named it"
# What the tools of almost any server are called, whatever is found or made there.
_ANYWHERE = frozenset("find look make set show take".split())
_ACTIONS = stems(ACTION)
_ASKING = frozenset("why how what which who whose where when".split())
_JOINTS = tuple(f"{comma} {word} " for comma in ("", ",") for word in ("and", "und", "y", "et"))
_WRITTEN_TO = re.compile(r"\b(?:to|into|as) ", re.IGNORECASE)
# Who answers sends something back, and who tells somebody sends a message.
_ANSWERING = frozenset("answer answers reply replies respond responds".split())
_TELLING = frozenset("tell notify inform alert warn ping".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a request with the servers chosen for it."""

    text: str
    chosen: tuple[Candidate, ...] = ()


def steps_of(
    clauses: Mapping[int, str],
    chosen: Sequence[Candidate],
    planned: Sequence[Server],
    whole: str = "",
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps of a request and the texts of those that no server does.

    `clauses` are those of the `whole` that ask for something, by the number that a candidate's
    need gives.
    """
    parts = _joined(_parts(clauses, chosen), whole)
    able = [*planned, *(one.server for one in chosen)]
    steps = _neighbourly([step for part in parts for step in _steps(part, able)])
    open_ = [one.text for one in steps if one.server is None and _wants_a_server(one.text)]
    uncovered = [text for text in open_ if not (planned and is_detail(text))]
    if not any(one.server for one in steps) and not planned:
        uncovered = [one.text for one in steps if not CONSTRAINT.search(one.text)]
    return tuple(steps), tuple(uncovered)


def _parts(clauses: Mapping[int, str], chosen: Sequence[Candidate]) -> list[Part]:
    """Each clause with its servers; a server goes where it is named, else where it fits best."""
    homes: dict[int, list[Candidate]] = {place: [] for place in clauses}
    for one in sorted(chosen, key=lambda one: not one.named):
        place = _home(one, clauses, homes)
        if place is not None:
            homes[place].append(one)
    return [
        Part(shortened(bare(text), LONGEST_STEP), _in_order(text, homes[place]))
        for place, text in clauses.items()
    ]


def _in_order(text: str, chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The servers in the order in which the text names them, the others last."""
    said = mentioned(text, [one.server for one in chosen])
    place = {name: at for at, name in enumerate(said)}
    return tuple(sorted(chosen, key=lambda one: place.get(one.server.name, len(said))))


def places_of(server: Server, clauses: Mapping[int, str]) -> tuple[list[int], list[int]]:
    """The clauses that name a server, and those with a need that it is known to meet."""
    texts = clauses.items()
    naming = [place for place, text in texts if mentioned(text, [server])]
    wanting = [place for place, text in texts if able_to_do(text, [server])]
    return naming, wanting


def _home(
    one: Candidate, clauses: Mapping[int, str], homes: Mapping[int, list[Candidate]]
) -> int | None:
    """Where a server goes: to what names, needs or is nearest to it, else to what has none yet."""
    naming, wanting = places_of(one.server, clauses)
    empty = [place for place in clauses if not homes[place]]
    nearest = [one.need] if one.need in clauses else []
    places = [*naming, *wanting, *nearest, *empty, *clauses]
    return next(iter(places), None)


def _joined(parts: Sequence[Part], whole: str) -> list[Part]:
    """The parts with those that say nothing to do put to the one they belong to."""
    joined: list[Part] = []
    waiting = Part("")
    for part in parts:
        if joined and (_only_names(part) or _goes_on(part, joined[-1], whole)):
            joined[-1] = _run_on(joined[-1], part, whole)
        elif _stands_alone(part):
            joined.append(_run_on(waiting, part, whole))
            waiting = Part("")
        elif LEAD_IN.match(part.text) or is_request(part.text) or not joined:
            waiting = _run_on(waiting, part, whole)
        else:
            joined[-1] = _run_on(joined[-1], part, whole)
    if not waiting.text:
        return joined
    return [*joined[:-1], _run_on(joined[-1], waiting, whole)] if joined else [waiting]


def _only_names(part: Part) -> bool:
    """Whether a part says no more than the names of its servers."""
    own = (own_words(one.server) for one in part.chosen)
    return bool(part.chosen) and is_only(part.text, *own)


def _goes_on(part: Part, last: Part, whole: str) -> bool:
    """Whether a part tells one thing more that is done with the verb before, or asks why."""
    first = part.text.lower().partition(" ")[0]
    follows = part.chosen and not last.chosen and first in DETERMINER | _ASKING
    return bool(follows and _between(last.text, part.text, whole))


def _run_on(first: Part, second: Part, whole: str) -> Part:
    """Two parts as one, with the word that stands between them in the whole, else a comma."""
    joint = (_between(first.text, second.text, whole) or ", ") if first.text else ""
    return Part(f"{first.text}{joint}{second.text}", (*first.chosen, *second.chosen))


def _between(first: str, second: str, whole: str) -> str:
    """The word that joins two parts of the whole, if one does."""
    # A pattern of texts would be made anew each time, which takes a hundred times as long.
    found = ((whole.find(f"{first}{joint}{second}"), joint) for joint in _JOINTS)
    return min(((at, joint) for at, joint in found if at >= 0), default=(0, ""))[1]


def _stands_alone(part: Part) -> bool:
    if len(part.text.split()) == 1 and not (part.chosen or is_thought(part.text)):
        return False
    return bool(
        part.chosen
        or is_request(part.text)
        or is_thought(part.text)
        or CONSTRAINT.search(part.text)
    )


def _steps(part: Part, able: Sequence[Server]) -> Iterator[Step]:
    """One step for each server of the part; those named before do what names them again."""
    named = () if part.chosen or CONSTRAINT.search(part.text) else mentioned(part.text, able)
    yield from (Step(text=part.text, server=name, why=NAMED) for name in named)
    if not (part.chosen or named):
        yield _quiet(part.text, able)
    for one in part.chosen:
        yield Step(text=part.text, server=one.server.name, why=_why(one))


def _quiet(text: str, able: Sequence[Server]) -> Step:
    """A step that names no server, given to one already taken whose tools speak of it."""
    if is_schedule(text) or CONSTRAINT.search(text):
        return Step(text=text)
    if is_thought(text):
        return _written(text, able)
    for server in able:
        if _has_a_tool(server, text):
            return Step(text=text, server=server.name, why="it has a tool for this")
    return Step(text=text)


def _written(text: str, able: Sequence[Server]) -> Step:
    """What the model thinks of, with the server that is for the place it is written to."""
    place = next(iter(able_to_do(text, able)), None) if _WRITTEN_TO.search(text) else None
    return Step(text=text, server=place.name, why="it goes there") if place else Step(text=text)


def _has_a_tool(server: Server, text: str) -> bool:
    """Whether a tool of the server does what a step asks, with what it speaks of or by its verb."""
    spoken = words(text)
    said, verbs = asked([text]), frozenset(spoken[:2]) - _ANYWHERE
    if verbs & _ANSWERING:
        verbs |= {"send", "reply"}
    if verbs & _TELLING:
        verbs |= {"send", "post"}
    things = frozenset(map(stem, spoken[1:])) - _ACTIONS
    return any(
        of_tool(tool) & said
        and (verbs & _called_by(tool) or (things & frozenset(terms(tool.name)) and _changes(tool)))
        for tool in server.tools
    )


def _called_by(tool: Tool) -> frozenset[str]:
    """The words of its name, and the verb that its description begins with."""
    return frozenset((*words(tool.name), *words(tool.description)[:1]))


def _changes(tool: Tool) -> bool:
    return not of_tool(tool) & {Effect.READ, Effect.ACT}


def _neighbourly(steps: Sequence[Step]) -> list[Step]:
    """The steps with the server of the next or last one where both speak of the same thing."""
    made = list(steps)
    for at, step in enumerate(made):
        beside = [*made[at + 1 : at + 2], *made[max(0, at - 1) : at]]
        for one in beside:
            if one.server and step.server is None and _wants_a_server(step.text):
                if set(words(step.text)[1:]) & set(words(one.text)[1:]):
                    why = "it goes with the step beside it"
                    made[at] = step.model_copy(update={"server": one.server, "why": why})
                break
    return made


def _wants_a_server(text: str) -> bool:
    quiet = is_thought(text) or is_schedule(text) or CONSTRAINT.search(text)
    return is_request(text) and not quiet


def _why(one: Candidate) -> str:
    return NAMED if one.named else "it comes closest to what this step says"
