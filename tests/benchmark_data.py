"""The project's own requests and dialogues, each with the servers that it should come to."""

from collections.abc import Iterable
from hashlib import sha256
from inspect import getsource
from pathlib import Path
from typing import TypeVar

from outfitter.core.finding.scoring import Needs, needs
from outfitter.core.talk import detail_signs, signs
from outfitter.core.value import Value
from outfitter.core.words import grams

FOLDER = Path(__file__).parent / "data" / "benchmark"
TAUGHT = "taught.jsonl"
TOLD = "told.jsonl"
# What rules were written for.
OLDER = (
    "dialogues.jsonl",
    "heldout.jsonl",
    "fresh.jsonl",
    "unheard.jsonl",
    "later.jsonl",
    "last.jsonl",
    "natural.jsonl",
    "candid.jsonl",
)

_Row = TypeVar("_Row", bound=Value)


class Expected(Value):
    """The servers that are right; of each list in `any_of` any one is."""

    servers: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()

    @property
    def needs(self) -> Needs:
        """One set of servers for each thing that is needed."""
        return needs(self.servers, self.any_of)


class Request(Expected):
    """One message that says it all."""

    id: str
    query: str
    source: str
    language: str = "en"


class Asked(Value):
    """A question about the service, and what it is about."""

    id: str
    query: str
    topic: str


class Timed(Value):
    """What somebody says, and when the agent is to be started: `left` is what no line tells."""

    id: str
    say: tuple[str, ...]
    lines: tuple[str, ...]
    left: str


class Turn(Expected):
    """One message of a dialogue, with the plan's servers after it."""

    say: str


class Later(Value):
    """What somebody says about a plan that stands, and whether the plan is to keep it."""

    id: str
    query: str
    kept: bool
    source: str


class Saying(Value):
    """What somebody said of a plan, and whether it says how its work is to be done."""

    say: str
    tells_how: bool


class Dialogue(Value):
    """Messages that follow one another."""

    id: str
    about: str
    turns: tuple[Turn, ...]


class Task(Value):
    """A step with the tools of its server that it needs, and those it must not bring."""

    id: str
    server: str
    step: str
    needs: frozenset[str]
    never: frozenset[str]


class Doing(Value):
    """A step that a plan should have: words that it says, and servers of which any one does it."""

    says: tuple[str, ...]
    by: tuple[str, ...] = ()


class Told(Value):
    """One message, and what the plan after it should say.

    `keeps` stands in any step, `never` in none; each of `uncovered` must be said to be uncovered,
    and of the rest only what `may_be_uncovered`.
    """

    say: str
    steps: tuple[Doing, ...] = ()
    keeps: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    may_be_uncovered: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Worded(Value):
    """Messages that follow one another, each with what the plan should say after it."""

    id: str
    source: str
    turns: tuple[Told, ...]


def requests() -> list[Request]:
    """Requests in English that together ask for every server of the catalogue."""
    return _read("queries.jsonl", Request)


def mixed() -> list[Request]:
    """Requests that name some of what they need and only imply the rest."""
    return _read("mixed.jsonl", Request)


def plain() -> list[Request]:
    """Requests that mostly name nothing, of which rules were written for those that are tuned."""
    return _read("plain.jsonl", Request)


def everyday() -> list[Request]:
    """Requests by people who had seen nothing but what the servers say of themselves."""
    return _read("everyday.jsonl", Request)


def openings() -> list[Request]:
    """First messages as people type them, some of which need no server."""
    return _read("openings.jsonl", Request)


def firsts() -> list[Request]:
    """First messages by three hands, most of which name an app and need more beside it."""
    return _read("firsts.jsonl", Request)


def newcomers() -> list[Request]:
    """First messages as people of many trades type them, some of which need no server."""
    return _read("newcomers.jsonl", Request)


def strangers() -> list[Request]:
    """Requests that name an app for which there is no server."""
    return _read("strangers.jsonl", Request)


def negatives() -> list[Request]:
    """Messages that no server is for."""
    return _read("negatives.jsonl", Request)


def remarks() -> list[Request]:
    """Messages that no server is for, though they are near to requests."""
    return _read("remarks.jsonl", Request)


def details() -> list[Later]:
    """Messages about any plan: those that say how it is to be done, and mere remarks."""
    return _read("details.jsonl", Later)


def times() -> list[Timed]:
    """Dialogues in which somebody says when, with when the agent is to be started."""
    return _read("times.jsonl", Timed)


def about() -> list[Asked]:
    """Questions about the service itself, which somebody asks before wanting anything."""
    return _read("about.jsonl", Asked)


def foreign() -> list[Request]:
    """Requests in other languages."""
    return _read("languages.jsonl", Request)


def dialogues(file: str = "dialogues.jsonl") -> list[Dialogue]:
    """Conversations that add, drop, replace, refuse, restrict, take back and ask."""
    return _read(file, Dialogue)


def told() -> list[Saying]:
    """What is said of plans, to learn from: details of the work, and mere remarks."""
    return _read(TOLD, Saying)


def worded() -> list[Worded]:
    """Conversations with what the steps of their plans should say."""
    return _read("wording.jsonl", Worded)


def teaching(*, older: float) -> list[tuple[list[Dialogue], float]]:
    """The conversations to learn from, and how much each counts: those with rules less."""
    return [(dialogues(TAUGHT), 1.0), *((dialogues(file), older) for file in OLDER)]


def teaching_digest() -> str:
    """What changes with the conversations to learn from, and with what is seen in them."""
    found = sha256()
    for seen in (signs, detail_signs, grams):
        found.update(getsource(seen).encode())
    for file in (TAUGHT, TOLD, *OLDER):
        found.update((FOLDER / file).read_bytes())
    return found.hexdigest()


def tasks() -> list[Task]:
    """Steps with the tools they need."""
    return _read("tools.jsonl", Task)


def are(names: Iterable[str], expected: Needs) -> bool:
    """Whether these servers are what is expected, one for each need and none besides."""
    found = set(names)
    every = all(found & one for one in expected)
    return every and len(found) == len(expected) and found <= frozenset().union(*expected)


def _read(file: str, row: type[_Row]) -> list[_Row]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [row.model_validate_json(line) for line in lines]
