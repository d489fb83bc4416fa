"""Reads requests and foreign catalogues, one JSON object a line."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue, ValidationError

from outfitter.adapters.files.documents import parsed
from outfitter.core.analysis import LONGEST_MESSAGE
from outfitter.core.catalogue import Server
from outfitter.core.entries.foreign import ForeignServer, servers_of
from outfitter.core.entries.reading import complaint
from outfitter.core.errors import Refused
from outfitter.core.finding.measuring import Case
from outfitter.core.finding.scoring import needs

_CATALOGUE, _QUERIES, _NEGATIVES = "catalogue.jsonl", "queries.jsonl", "negatives.jsonl"
_DISTRACTORS = "distractors*.jsonl"


def _cut(query: str) -> str:
    return query[:LONGEST_MESSAGE]


class Request(BaseModel):
    """A sentence to find servers for, as long as a message may be; its id is given back."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: JsonValue
    query: Annotated[str, AfterValidator(_cut)]


class Unread(NamedTuple):
    """A line that is no request: its id, if it has one, and what is wrong with it."""

    id: JsonValue
    why: str


class _Query(Request):
    servers: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()


_Line = TypeVar("_Line", bound=BaseModel)


def catalogue(file: Path) -> dict[str, Server]:
    """The servers of a catalogue file by the names they have there. Raises Refused."""
    found = servers_of(_held(file, ForeignServer))
    if not found:
        raise Refused(f"{file}: no server in it")
    return found


def catalogue_of(folder: Path, distractors: int) -> dict[str, Server] | None:
    """The servers of a folder's own catalogue with others beside them; None if it has none.

    The others come from files named distractors…, in the folder or beside it. Raises Refused.
    """
    file = folder / _CATALOGUE
    if not file.exists():
        if distractors:
            raise Refused(f"{file}: missing, distractors are added to a folder's own catalogue")
        return None
    described = list(_held(file, ForeignServer))
    names = {one.name for one in described}
    others = [one for one in _distractors(folder) if one.name not in names] if distractors else []
    if len(others) < distractors:
        raise Refused(f"{folder}: only {len(others)} distractors in it or beside it")
    return servers_of([*described, *others[:distractors]])


def asked(folder: Path) -> list[Case]:
    """The requests of a folder: with the servers they need, and those that need none.

    Raises Refused.
    """
    file = folder / _QUERIES
    found = list(_held(file, _Query))
    negatives = folder / _NEGATIVES
    if negatives.exists():
        found += _held(negatives, _Query)
    if not found:
        raise Refused(f"{file}: no request in it")
    return [Case(str(one.id), one.query, needs(one.servers, one.any_of)) for one in found]


def requests(lines: Iterable[bytes]) -> Iterator[Request | Unread]:
    """The requests in the lines of a stream, each as soon as it is there."""
    for number, line in _numbered(lines):
        try:
            yield _read(f"line {number}", line, Request)
        except Refused as error:
            yield Unread(_id_in(line), error.detail)


def _id_in(line: bytes) -> JsonValue:
    try:
        document = _document(line)
    except (ValueError, RecursionError):
        return None
    return document.get("id") if isinstance(document, dict) else None


def require_known(cases: Iterable[Case], servers: Collection[str]) -> None:
    """Raise Refused if a request needs a server that the catalogue does not list."""
    for one in cases:
        for name in frozenset().union(*one.needs) - frozenset(servers):
            raise Refused(f"{one.id} needs {name!r}, which is not in the catalogue")


def _distractors(folder: Path) -> Iterator[ForeignServer]:
    files = sorted(folder.glob(_DISTRACTORS)) or sorted(folder.resolve().parent.glob(_DISTRACTORS))
    for file in files:
        yield from _held(file, ForeignServer)


def _held(file: Path, kind: type[_Line]) -> Iterator[_Line]:
    """What the lines of the file hold."""
    try:
        with file.open("rb") as lines:
            for number, line in _numbered(lines):
                yield _read(f"{file} {number}", line, kind)
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from None


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, counted from 1 with the blank ones."""
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _read(source: str, line: bytes, kind: type[_Line]) -> _Line:
    try:
        return kind.model_validate(_document(line))
    except ValidationError as error:
        raise Refused(f"{source}: {complaint(error)}") from None
    except UnicodeDecodeError:
        raise Refused(f"{source}: not UTF-8") from None
    except (ValueError, RecursionError):
        raise Refused(f"{source}: not JSON") from None


def _document(line: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """What the line holds; JSON is UTF-8 wherever it comes from, whatever the terminal's locale."""
    return parsed(line.decode("utf-8-sig"))
