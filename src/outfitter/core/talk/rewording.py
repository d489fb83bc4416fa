"""A detail of a step that a message corrects: "Munich, not Berlin"."""

import re
from dataclasses import replace

from outfitter.core.finding.apps import apps_in
from outfitter.core.talk.conversation import mentioned
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.retelling import told_anew
from outfitter.core.words.phrases import CONSTRAINT, bare
from outfitter.core.words.text import words

_MOST_WORDS = 5
_FORMS = (
    re.compile(
        r"^(?P<new>.+?),? (?:(?:and|but) )?(?:not|rather than|instead of|statt|en vez de|"
        r"au lieu de) (?P<old>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^not (?P<old>.+?)(?:,| but) (?P<new>.+)$", re.IGNORECASE),
    re.compile(r"^(?:change|replace|swap) (?P<old>.+?) (?:to|with|by) (?P<new>.+)$", re.IGNORECASE),
)
_SAYING = re.compile(
    r"^(?:(?:no|sorry|oops|wait|i (?:mean|meant|said)|make (?:it|that)|it should be|it's),? )+",
    re.IGNORECASE,
)


def reworded(heard: Heard) -> Heard | None:
    """The message without what it corrects, and the plan with that put right, if it does."""
    text = _SAYING.sub("", bare(heard.text))
    for form in _FORMS:
        found = form.match(text)
        if found and (later := _put_right(found["old"], _SAYING.sub("", found["new"]), heard)):
            return later
    return None


def _put_right(old: str, new: str, heard: Heard) -> Heard | None:
    """What is left to hear once the one step that says the old says the new in its place.

    What names a server or an app is about that, whatever else the steps say.
    """
    both = f"{old}, {new}"
    said = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)%?", re.IGNORECASE)
    texts = {one.text for one in heard.plan.steps if said.search(one.text)}
    known = mentioned(both, heard.servers.values()) or apps_in(both) or CONSTRAINT.search(new)
    if known or len(texts) != 1 or not _is_detail(old) or not _is_detail(new):
        return None
    plan = told_anew(heard.plan, texts.pop(), lambda text: said.sub(lambda _: new, text, count=1))
    rest = heard.without(heard.clauses)
    return replace(rest, question=replace(rest.question, plan=plan))


def _is_detail(text: str) -> bool:
    return bool(words(text)) and len(text.split()) <= _MOST_WORDS
