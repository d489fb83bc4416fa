"""Details that a message adds, each of which belongs to a step that the plan has already."""

import re
from collections.abc import Sequence

from outfitter.core.plan import Step, together
from outfitter.core.talk.deeds import Deed, deeds_of
from outfitter.core.talk.heard import Heard
from outfitter.core.words.lexicon import is_statement
from outfitter.core.words.phrases import CONSTRAINT
from outfitter.core.words.text import stems, words
from outfitter.core.words.wishes import bare, is_request, is_schedule

# What would make a step longer than this stays a step of its own.
_LONGEST = 600
_INSTEAD = re.compile(r"\b(?:instead|stattdessen)\b", re.IGNORECASE)


def detailed(
    kept: Sequence[Step], added: Sequence[Step], heard: Heard
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that stay, with the details they get, and those that are really new."""
    deeds = [one for one in deeds_of(heard.planned, kept) if one.server]
    texts = [same[0].text for same in together(kept)]
    retold = _retold(heard)
    new: list[Step] = []
    for step in added:
        again = step.text.endswith(retold) if retold else False
        known = step.server in (None, *heard.plan.names)
        belongs = again or (known and _is_detail(step.text))
        mine = [one for one in deeds if again and one.server == step.server] or deeds
        place = _place(step.text, mine, sure=again and known) if belongs else None
        told = f", but {step.text} instead" if again else f", {step.text}"
        if place is None or len(texts[place]) + len(told) > _LONGEST:
            new.append(step)
        elif told not in texts[place]:
            texts[place] += told
    return _told(kept, texts), tuple(new)


def _retold(heard: Heard) -> tuple[str, ...]:
    """The clauses that say "instead" where nothing new is named: a step is to be done otherwise."""
    if heard.takes or heard.names_new:
        return ()
    swaps = (heard.clauses[at] for at, edit in heard.edits.items() if edit.swap)
    return tuple(bare(text) for text in swaps if _INSTEAD.search(text))


def _is_detail(text: str) -> bool:
    """Whether a clause says how something is, and not what to do."""
    limits = CONSTRAINT.search(text) or is_schedule(text)
    return is_statement(text) and not limits and not is_request(text)


def _place(text: str, deeds: Sequence[Deed], *, sure: bool) -> int | None:
    """The step that a text speaks of most, by its words before those of its server.

    Where it is `sure` to speak of one, that is the last if its words do not tell.
    """
    spoken = stems(words(text))
    said_of = [(*one.spoken_of(spoken), one.place) for one in deeds]
    told, about, place = max(said_of, default=(0, 0, 0))
    return place if deeds and (told or about or sure) else None


def _told(steps: Sequence[Step], texts: Sequence[str]) -> tuple[Step, ...]:
    """The steps with these texts, one for all that are counted together."""
    return tuple(
        step.model_copy(update={"text": text})
        for text, same in zip(texts, together(steps), strict=True)
        for step in same
    )
