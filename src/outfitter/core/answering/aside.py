"""Answers that leave the plan alone, with a word on where it stands."""

from collections.abc import Iterator

from outfitter.core.analysis import Intent
from outfitter.core.answering.cautions import HINT
from outfitter.core.answering.occasion import Occasion, joined, where
from outfitter.core.answering.wanting import left
from outfitter.core.equipping.decide import AgentReady, AskCredentials, Clarify
from outfitter.core.talk.about_service import INTRODUCTION

_REQUEST_GONE = "No change is left to take back, so I took back the request itself."
_EMPTY = "Nothing is left in the plan; “{word}” brings it back. What should happen instead?"


def is_aside(occasion: Occasion) -> bool:
    """Whether a message asked something, was kind, or said nothing that changes the plan."""
    said = occasion.analysis
    return said.intent in (Intent.ASK, Intent.NOTHING) or _is_kind(occasion)


def aside(occasion: Occasion) -> Iterator[str]:
    """The answer, and in a few words what is still missing; of a new agent others tell."""
    if occasion.analysis.asks_missing and occasion.plan.servers:
        return left(occasion)
    return _kindly(occasion) if _is_kind(occasion) else _apart(occasion)


def still_open(occasion: Occasion) -> str:
    """What has to be said before anything can be made."""
    if undone := occasion.plan.uncovered:
        if any(one not in occasion.before.uncovered for one in undone):
            return ""
        return f"I still know no server for {joined(f'“{one}”' for one in undone)}. {HINT}"
    if occasion.before.servers:
        if occasion.analysis.intent is Intent.UNDO:
            return f"{_REQUEST_GONE} {_EMPTY.format(word='redo')}"
        return _EMPTY.format(word="undo")
    if occasion.analysis.intent is Intent.KEEP or not occasion.plan.steps:
        return INTRODUCTION
    return "Which apps or services should the agent use for this?"


def _is_kind(occasion: Occasion) -> bool:
    return occasion.analysis.intent is Intent.KEEP and bool(occasion.analysis.reply.strip())


def _apart(occasion: Occasion) -> Iterator[str]:
    yield occasion.analysis.reply.strip() or unmet(occasion) or _nothing_said(occasion)
    match occasion.outcome:
        case AskCredentials(requirements):
            keys = joined(f"`{one.credential_key}`" for one in requirements)
            yield f"Your plan is unchanged; it still needs {keys}."
        case AgentReady() if not occasion.is_new:
            yield "Your plan is unchanged, and its agent is ready."


def _kindly(occasion: Occasion) -> Iterator[str]:
    """A kind word in return for one, with no more than what is still missing."""
    yield occasion.analysis.reply.strip()
    match occasion.outcome:
        case AskCredentials(requirements):
            yield f"I still need {joined(f'`{one.credential_key}`' for one in requirements)}."
        case AgentReady() if not occasion.is_new:
            yield f"Your agent is ready: `GET {where(occasion)}/bundle` has it."
        case Clarify() if not occasion.lost and not occasion.ruled_out:
            yield still_open(occasion)


def unmet(occasion: Occasion) -> str:
    """What was to take the place of something and has no server, else nothing."""
    if not (strange := occasion.analysis.unmet):
        return ""
    stays = ", so that part stays as it is" if occasion.plan.servers else ""
    return f"I know no server for {joined(strange)}{stays}. {HINT}"


def _nothing_said(occasion: Occasion) -> str:
    if occasion.plan.servers:
        return (
            "I heard nothing in that which changes the plan. If it should, name the app and say "
            "what to do with it."
        )
    return f"I found nothing to automate in that yet. {INTRODUCTION}"
