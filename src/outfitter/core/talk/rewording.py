"""A detail of a step that a message corrects: "Munich, not Berlin"."""

import re

from outfitter.core.finding.apps import apps_in
from outfitter.core.finding.capabilities import implied
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import mentioned
from outfitter.core.talk.retelling import told_anew
from outfitter.core.words.clocks import HOURS
from outfitter.core.words.moments import DAYS
from outfitter.core.words.phrases import CONSTRAINT
from outfitter.core.words.text import words
from outfitter.core.words.wishes import bare, is_request

_LONGEST, _MOST_WORDS = 120, 5
_FORMS = (
    re.compile(
        r"^(?P<new>.+?),? (?:(?:and|but) )?(?:not|rather than|instead of|statt|en vez de|"
        r"au lieu de) (?P<old>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^not (?P<old>.+?)(?:,| but) (?P<new>.+)$", re.IGNORECASE),
    re.compile(
        r"^(?P<old>.+?) (?:is|was)(?: just| way)? (?:too \w+|not enough|wrong)[,.]? "
        r"(?:make (?:it|that) |use |better )?(?P<new>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:change|replace|swap) (?P<old>.+?) (?:to|with|by) (?P<new>.+)$", re.IGNORECASE),
)
_DIGITS = re.compile(r"(?<!\w)\d[\d.,]*(?!\w)")
# A number by itself is for the only one there is.
_NUMBER = re.compile(
    r"^(?:make (?:it|that) |better )?(?P<new>\d[\d.,]*%?)"
    r"(?:,? (?:actually|rather|please|instead))*$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^(?:(?:no|sorry|oops|wait|i (?:mean|meant|said)|make (?:it|that)|it should be|it's|use|take)"
    r",? )+",
    re.IGNORECASE,
)


def reworded(heard: Heard) -> Heard | None:
    """The message without what it corrects, and the plan with that put right, if it does."""
    if len(heard.text) > _LONGEST:
        return None
    text = _SAYING.sub("", bare(heard.text))
    for form in _FORMS:
        found = form.match(text)
        if found and (later := _put_right(found["old"], _SAYING.sub("", found["new"]), heard)):
            return later
    number = _NUMBER.match(text)
    return _put_right(_only_number(number["new"], heard), number["new"], heard) if number else None


def _only_number(new: str, heard: Heard) -> str:
    """The number that the steps say, if it is one, beside those of days and hours.

    Where there are hours, a small number may be meant for one.
    """
    texts = dict.fromkeys(DAYS.sub(" ", one.text) for one in heard.plan.steps)
    if len(new) <= len("24") and any(map(HOURS.search, texts)):
        return ""
    found = _DIGITS.findall(" ".join(HOURS.sub(" ", text) for text in texts))
    return found[0] if len(found) == 1 else ""


def _put_right(old: str, new: str, heard: Heard) -> Heard | None:
    """What is left to hear once the one step that says the old says the new in its place.

    What names a server or an app is about that, whatever else the steps say.
    """
    both = f"{old}, {new}"
    said = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)%?", re.IGNORECASE)
    texts = {one.text for one in heard.plan.steps if said.search(one.text)}
    known = mentioned(both, heard.servers.values()) or apps_in(both) or _takes_another(new, heard)
    alike = _is_detail(old) and _is_detail(new) and is_request(old) == is_request(new)
    if known or CONSTRAINT.search(new) or len(texts) != 1 or not alike:
        return None
    plan = told_anew(heard.plan, texts.pop(), lambda text: said.sub(lambda _: new, text, count=1))
    return heard.without(heard.clauses, plan)


def _takes_another(text: str, heard: Heard) -> bool:
    """Whether a text speaks of a need that no server of the plan is known to meet: "mail"."""
    kinds = {one.category for one in heard.planned}
    needs = [one for one in implied(text) if one.services.isdisjoint(kinds) and one.services]
    return not all(any(need.is_for(one) for one in heard.planned) for need in needs)


def _is_detail(text: str) -> bool:
    return bool(words(text)) and len(text.split()) <= _MOST_WORDS
