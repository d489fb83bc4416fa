"""A message that goes back: to nothing, to before the last change, or forth again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import Plan
from outfitter.core.talk.heard import hear
from outfitter.core.talk.replan import replanned
from outfitter.core.words.phrases import LEAD_IN, POINTING
from outfitter.core.words.returning import BACK, REDO, RESTART, UNDO
from outfitter.core.words.wishes import said

_LONGEST = 15
_ONE = re.compile(r"\b(?:it|that|this)$", re.IGNORECASE)


def gone_back(question: Question) -> Analysis | None:
    """The plan anew, before the last change, or as it was before that was taken back."""
    if question.plan.steps and _starts_over(question):
        return _begun_anew(question)
    if _brings_again(question):
        return _gone_to(question.undone, Intent.REDO, question)
    return _gone_to(question.past, Intent.UNDO, question) if _takes_back(question) else None


def _starts_over(question: Question) -> bool:
    """Whether all is to be forgotten; "forget it" after the name of one is about that one."""
    found = RESTART.search(said(question.message))
    return found is not None and not (_ONE.search(found.group()) and hear(question).changes)


def _begun_anew(question: Question) -> Analysis:
    """The plan of what a message asks for beside that all is to be forgotten; often nothing."""
    rest = RESTART.sub("", said(question.message)).strip()
    afresh = replace(question, message=rest, plan=Plan(declined=question.plan.declined))
    heard = hear(afresh)
    wanted = heard.names_new or heard.wishes
    return (replanned(heard) if wanted else None) or Analysis(intent=Intent.PLAN)


def _brings_again(question: Question) -> bool:
    """Whether a message asks for what was taken back; with nothing left, "keep it" does too."""
    text = said(question.message)
    if len(text.split()) > _LONGEST:
        return False
    if any(REDO.search(one) for one in question.clauses):
        return bool(question.past or question.undone)
    again = BACK.search(text) or POINTING.search(text)
    return bool(question.undone and not question.plan.steps and again)


def _takes_back(question: Question) -> bool:
    """Whether a short message asks for the plan before the last change."""
    text = said(question.message)
    known = question.past or question.undone
    if not known or len(text.split()) > _LONGEST or LEAD_IN.match(text):
        return False
    return bool(UNDO.search(text) or (not question.plan.steps and POINTING.search(text)))


def _gone_to(plans: Sequence[Plan], intent: Intent, question: Question) -> Analysis:
    """The last of these plans, or what the rest of the message makes of it, else of the plan."""
    plan = plans[-1] if plans else question.plan
    heard = hear(replace(question, plan=plan, past=()))
    going = [at for at, one in heard.clauses.items() if UNDO.search(one) or REDO.search(one)]
    rest = heard.without(going)
    changed = replanned(rest) if rest.changes or rest.names_new else None
    if changed is None:
        return Analysis(intent=intent)
    return changed.model_copy(update={"intent": intent}) if plans else changed
