"""The clauses of a request as steps, each with the server that does it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import Server, Tool
from outfitter.core.equipping.doing import Effect, of_tool
from outfitter.core.equipping.effects import asked, verbs
from outfitter.core.finding.capabilities import able_to_do
from outfitter.core.plan import LONGEST_STEP, Step
from outfitter.core.talk.joining import Part, joined
from outfitter.core.talk.marking import mentioned
from outfitter.core.words.details import is_detail
from outfitter.core.words.layout import shortened
from outfitter.core.words.moments import without_moments
from outfitter.core.words.phrases import CONSTRAINT, LEAD_IN
from outfitter.core.words.text import stem, stems, terms, words
from outfitter.core.words.vocabulary import ACTION
from outfitter.core.words.wishes import is_request, is_schedule, is_thought, plainly

NAMED = "you named it"
# What the tools of almost any server are called, whatever is found or made there.
_ANYWHERE = frozenset("find look make set show take".split())
_ACTIONS = stems(ACTION)
# What stands before "take the hours" in "every Friday: take the hours".
_LEAD = re.compile(r"^[^,:]*[,:]\s+")
_WRITTEN_TO = re.compile(r"\b(?:to|into|as) ", re.IGNORECASE)
# What is done to a thing of the service that a step beside it is about.
_HANDLING = stems(
    "assign label comment mark tag close reopen merge rename move archive star pin flag delete "
    "remove update".split()
)
_REPORTED = re.compile(
    r"(?:tell|show|give|warn|alert|notify) (?:me|us)\b|let (?:me|us) know\b", re.IGNORECASE
)
_BY_HAND = frozenset("print call fax order buy pay book".split())
# Who answers sends something back, and who tells somebody sends a message.
_ANSWERING = frozenset("answer answers reply replies respond responds".split())
_TELLING = frozenset("tell notify inform alert warn ping".split())


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
    parts = joined(_parts(clauses, chosen), whole)
    able = [*planned, *(one.server for one in chosen)]
    steps = _neighbourly([step for part in parts for step in _steps(part, able)], able)
    uncovered = [one.text for one in steps if is_open(one)]
    if not any(one.server for one in steps) and not planned:
        told = [one.text for one in steps if not CONSTRAINT.search(one.text)]
        uncovered = [text for text in told if not is_detail(text)] or told
    return tuple(steps), tuple(uncovered)


def _parts(clauses: Mapping[int, str], chosen: Sequence[Candidate]) -> list[Part]:
    """Each clause with its servers; a server goes where it is named, else where it fits best."""
    homes: dict[int, list[Candidate]] = {place: [] for place in clauses}
    for one in sorted(chosen, key=lambda one: not one.named):
        place = _home(one, clauses, homes)
        if place is not None:
            homes[place].append(one)
    return [
        Part(shortened(plainly(text), LONGEST_STEP), _in_order(text, homes[place]))
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
    said, heads = asked([text]), frozenset(spoken[:2]) - _ANYWHERE
    if heads & _ANSWERING:
        heads |= {"send", "reply"}
    if heads & _TELLING:
        heads |= {"send", "post"}
    things = frozenset(map(stem, spoken[1:])) - _ACTIONS
    return any(
        of_tool(tool) & said
        and (heads & _called_by(tool) or (things & frozenset(terms(tool.name)) and _changes(tool)))
        for tool in server.tools
    )


def _called_by(tool: Tool) -> frozenset[str]:
    """The words of its name, and the verb that its description begins with."""
    return frozenset((*words(tool.name), *words(tool.description)[:1]))


def _changes(tool: Tool) -> bool:
    return not of_tool(tool) & {Effect.READ, Effect.ACT}


def _neighbourly(steps: Sequence[Step], able: Sequence[Server]) -> list[Step]:
    """The steps with the server of one beside them that is about the same thing."""
    made = list(steps)
    for at, step in enumerate(made):
        if step.server is None and _wants_a_server(step.text):
            beside = [*made[at + 1 : at + 2], *made[max(0, at - 1) : at]]
            same = next((one for one in beside if one.server), step)
            shared = set(words(step.text)[1:]) & set(words(same.text)[1:])
            name = same.server if shared else _handler(step.text, [*made[at::-1], *beside], able)
            why = "it goes with the step beside it"
            made[at] = step.model_copy(update={"server": name, "why": why}) if name else step
    return made


def _handler(text: str, near: Sequence[Step], able: Sequence[Server]) -> str | None:
    """The nearest server that holds what a step changes: "label it", "assign the author"."""
    if not _HANDLING.intersection(verbs(text)[:1]):
        return None
    said = asked([text])
    holding = {one.name for one in able if any(of_tool(tool) & said for tool in one.tools)}
    return next((one.server for one in near if one.server in holding), None)


def _wants_a_server(text: str) -> bool:
    told = _led(text)
    quiet = is_thought(told) or is_schedule(told) or CONSTRAINT.search(told)
    return is_request(told) and not quiet


def is_open(step: Step) -> bool:
    """Whether a step is work that no server does, and the agent alone cannot."""
    return step.server is None and _wants_a_server(step.text) and _is_missed(_led(step.text))


def _is_missed(told: str) -> bool:
    """Whether what no server does is work that somebody has to do elsewhere.

    What is told is said in the agent's own answer; "fill it in" says where by what it points at.
    """
    verb, *things = words(without_moments(told)) or ("",)
    slight = not things and verb not in _BY_HAND and told.lower().startswith(verb)
    return not (slight or is_detail(told) or _REPORTED.match(told))


def _led(text: str) -> str:
    """What is to be done, without what says when in front of it."""
    return _LEAD.sub("", text) if LEAD_IN.match(text) else text


def _why(one: Candidate) -> str:
    return NAMED if one.named else "it comes closest to what this step says"
