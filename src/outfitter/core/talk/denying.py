"""Which part of a plan a clause does not want, by what it does and not by a name."""

import re
from collections.abc import Mapping, Sequence

from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import apps_in
from outfitter.core.finding.capabilities import able_to_do
from outfitter.core.plan import Step
from outfitter.core.talk.deeds import Deed, deeds_of
from outfitter.core.talk.marking import Marked
from outfitter.core.words.edit_phrases import DENYING, DROPS
from outfitter.core.words.naming import said_names
from outfitter.core.words.phrases import NOT_THAT
from outfitter.core.words.text import stems, words
from outfitter.core.words.vocabulary import ACTION
from outfitter.core.words.wishes import said

# Words that say nothing of what is done, the articles of other languages among them.
_AROUND = frozenset(
    "part parts step thing things stuff bit anymore more instead again all altogether plan now "
    "after needed necessary required wanted der die das den dem el la le les los las un une una "
    "ein eine l".split()
)
_ACTIONS = stems(ACTION)
# "Delete the mail after that" is one more thing to do.
_AFTERWARDS = re.compile(
    r"\b(?:delete|remove) .*\b(?:after(?:wards?)?(?: (?:that|this|it))?|when (?:it's )?done)\W*$",
    re.IGNORECASE,
)
_POINTING_AT = re.compile(r"\b(?:it|them|those|these|that)\b", re.IGNORECASE)


def denied(
    clause: str, planned: Sequence[Server], steps: Sequence[Step]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The servers, or else the places of the steps, that a clause says no to.

    All that the clause says must be known of them, or it is a limit: "don't send a text" is about
    the step that sends one, "don't send more than five" is not.
    """
    text = said(clause)
    found = None if _AFTERWARDS.search(text) else DENYING.match(text)
    telling = [one for one in words(found["what"]) if one not in _AROUND] if found else []
    spoken = stems(telling)
    deeds = list(deeds_of(planned, steps))
    # "Not the Berlin one" is about a detail, "not the mail" about what is done with it.
    details = frozenset() if NOT_THAT.match(text) else spoken
    known = [one for one in deeds if spoken and spoken <= (one.told & details) | one.meant]
    # "Don't send it" is a limit of the step that writes a mail.
    if spoken <= _ACTIONS and _POINTING_AT.search(text):
        known = [one for one in known if spoken & one.told]
    return _leaving(_nearest(spoken, known), deeds)


def another_way(
    clauses: Mapping[int, str], planned: Sequence[Server], steps: Sequence[Step]
) -> dict[int, str]:
    """The clauses with those said as one that tell the same servers what not to do and what to do.

    "Don't call me, text me" is "text me instead" where one server does both.
    """
    told = dict(clauses)
    for place, text in clauses.items():
        names = set(denied(text, planned, steps)[0]) - said_names(text, planned).keys()
        doers = [one for one in planned if one.name in names]
        for other, asked in told.items():
            if doers and other != place and all(_is_asked(asked, one) for one in doers):
                told[other] = f"{asked} instead"
                del told[place]
                break
    return told


def _is_asked(clause: str, server: Server) -> bool:
    return not DENYING.match(said(clause)) and bool(able_to_do(clause, [server]))


def apps_dropped(marked: Marked, strange: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...]:
    """The apps without a server that a marked clause says no to, of those that steps name."""
    if all(marked.found(DROPS)):
        return ()
    return tuple(app for app in strange if any(app in apps_in(one.text) for one in steps))


def _nearest(spoken: frozenset[str], deeds: Sequence[Deed]) -> list[Deed]:
    """Those of which most is said, by the words of the step before those of its server.

    Of several servers in one step it is the one that the step is done with.
    """
    said_of = [(*one.spoken_of(spoken), one.is_means) for one in deeds]
    return [one for one, most in zip(deeds, said_of, strict=True) if most == max(said_of)]


def _leaving(
    meant: Sequence[Deed], deeds: Sequence[Deed]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The servers with nothing left to do, or else the steps; nothing where several are meant."""
    places = {one.place for one in meant}
    names = tuple(dict.fromkeys(one.server for one in meant))
    if len(places) > 1 and len(names) > 1:
        return (), ()
    whole = all(one in meant for one in deeds if one.place in places)
    busy = {one.server for one in deeds if one not in meant}
    if None in names or (whole and busy.intersection(names)):
        return (), tuple(sorted(places))
    return tuple(name for name in names if name), ()
