"""The analyzer that needs no model: it reads a message by its clauses and a small vocabulary."""

import re
from dataclasses import replace

from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.finding.lacking import lacks
from outfitter.core.plan import Plan
from outfitter.core.talk.about_service import IN_SHORT, INTRODUCTION
from outfitter.core.talk.answers import UNKNOWN
from outfitter.core.talk.asking import ABOUT_IT, asks
from outfitter.core.talk.edit import keeps_some_key
from outfitter.core.talk.going_back import gone_back
from outfitter.core.talk.heard import Heard, hear
from outfitter.core.talk.marking import apps_alone, mentioned, own_words
from outfitter.core.talk.questions import answer
from outfitter.core.talk.replan import replanned
from outfitter.core.words.language import is_foreign
from outfitter.core.words.lexicon import is_statement
from outfitter.core.words.phrases import GREETING, NEVER_MIND, NO, REMARK, UNSURE
from outfitter.core.words.text import words
from outfitter.core.words.vocabulary import COURTESY, CREDENTIAL, PRAISE, SAYING, THANKS
from outfitter.core.words.wishes import bare, is_only

_SEVERAL = 2
# In words, of an app that is told by nothing but its name.
_LONGEST_NAME = 2
_AROUND_PRAISE = frozenset(
    "ok okay very much really all s looks sounds works work job lot lots bunch man mate "
    "dude guys folks everyone".split()
)
# "Our products are in WooCommerce" says where to find what the plan is about.
_KEPT_IN = re.compile(r"\b(?:is|are|lives?|comes?) (?:all |still )?(?:in|on|from|at|with)\b")
_WELCOME, _GLAD = "You're welcome!", "Glad to hear that!"
_AS_IT_IS = "All right. Say what should be different, and I change the plan."
_LACKING = (
    "I know no server that tells you that. If you know an app or service that does, name it and I "
    "will look again."
)
_UNCLEAR = (
    "I found nothing to automate in that yet. What should happen by itself, and in which app or on "
    "which page? Say both in a sentence, for example “every Friday, e-mail a summary of my Google "
    "Calendar to the team”."
)
# In words, from which on more is said than that somebody is there.
_TELLING = 5
_NO_HURRY = "Take your time: nothing changes until you say what should."


def read(question: Question) -> Analysis:
    """What the message means for the plan."""
    if gone := gone_back(question):
        return gone
    heard = hear(_with_what_left(question))
    if told := answer(heard):
        return told
    if whose := _unsaid_key(heard):
        return Analysis(intent=Intent.ASK, reply=whose)
    if not heard.changes and (_says_nothing_new(heard) or _wavers(heard)):
        return _kept(heard)
    if heard.plan.steps and not heard.names_new and ABOUT_IT.search(heard.text):
        return Analysis(intent=Intent.NOTHING, reply=UNKNOWN)
    return replanned(heard) or _unplanned(heard)


def _unplanned(heard: Heard) -> Analysis:
    """What a message that asks for nothing gets: a kind word, or what is not known."""
    if _opens_with_thanks(heard.text):
        intent = Intent.KEEP if heard.plan.steps else Intent.NOTHING
        return Analysis(intent=intent, reply=_WELCOME)
    if not heard.plan.steps:
        lacking = asks(heard.text) and lacks(heard.question)
        strange = () if is_statement(heard.text) else heard.strange
        reply = "" if strange else _LACKING if lacking else _unclear(heard.text)
        return Analysis(intent=Intent.NOTHING, reply=reply, unmet=strange)
    unknown = UNKNOWN if asks(heard.text) else ""
    return Analysis(intent=Intent.NOTHING, reply=unknown, unmet=() if unknown else _unmet(heard))


def _unclear(text: str) -> str:
    """What to ask where something was told and nothing to do was heard in it."""
    if is_foreign(text):
        return f"{_UNCLEAR} {IN_SHORT}"
    return _UNCLEAR if len(text.split()) >= _TELLING and not asks(text) else ""


def _unsaid_key(heard: Heard) -> str:
    """What to ask where a key is kept back and any of several servers could be meant."""
    wanting = [one.title for one in heard.question.wanting]
    if heard.changes or len(wanting) < _SEVERAL or not keeps_some_key(heard.text.lower()):
        return ""
    return (
        f"Whose key do you mean, that of {' or '.join(wanting)}? Say it with the name, for "
        f"example “skip the {wanting[-1]} key”."
    )


def _says_nothing_new(heard: Heard) -> bool:
    """Whether a message only greets, remarks, agrees, thanks or brings credentials."""
    known = (COURTESY, CREDENTIAL, *map(own_words, heard.planned))
    return (
        not heard.telling
        or bool(_kind_word(heard.text) or GREETING.match(heard.text))
        or (bool(REMARK.match(heard.text)) and not heard.names_new)
        or is_only(heard.text, *known)
        or (bool(mentioned(heard.text, heard.planned)) and is_only(heard.text, SAYING, *known))
    )


def _with_what_left(question: Question) -> Question:
    """The question as one about a plan with the dropped part, where it says what does that."""
    left = question.raised.instead_of
    if left in question.plan.names or not question.past or left not in question.past[-1].names:
        return question
    heard = hear(replace(question, plan=_put_back(left, question.past[-1], question.plan)))
    filled = any(edit.swap and left in edit.out for edit in heard.edits.values())
    named = mentioned(heard.text, heard.planned)
    return heard.question if filled and not named else question


def _put_back(name: str, before: Plan, plan: Plan) -> Plan:
    """A plan with what that server did before, where it was; what else was changed stays so."""
    stayed = [one.server for one in before.steps if one.server != name]
    if stayed == [one.server for one in plan.steps]:
        return before
    steps = list(plan.steps)
    for at, step in enumerate(before.steps):
        if step.server == name:
            steps.insert(at, step)
    mine = (one for one in before.servers if one.name == name)
    return plan.model_copy(update={"steps": tuple(steps), "servers": (*plan.servers, *mine)})


def _kept(heard: Heard) -> Analysis:
    """The plan as it is, if there is one, and a kind word in return for one."""
    if not heard.plan.steps:
        greeting = f"Hello! {INTRODUCTION}" if GREETING.match(heard.text) else ""
        return Analysis(intent=Intent.NOTHING, reply=greeting)
    wavering = _NO_HURRY if _wavers(heard) else ""
    return Analysis(intent=Intent.KEEP, reply=_kind_word(heard.text) or wavering)


def _kind_word(text: str) -> str:
    """The answer to thanks, praise or a mere "no", if a message says no more than that."""
    if NO.match(text) or NEVER_MIND.match(text):
        return _AS_IT_IS
    if not is_only(text, THANKS, PRAISE, _AROUND_PRAISE):
        return ""
    spoken = set(words(text))
    return _WELCOME if spoken & THANKS else _GLAD if spoken & PRAISE else ""


def _opens_with_thanks(text: str) -> bool:
    return bool(THANKS.intersection(words(text)[:1])) and not asks(text)


def _unmet(heard: Heard) -> tuple[str, ...]:
    """The apps without a server that a message names alone, or in which it says that things are.

    Where a step has no server, a word or two that nobody knows are what was asked for: a name.
    """
    if _KEPT_IN.search(heard.text):
        return heard.strange
    named = bare(heard.text)
    asked_for = heard.plan.uncovered and words(named) and len(named.split()) <= _LONGEST_NAME
    return apps_alone(heard.text, heard.strange) or (
        (f"“{named}”",) if asked_for and heard.telling else ()
    )


def _wavers(heard: Heard) -> bool:
    """Whether the user is not sure yet and asks for nothing."""
    return bool(UNSURE.search(heard.text)) and not heard.wishes
