"""A model's answer, taken for what it is worth: checked, cut to size, and with no made-up names."""

import json
from collections.abc import Mapping
from typing import Any

from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import LONGEST_GOAL, LONGEST_STEP, MOST_STEPS, Step
from outfitter.core.printable import inert, visible
from outfitter.core.secrets import redact
from outfitter.core.talk.prompt import offered
from outfitter.core.words.layout import shortened

# In characters.
_LONGEST_LINE = 300
_LONGEST_REPLY = 4_000
_LONGEST_ANSWER = 100_000


class Rubbish(ValueError):
    """An answer that says nothing usable."""


def read(answer: object, question: Question) -> Analysis:
    """The analysis an answer holds, given as text or as parsed JSON; raises `Rubbish` without one.

    Servers that the question did not offer are dropped, and the steps that needed them are
    uncovered.
    """
    fields = _object(answer)
    names = {name.casefold(): name for name in offered(question)}
    steps, lost = _steps(fields.get("steps"), names)
    return _settled(
        Analysis(
            intent=_intent(fields.get("intent"), steps),
            goal=_line(fields.get("goal"), LONGEST_GOAL),
            steps=steps,
            uncovered=_uncovered([*_items(fields.get("uncovered")), *lost], steps),
            declined=_declined(fields.get("declined"), names),
            reply=_clean(fields.get("reply"), _LONGEST_REPLY),
            cut=_cut(fields.get("steps")),
        )
    )


def _object(answer: object) -> Mapping[str, Any]:
    """The JSON object in the answer."""
    if isinstance(answer, str):
        answer = _parsed(answer)
    if not isinstance(answer, Mapping):
        raise Rubbish("The answer is no JSON object.")
    return answer


def _parsed(text: str) -> object:
    """The first JSON object of a text, whatever stands around it."""
    start = text.find("{", 0, _LONGEST_ANSWER)
    if start < 0 or len(text) > _LONGEST_ANSWER:
        raise Rubbish("The answer holds no JSON object.")
    try:
        parsed: object = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        raise Rubbish("The answer is broken JSON.") from None
    return parsed


def _intent(value: object, steps: tuple[Step, ...]) -> Intent:
    try:
        return Intent(str(value).strip().lower())
    except ValueError:
        if steps:
            return Intent.PLAN
        raise Rubbish("The answer has neither an intent nor steps.") from None


def _settled(analysis: Analysis) -> Analysis:
    """The analysis with only what its intent means; a plan without a step is rubbish."""
    match analysis.intent:
        case Intent.PLAN if not (analysis.steps or analysis.declined or analysis.uncovered):
            raise Rubbish("The answer plans nothing.")
        case Intent.PLAN:
            return analysis
        case Intent.ASK if not analysis.reply:
            raise Rubbish("The answer does not answer the question.")
    return analysis.model_copy(update={"steps": (), "uncovered": (), "cut": ()})


def _steps(value: object, names: Mapping[str, str]) -> tuple[tuple[Step, ...], list[str]]:
    """The steps, and the texts of those whose server does not exist."""
    steps: list[Step] = []
    lost: list[str] = []
    for item in _items(value):
        text = _line(item.get("text"), LONGEST_STEP) if isinstance(item, Mapping) else ""
        if not text:
            continue
        named = _line(item.get("server")).casefold()
        server = names.get(named)
        steps.append(Step(text=text, server=server, why=_line(item.get("why"))))
        if named and server is None:
            lost.append(text)
    return tuple(steps), lost


def _cut(value: object) -> tuple[str, ...]:
    """What the steps say that are more than a plan holds."""
    beyond = value[MOST_STEPS : 2 * MOST_STEPS] if isinstance(value, list) else []
    texts = (_line(one.get("text"), LONGEST_STEP) for one in beyond if isinstance(one, Mapping))
    return tuple(dict.fromkeys(filter(None, texts)))


def _uncovered(texts: list[Any], steps: tuple[Step, ...]) -> tuple[str, ...]:
    """What no server does; a step that has one is none of it, whatever the answer says."""
    covered = {step.text.casefold() for step in steps if step.server}
    lines = (_line(one, LONGEST_STEP) for one in texts)
    return tuple(dict.fromkeys(one for one in lines if one and one.casefold() not in covered))


def _declined(value: object, names: Mapping[str, str]) -> tuple[str, ...]:
    known = (names.get(_line(item).casefold()) for item in _items(value))
    return tuple(dict.fromkeys(name for name in known if name))


def _items(value: object) -> list[Any]:
    return value[:MOST_STEPS] if isinstance(value, list) else []


def _line(value: object, most: int = _LONGEST_LINE) -> str:
    """The value as one line."""
    return shortened(" ".join(_clean(value, 4 * most).split()), most)


def _clean(value: object, most: int) -> str:
    """The value as text that can be stored, and shows all that is in it and nothing else.

    A model may put together what nobody took for a secret as long as it was in pieces.
    """
    if not isinstance(value, str):
        return ""
    return redact(inert(visible(value[:most]))).text[:most].strip()
