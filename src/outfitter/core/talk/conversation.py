"""What a message changes in a running plan: servers to leave, to swap, and steps to drop."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.finding.apps import newcomers, unknown_apps
from outfitter.core.plan import Step, together
from outfitter.core.talk.denying import apps_dropped, denied
from outfitter.core.talk.retelling import called, called_alone
from outfitter.core.words.edit_phrases import (
    DROPS,
    KEEPS_KEY,
    KEEPS_SOME_KEY,
    LEANING,
    PARTINGS,
    STEP,
    SWAPPING,
    SWAPS,
)
from outfitter.core.words.lexicon import GENERIC
from outfitter.core.words.phrases import KEYLESS
from outfitter.core.words.text import parted, stem, words
from outfitter.core.words.vocabulary import COMMON_NAMES
from outfitter.core.words.written import as_written

_DAY = re.compile(
    r"\b(on|every|each|next|last|by|until|before|after|since|this|make it|for|"
    r"(?:days?|date|time|start|run|schedule|agent|it|from \w+day) to) mondays?\b(?! instead of)"
    r"|\bmondays?(?= (?:morning|evening|afternoon|night|noon|at)|s\b)",
    re.IGNORECASE,
)
# Where a kind of thing may stand for a server: "rather than SMS", "for the scraping".
_BY_KIND = re.compile(
    r"(?:(?<=\brather than )|(?<=\binstead of )|(?<=\bthan a )|(?<=\bfor the )|(?<=\bfor our )"
    r"|(?<=\bfor my )|(?<=\bdo the )|(?<=\breplace the ))[\w-]+"
)
# What is done anywhere tells of no server: "never write" is a limit for all of them.
_ANYWHERE = frozenset("read write change edit delete".split())
_ANY_WORD = re.compile(r"[\w-]+")
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_NUMBER = re.compile(r"@(\d+)")
_ROW = re.compile(r"@\d+(?:(?:,|,? ?(?:and|or|und|oder|y|o|et|ou|&|\+)) ?@\d+)+")
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
    if apps and (gone := apps_dropped(*with_marks(clause, planned, others, apps), apps, steps)):
        return Edit(apps=gone)
    strange = unknown_apps(clause, [*planned, *others])
    marked, groups = with_marks(clause, planned, others, strange)
    if any(groups) and planned:
        marked, groups = _marked_by_kind(marked, groups, planned)
    dropped = _found(PARTINGS, marked, groups)
    if not any(groups) and planned:
        if edit := _denied(clause, planned, steps):
            return edit
        if not groups:
            marked, groups = _marked_loosely(clause, planned, steps)
    swapped = _found(SWAPS, marked, groups)
    dropped = (*dropped, *_found(DROPS, marked, groups))
    kept = () if dropped or swapped else _kept(marked, groups, wanting)
    if swapped and not strange:
        strange = newcomers(clause, [*planned, *others])
    swaps = bool(swapped or (SWAPPING.search(marked) and not dropped))
    edit = Edit(
        out=tuple(dict.fromkeys((*swapped, *dropped, *kept))),
        swap=swaps,
        strange=strange if swaps else (),
        key_kept=bool(kept),
        steps=tuple(_step(*one.groups()) for one in STEP.finditer(marked)),
        leans=not (swaps or dropped or kept) and bool(LEANING.search(marked)),
    )
    return edit if edit.is_one else _denied(clause, planned, steps) or edit


def _denied(clause: str, planned: Sequence[Server], steps: Sequence[Step]) -> Edit | None:
    """The change that a clause asks for which says no to what is done, and not to its number."""
    if STEP.search(clause.lower()):
        return None
    out, places = denied(clause, planned, steps)
    return Edit(out=out, steps=places) if out or places else None


def mentioned(
    text: str, servers: Iterable[Server], others: Iterable[Server] = ()
) -> tuple[str, ...]:
    """The names of the servers that a text speaks of by a name of theirs, in its order.

    The others are meant only by what none of the first are called.

    >>> mentioned("copy it to Notion", [])
    ()
    """
    _, groups = with_marks(text, list(servers), others)
    return tuple(dict.fromkeys(name for group in groups for name in group))


def rows(text: str, servers: Sequence[Server]) -> list[tuple[str, ...]]:
    """The servers that a text names one after the other, joined by no more than "and"."""
    marked, groups = with_marks(text, servers, ())
    return [
        tuple(name for number in _NUMBER.findall(row) for name in groups[int(number)])
        for row in _ROW.findall(marked)
    ]


def own_words(server: Server) -> frozenset[str]:
    """The words by which a server of the plan and its inputs are called."""
    inputs = (one.key.replace("_", " ") for one in server.inputs)
    return frozenset(word for name in (*called(server), *inputs) for word in words(name))


def with_marks(
    text: str, planned: Sequence[Server], others: Iterable[Server], strange: Iterable[str] = ()
) -> tuple[str, list[tuple[str, ...]]]:
    """The text with `@n` for each name, and the servers each may mean; longest names first.

    The name of a strange app means none.

    A name that is also an everyday word counts for a server of the plan, and for another where a
    capital marks it.
    """
    plain = _plain(text)
    written = set(_CAPITAL.findall(as_written(text)))
    means: dict[str, list[Server]] = {one.lower(): [] for one in strange}
    named = [(name, one) for one in planned for name in called(one)]
    named += [
        (name, one)
        for one in others
        for name in called(one)
        if name not in COMMON_NAMES or (name.capitalize() in written and stem(name) not in GENERIC)
    ]
    for name, server in named:
        if name in plain and words(name):
            means.setdefault(name, []).append(server)
    marked, groups = _replaced(plain, _by_name(means))
    if all(len(group) <= 1 for group in groups):
        return marked, groups
    alone = {group[0] for group in groups if len(group) == 1}
    known = {one.name for one in planned} - alone
    sure = {name: _surest(name, servers, known, alone) for name, servers in means.items()}
    return _replaced(plain, _by_name(sure))


def _surest(
    name: str, servers: list[Server], known: Container[str], alone: Container[str]
) -> list[Server]:
    """Those that a shared name means: none that the text names by itself, the known before others.

    Of several left it is those that have it as a name of their own.
    """
    rest = [one for one in servers if one.name not in alone] or servers
    mine = [one for one in rest if one.name in known] or rest
    return [one for one in mine if name in called_alone(one)] or mine


def _by_name(means: Mapping[str, Iterable[Server]]) -> dict[str, list[str]]:
    return {name: [one.name for one in servers] for name, servers in means.items()}


def _marked_loosely(
    text: str, planned: Sequence[Server], steps: Sequence[Step]
) -> tuple[str, list[tuple[str, ...]]]:
    """The same by what the servers are about and what they do, where only one of them is it."""
    said: list[tuple[str, str]] = []
    for same in together(steps):
        doing = same[0].text
        doers = mentioned(doing, planned)[:1] or {one.server for one in same if one.server}
        verb = doing.lower().partition(" ")[0]
        said += ((verb, name) for name in doers if verb not in _ANYWHERE)
    for one in planned:
        about = (*words(one.category), *one.keywords, *words(one.title))
        said += ((spoken.lower(), one.name) for spoken in about)
    marked, groups = _replaced(_plain(text), {one: [name] for one, name in _clear(said).items()})
    stems = _clear((stem(spoken), name) for spoken, name in said)
    return _stems_marked(marked, groups, stems, _ANY_WORD)


def _marked_by_kind(
    marked: str, groups: list[tuple[str, ...]], planned: Sequence[Server]
) -> tuple[str, list[tuple[str, ...]]]:
    """The same with a kind of thing marked as well where it stands for a server of the plan."""
    stems = _clear(
        (stem(word), one.name)
        for one in planned
        for kind in (one.category, *one.keywords)
        for word in words(kind)
    )
    return _stems_marked(marked, groups, stems, _BY_KIND)


def _clear(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words that stand for one server and no other."""
    means: dict[str, set[str]] = {}
    for word, name in said:
        means.setdefault(word, set()).add(name)
    return {word: next(iter(names)) for word, names in means.items() if len(names) == 1}


def _stems_marked(
    text: str, groups: list[tuple[str, ...]], known: Mapping[str, str], where: re.Pattern[str]
) -> tuple[str, list[tuple[str, ...]]]:
    """The text with `@n` for each word in such a place that stands for one server by its stem."""
    found = list(groups)

    def mark(word: re.Match[str]) -> str:
        name = known.get(stem(word.group().replace("-", "")))
        if name is None:
            return word.group()
        found.append((name,))
        return f"@{len(found) - 1}"

    return where.sub(mark, text), found


def _plain(text: str) -> str:
    """A text in small letters and one line, in which no day of the week is a name."""
    told = _DAY.sub(r"\1 that day", parted(text)).lower()
    return " ".join(told.replace("@", " ").replace("\u2019", "'").split())


def _replaced(plain: str, means: dict[str, list[str]]) -> tuple[str, list[tuple[str, ...]]]:
    if not means:
        return plain, []
    longest = sorted(means, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    groups: list[tuple[str, ...]] = []

    def mark(found: re.Match[str]) -> str:
        groups.append(tuple(dict.fromkeys(means[found.group()])))
        return f"@{len(groups) - 1}"

    return pattern.sub(mark, plain), groups


def _found(patterns: Iterable[str], marked: str, groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        name
        for pattern in patterns
        for one in re.finditer(pattern, marked)
        for name in groups[int(one.group(1))]
    )


def _kept(marked: str, groups: list[tuple[str, ...]], wanting: Sequence[Server]) -> tuple[str, ...]:
    """The servers whose credential the user keeps back, the only one that wants any if unsaid."""
    if named := _found(KEEPS_KEY, marked, groups):
        return named
    keeps = KEEPS_SOME_KEY.search(marked) or KEYLESS.search(marked)
    if not groups and len(wanting) == 1 and keeps:
        return (wanting[0].name,)
    return ()


def _step(number: str | None, word: str | None) -> int:
    """The place of a step counted from 0, or -1 for the last."""
    return int(number) - 1 if number else _FIRST_OF[word or "last"]
