"""What a message brings into a plan: the clauses that ask for more, and what is for them."""

import re
from collections.abc import Mapping

from outfitter.core.analysis import Candidate
from outfitter.core.talk.asking import asks
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import apps_alone, mentioned, named_alone
from outfitter.core.talk.stepping import places_of
from outfitter.core.talk.swapping import Swaps
from outfitter.core.words.details import is_detail
from outfitter.core.words.lexicon import is_statement
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import (
    BY_MEANS,
    CALLED,
    CONSTRAINT,
    LEAD_IN,
    MORE,
    SOMEWHERE,
)
from outfitter.core.words.vocabulary import COURTESY, SAYING
from outfitter.core.words.wishes import bare, is_request, is_schedule

# "After closing" says when; "when an order comes in" says what to look at.
_TELLING = 4
# "In German-speaking countries" and "it's in German" ask nobody to translate.
_WHERE = re.compile(
    r"(?:in|at|from|for|near|around|it's|it is|that's|they're|those are) ", re.IGNORECASE
)
_MEANS = frozenset({"email", "chat"})
_SENDERS = _MEANS | {"marketing"}


def adding_clauses(heard: Heard, swaps: Swaps) -> dict[int, str]:
    """The clauses that bring something new."""
    coming = [one.server for one in swaps.values()]
    going = [one for one in heard.planned if one.name in swaps]
    return {
        place: text
        for place, text in heard.telling.items()
        if not (coming and (heard.edits[place].takes_a_part or mentioned(text, coming)))
        # "Go back to Slack" says nothing where it is there.
        and not (heard.edits[place].swap and not is_request(text) and _is_there(text, heard))
        # Why something goes is nothing to do.
        and not (mentioned(text, going) and not is_request(text))
        and not _is_taken_back(place, text, heard)
        and not (named_alone(text, heard.planned, COURTESY, SAYING) or heard.only_asks(text))
        and (not heard.edits[place].takes or (is_request(text) and not _touches(heard, place)))
    }


def _is_there(text: str, heard: Heard) -> bool:
    """Whether a text names servers of the plan and no others."""
    named = mentioned(text, heard.planned, heard.question.others)
    return bool(named) and set(named) <= set(heard.plan.names)


def _is_taken_back(place: int, text: str, heard: Heard) -> bool:
    """Whether a clause speaks of nothing but newcomers that a later one says no to."""
    later = {name for at, edit in heard.edits.items() if at > place for name in edit.out}
    newcomers = later - set(heard.plan.names)
    named = mentioned(text, heard.servers.values()) if newcomers else ()
    return bool(named) and heard.shut(newcomers).issuperset(named)


def belongs(one: Candidate, heard: Heard, adding: Mapping[int, str], swaps: Swaps) -> bool:
    """Whether a chosen server is for one of the clauses that bring something new."""
    if one.server.name in {*swaps, *(two.server.name for two in swaps.values())}:
        return False
    if not one.named and one.server.category in _MEANS and _means_named(heard):
        return False
    if _is_only_a_title(one, heard.text):
        return False
    naming, wanting = places_of(one.server, heard.clauses)
    nearest = [one.need] if one.need in heard.clauses else wanting
    # What the whole message is near to may be what it says no to.
    places = naming or nearest or ([] if heard.takes else list(adding))
    return any(
        place in adding
        and (not is_schedule(adding[place]) or heard.names(one.server))
        and (one.named or not SOMEWHERE.search(adding[place]))
        and (one.named or _asks_unnamed(adding[place], heard, wanted=place in wanting))
        for place in places
    )


def asks_for_more(heard: Heard, adding: Mapping[int, str]) -> bool:
    """Whether the clauses ask for something that no server was found for."""
    if any(is_request(text) and " " in bare(text) for text in adding.values()):
        return True
    if not heard.plan.steps or asks(heard.text) or apps_alone(heard.text, heard.strange):
        return False
    return any(map(heard.question.tells_how, adding.values()))


def _touches(heard: Heard, place: int) -> bool:
    """Whether a clause takes something out of the plan as it is."""
    edit = heard.edits[place]
    return bool(edit.steps or edit.apps or set(edit.out) & set(heard.plan.names))


def _is_only_a_title(one: Candidate, text: str) -> bool:
    """Whether a text names a server only where it tells what somebody called a thing."""
    rest = CALLED.sub("", text)
    return rest != text and one.named and not said_names(rest, [one.server])


def _means_named(heard: Heard) -> bool:
    """Whether the message says by which server something is sent."""
    senders = (one for one in heard.candidates.values() if one.server.category in _SENDERS)
    named = [one.server for one in senders if one.named]
    return any(mentioned(one["means"], named) for one in BY_MEANS.finditer(heard.text))


def _asks_unnamed(clause: str, heard: Heard, *, wanted: bool) -> bool:
    """Whether a clause that names no server may bring one, `wanted` if it has a need of its own."""
    if heard.plan.steps and _WHERE.match(bare(clause)) and heard.question.tells_how(clause):
        return False
    if not heard.planned:
        return not (heard.plan.steps and heard.question.tells_how(clause)) or is_request(clause)
    return _brings(clause) or (wanted and _goes_on(clause))


def _goes_on(clause: str) -> bool:
    """Whether a later clause only goes on with what was asked for: "translated into German"."""
    return not (asks(clause) or is_statement(clause) or CONSTRAINT.search(clause))


def _brings(clause: str) -> bool:
    """Whether a later clause asks for more than how the plan is to be done."""
    tells_when = LEAD_IN.match(clause) and len(clause.split()) >= _TELLING
    asks_for = is_request(clause) and not is_detail(clause)
    return bool(asks_for or tells_when or MORE.search(clause)) and not CONSTRAINT.search(clause)
