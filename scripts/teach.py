"""`make teach`: learn from the benchmark's dialogues which servers a message leaves in the plan."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace

from rich.console import Console

import benchmark_data
from benchmark_data import Dialogue, Turn, are
from listener import FIRST, Listener, Reading, a_stocked_database, led_to
from outfitter.adapters.ai import logistic
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.logistic import Case, Numbers
from outfitter.adapters.files import experience_file
from outfitter.core.analysis import Question
from outfitter.core.plan import Choice, Step
from outfitter.core.talk import offline
from outfitter.core.talk.detail_signs import signs_in
from outfitter.core.talk.signs import signs_of
from outfitter.core.words.grams import place
from outfitter.core.words.wishes import bare
from outfitter.wiring import parts
from programs.databases import running_server

_PLACES = 1 << 16
# The rules were fitted to the older dialogues, so that these trust them too much.
_OLDER = 0.5
_SHRINK, _SHRINK_DETAILS = 1.5, 1.0


async def main() -> None:
    """Hear all dialogues, learn from them, and keep what was learnt."""
    embedder = LocalEmbedder()
    with running_server() as postgres:
        async with a_stocked_database(postgres) as database:
            listener = Listener(database, parts.finding(embedder), offline.read)
            cases = [
                case
                for dialogues, weight in benchmark_data.teaching(older=_OLDER)
                for dialogue in dialogues
                async for case in _cases(listener, dialogue, weight)
            ]
    await embedder.close()
    weights = logistic.learnt(cases, _PLACES, shrink=_SHRINK)
    told = [Case(_places(signs_in(one.say)), one.tells_how) for one in benchmark_data.told()]
    details = logistic.learnt(told, _PLACES, shrink=_SHRINK_DETAILS)
    digest = benchmark_data.teaching_digest()
    experience_file.write(experience_file.FILE, weights, details, made_of=digest)
    for taught, learnt in ((cases, weights), (told, details)):
        right = sum((_total(learnt, one) > 0) == one.is_so for one in taught)
        Console().print(f"{len(taught)} cases, {right / len(taught):.1%} of them right now")


async def _cases(listener: Listener, dialogue: Dialogue, weight: float) -> AsyncIterator[Case]:
    """What each turn tells of each server, with the plan put right before the next one."""
    before = FIRST
    for turn in dialogue.turns:
        question, _ = await listener.ask(turn.say, before)
        reading = led_to(question, offline.read(question))
        if question.plan.names:
            for case in _told(question, reading, turn, weight):
                yield case
        before = reading if are(reading.plan.names, turn.needs) else _corrected(reading, turn)


def _told(question: Question, reading: Reading, turn: Turn, weight: float) -> Iterator[Case]:
    planned = question.plan.names
    for name, signs in signs_of(question, reading.plan.names).items():
        needs = [need for need in turn.needs if name in need]
        wanted = any(name in planned or not need.intersection(planned) for need in needs)
        yield Case(_places(signs), wanted, weight)


def _places(signs: Iterable[str]) -> tuple[int, ...]:
    return tuple({place(one, _PLACES) for one in signs})


def _corrected(reading: Reading, turn: Turn) -> Reading:
    """The reading with the plan that the turn should have come to."""
    plan, steps = reading.plan, list(reading.plan.steps)
    kept: dict[str, Choice] = {}
    for need, name in zip(turn.needs, turn.servers, strict=True):
        held = next((one for one in plan.servers if one.name in need - kept.keys()), None)
        if held is None:
            steps.append(Step(text=bare(turn.say), server=name))
        choice = held or Choice(name=name)
        kept[choice.name] = choice
    stay = tuple(one for one in steps if one.server is None or one.server in kept)
    declined = tuple(name for name in plan.declined if name not in kept)
    later = {"steps": stay, "servers": tuple(kept.values()), "declined": declined}
    return replace(reading, plan=plan.model_copy(update=later))


def _total(weights: Numbers, case: Case) -> float:
    return float(weights[list(case.places)].sum())


if __name__ == "__main__":
    asyncio.run(main())
