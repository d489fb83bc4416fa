"""The servers that a text names, or means by what they are for, each marked where it does."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from outfitter.core.catalogue import Server
from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.capability import Capability
from outfitter.core.plan import Step, together
from outfitter.core.talk.retelling import called, called_alone
from outfitter.core.words.lexicon import GENERIC
from outfitter.core.words.phrases import JOINING, LEFT_OPEN
from outfitter.core.words.text import parted, stem, words
from outfitter.core.words.vocabulary import COMING, COMMON_NAMES, COURTESY, SAYING
from outfitter.core.words.wishes import is_only
from outfitter.core.words.written import as_written

_DAY = re.compile(
    r"\b(on|every|each|next|last|by|until|before|after|since|this|make it|for|"
    r"(?:days?|date|time|start|run|schedule|agent|it|from \w+day) to) mondays?\b(?! instead of)"
    r"|\bmondays?(?= (?:morning|evening|afternoon|night|noon|at)|s\b)",
    re.IGNORECASE,
)
# Where a kind of thing may stand for a server: "rather than SMS", "Slack not SMS".
_BY_KIND = re.compile(
    r"(?:(?<=\d not )|(?<=\d, not )|(?<=\brather than )|(?<=\binstead of )|(?<=\bthan a )"
    r"|(?<=\bfor the )|(?<=\bfor our )|(?<=\bfor my )|(?<=\bdo the )|(?<=\breplace the ))[\w-]+"
)
# What is done anywhere tells of no server: "never write" is a limit for all of them.
_ANYWHERE = frozenset("read write change edit delete".split())
_ANY_WORD = re.compile(r"[\w-]+")
# What is spoken of as a place, not as one of many things.
_THE_ONE = re.compile(r"(?:(?<=\bthe )|(?<=\bour )|(?<=\bmy ))(?![\w-]*s\b)[\w-]+")
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_NUMBER = re.compile(r"@(\d+)")
_ROW = re.compile(rf"@\d+(?:(?:,|,? ?{JOINING}) ?@\d+)+")


class Marked(NamedTuple):
    """A text with `@n` for each name, and for each of these marks the servers it may mean."""

    text: str
    groups: list[tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """All servers that may be meant, in the order of the marks."""
        return tuple(dict.fromkeys(name for group in self.groups for name in group))

    def found(self, patterns: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """What each mark means that one of the patterns finds."""
        for pattern in patterns:
            for one in re.finditer(pattern, self.text):
                yield self.groups[int(one[1])]


def mentioned(
    text: str, servers: Iterable[Server], others: Iterable[Server] = ()
) -> tuple[str, ...]:
    """The names of the servers that a text speaks of by a name of theirs, in its order.

    The others are meant only by what none of the first are called. Changes of a plan are read by
    this, by names as they are written; servers are chosen by `said_names`, by the stems of them.

    >>> mentioned("copy it to Notion", [])
    ()
    """
    return with_marks(text, list(servers), others).names


def rows(text: str, servers: Sequence[Server]) -> list[tuple[str, ...]]:
    """The servers that a text names one after the other, joined by no more than "and"."""
    return [names for _, names in _rows(text, servers)]


def open_rows(text: str, servers: Sequence[Server]) -> list[tuple[str, ...]]:
    """The same of only those rows that leave open which it is; "SMS" may stand for one there."""
    return [names for row, names in _rows(text, servers, implied(text)) if LEFT_OPEN.search(row)]


def _rows(
    text: str, servers: Sequence[Server], needs: Iterable[Capability] = ()
) -> list[tuple[str, tuple[str, ...]]]:
    marked = with_marks(text, servers, ())
    named = marked.names
    for need in needs:
        able = tuple(one.name for one in servers if need.is_for(one) and one.name not in named)
        if able:
            mark = f"@{len(marked.groups)}"
            marked = Marked(need.said.sub(mark, marked.text), [*marked.groups, able])
    return [
        (row, tuple(name for number in _NUMBER.findall(row) for name in marked.groups[int(number)]))
        for row in _ROW.findall(marked.text)
    ]


def own_words(server: Server) -> frozenset[str]:
    """The words by which a server of the plan and its inputs are called."""
    keys = (one.key for one in server.inputs)
    return frozenset(word for name in (*called(server), *keys) for word in words(name))


def named_alone(text: str, servers: Collection[Server], *around: frozenset[str]) -> tuple[str, ...]:
    """The servers that a text names, if it says nothing beside that but words `around` a name."""
    names = mentioned(text, servers)
    spoken = (own_words(one) for one in servers if one.name in names)
    return names if is_only(text, *around, *spoken) else ()


def only_names(text: str, server: Server) -> bool:
    """Whether a text says no more than the name of a server."""
    return is_only(text, COURTESY, SAYING, own_words(server))


def apps_alone(text: str, apps: tuple[str, ...]) -> tuple[str, ...]:
    """These apps without a server, if a text says no more than their names."""
    spoken = frozenset(word for one in apps for word in words(one))
    return apps if is_only(text, COURTESY, SAYING, COMING, spoken) else ()


def with_marks(
    text: str, planned: Sequence[Server], others: Iterable[Server], strange: Iterable[str] = ()
) -> Marked:
    """The text with a mark for each name; longest names first.

    The name of a strange app means none.

    A name that is also an everyday word counts for a server of the plan, and for another where a
    capital marks it.
    """
    plain = _plain(text)
    means: dict[str, list[Server]] = {one.lower(): [] for one in strange}
    named = [(name, one) for one in planned for name in called(one)]
    named += [
        (name, one)
        for one in others
        for name in called(one)
        if name not in COMMON_NAMES
        or (name.capitalize() in _capitals(text) and stem(name) not in GENERIC)
    ]
    for name, server in named:
        if name in plain and words(name):
            means.setdefault(name, []).append(server)
    marked = _replaced(plain, _by_name(means))
    if all(len(group) <= 1 for group in marked.groups):
        return marked
    alone = {group[0] for group in marked.groups if len(group) == 1}
    known = {one.name for one in planned} - alone
    sure = {name: _surest(name, servers, known, alone) for name, servers in means.items()}
    return _replaced(plain, _by_name(sure))


def marked_loosely(text: str, planned: Sequence[Server], steps: Sequence[Step]) -> Marked:
    """The same by what the servers are about and what they do, where only one of them is it.

    Of a server that a step names its keywords say little: "no invoices" is no word on Gmail, but
    "not the shop" is one on Shopify.
    """
    said: list[tuple[str, str]] = []
    places: list[tuple[str, str]] = []
    named = mentioned("\n".join(one.text for one in steps), planned)
    for same in together(steps):
        doing = same[0].text
        doers = mentioned(doing, planned)[:1] or {one.server for one in same if one.server}
        verb = doing.lower().partition(" ")[0]
        said += ((verb, name) for name in doers if verb not in _ANYWHERE)
    for one in planned:
        (places if one.name in named else said).extend((word, one.name) for word in one.keywords)
        about = (*words(one.category), *words(one.title))
        said += ((spoken.lower(), one.name) for spoken in about)
    marked = _replaced(_plain(text), {one: [name] for one, name in _clear(said).items()})
    stems = _clear((stem(spoken), name) for spoken, name in said)
    marked = _stems_marked(marked, stems, _ANY_WORD)
    return _stems_marked(marked, _clear(places), _THE_ONE)


def marked_by_kind(marked: Marked, planned: Sequence[Server]) -> Marked:
    """The same with a kind of thing marked as well where it stands for a server of the plan."""
    stems = _clear(
        (stem(word), one.name) for one in planned for kind in one.kinds for word in words(kind)
    )
    return _stems_marked(marked, stems, _BY_KIND)


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


def _clear(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words that stand for one server and no other."""
    means: dict[str, set[str]] = {}
    for word, name in said:
        means.setdefault(word, set()).add(name)
    return {word: next(iter(names)) for word, names in means.items() if len(names) == 1}


def _stems_marked(marked: Marked, known: Mapping[str, str], where: re.Pattern[str]) -> Marked:
    """The same with a mark for each word in such a place that stands for one server by its stem."""
    found = list(marked.groups)

    def mark(word: re.Match[str]) -> str:
        name = known.get(stem(word.group().replace("-", "")))
        if name is None:
            return word.group()
        found.append((name,))
        return f"@{len(found) - 1}"

    return Marked(where.sub(mark, marked.text), found)


# A turn asks it of each of up to a hundred clauses, once for each server.
@lru_cache(maxsize=512)
def _capitals(text: str) -> frozenset[str]:
    """The words of a text that have a capital, or stand as the name of an app does."""
    return frozenset(_CAPITAL.findall(as_written(text)))


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    """A text in small letters and one line, in which no day of the week is a name."""
    told = _DAY.sub(r"\1 that day", parted(text)).lower()
    return " ".join(told.replace("@", " ").replace("\u2019", "'").split())


def _replaced(plain: str, means: dict[str, list[str]]) -> Marked:
    if not means:
        return Marked(plain, [])
    groups: list[tuple[str, ...]] = []

    def mark(found: re.Match[str]) -> str:
        groups.append(tuple(dict.fromkeys(means[found.group()])))
        return f"@{len(groups) - 1}"

    return Marked(_finding(tuple(means)).sub(mark, plain), groups)


@lru_cache(maxsize=512)
def _finding(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of these names, the longest first."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
