"""What a clause changes in a running plan: servers to leave, to swap, and steps to drop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import newcomers, unknown_apps
from outfitter.core.plan import Step
from outfitter.core.talk.denying import apps_dropped, denied
from outfitter.core.talk.marking import Marked, marked_by_kind, marked_loosely, with_marks
from outfitter.core.words.edit_phrases import (
    A_KEY,
    ALONE,
    DROPS,
    KEEPS_KEY,
    KEEPS_SOME_KEY,
    LEANING,
    MOVES,
    PARTINGS,
    STEP,
    SWAPPING,
    SWAPS,
)
from outfitter.core.words.phrases import KEYLESS, MORE

_FIRST_OF = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


@dataclass(frozen=True, slots=True)
class Edit:
    """What one clause changes; `out` leaves, and `swap` says that something takes its place.

    `key_kept` means that the user keeps the credential back, not that the service is unwanted.
    `leans` says that a server is better without saying than which. What should take the place is
    `strange` where it is an app that no server works with; such apps in steps go by `apps`.
    """

    out: tuple[str, ...] = ()
    swap: bool = False
    key_kept: bool = False
    steps: tuple[int, ...] = ()
    leans: bool = False
    strange: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether something leaves the plan."""
        return bool(self.out or self.steps or self.apps)

    @property
    def takes_a_part(self) -> bool:
        """Whether it says that something does what is in the plan already."""
        return self.swap or self.leans

    @property
    def is_one(self) -> bool:
        """Whether anything is changed at all."""
        return self.takes or self.swap


def read_edit(
    clause: str,
    planned: Sequence[Server],
    others: Sequence[Server] = (),
    steps: Sequence[Step] = (),
    *,
    wanting: Sequence[Server] = (),
) -> Edit:
    """The change that a clause asks for; `wanting` are the servers whose credentials are open."""
    # Of the plan's steps it is enough that no server of the plan works with the app.
    apps = unknown_apps(clause, planned)
    if apps and (gone := apps_dropped(with_marks(clause, planned, others, apps), apps, steps)):
        return Edit(apps=gone)
    strange = unknown_apps(clause, [*planned, *others])
    marked = with_marks(clause, planned, others, strange)
    if marked.names and planned:
        marked = marked_by_kind(marked, planned)
    dropped, alone = _found(PARTINGS, marked), ALONE.search(marked.text)
    if not marked.names and planned:
        if edit := _denied(clause, planned, steps):
            return edit
        if not marked.groups:
            marked = marked_loosely(clause, planned, steps)
    mine = {one.name for one in planned}
    moved = (name for name in _found(MOVES, marked) if name in mine)
    swapped = (*(one for one in _found(SWAPS, marked) if not _alone(one, marked)), *moved)
    dropped = (*dropped, *_found(DROPS, marked))
    kept = () if dropped or swapped else _kept(marked, wanting)
    if swapped and not strange:
        strange = newcomers(clause, [*planned, *others])
    swaps = bool(swapped) or (not dropped and _asks_swap(clause, marked))
    edit = Edit(
        out=tuple(dict.fromkeys((*swapped, *dropped, *kept))),
        swap=swaps,
        strange=strange if swaps else (),
        key_kept=bool(kept),
        steps=tuple(_step(*one.groups()) for one in STEP.finditer(marked.text)),
        leans=not (swaps or dropped or kept) and bool(alone or LEANING.search(marked.text)),
    )
    return edit if edit.is_one else _denied(clause, planned, steps) or edit


def _asks_swap(clause: str, marked: Marked) -> bool:
    """Whether a clause puts something in a place; "make it Slack as well" does not."""
    return bool(SWAPPING.search(marked.text)) and not MORE.search(clause)


def _denied(clause: str, planned: Sequence[Server], steps: Sequence[Step]) -> Edit | None:
    """The change that a clause asks for which says no to what is done, and not to its number."""
    if STEP.search(clause.lower()):
        return None
    out, places = denied(clause, planned, steps)
    return Edit(out=out, steps=places) if out or places else None


def _found(patterns: Iterable[str], marked: Marked) -> tuple[str, ...]:
    return tuple(name for names in marked.found(patterns) for name in names)


def _alone(name: str, marked: Marked) -> bool:
    """Whether all that is named twice is one server: "use Replicate for the images" it makes."""
    return len(marked.groups) > 1 and all(name in group for group in marked.groups)


def _kept(marked: Marked, wanting: Sequence[Server]) -> tuple[str, ...]:
    """The servers whose credential the user keeps back, the only one that wants any if unsaid."""
    if named := _found(KEEPS_KEY, marked):
        return named
    keeps = KEEPS_SOME_KEY.search(marked.text) or KEYLESS.search(marked.text)
    if not marked.groups and len(wanting) == 1 and keeps:
        return (wanting[0].name,)
    return ()


def _step(number: str | None, word: str | None) -> int:
    """The place of a step counted from 0, or -1 for the last."""
    return int(number) - 1 if number else _FIRST_OF[word or "last"]


def keeps_some_key(text: str) -> bool:
    """Whether a text in small letters keeps a key back, whosesoever it is.

    >>> keeps_some_key("skip that key"), keeps_some_key("where do I get that key?")
    (True, False)
    """
    return bool(KEEPS_SOME_KEY.search(text) and A_KEY.search(text))
