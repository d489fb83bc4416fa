"""What a package gives access to, as its description writes it and its name holds it."""

import re
from collections.abc import Iterator, Sequence

from outfitter.core.words.lexicon import ADDED, GENERIC
from outfitter.core.words.text import stem, stems

# Whoever writes a name for people gives it capitals or spaces.
_PACKAGE = re.compile(r"[a-z0-9.@/-]+")
_LONGEST = 3
_TOLD = 300
_WORD = re.compile(r"[^\W_][\w.+']*")
_BEGINS = re.compile(r"(?:^|[.!?:;|()\u2013\u2014]|\s-)\s*$")
# What stands behind a name that begins a sentence, where any word has a capital.
_KIND = re.compile(r"\s+(?:[A-Z]|(?:server|client|integration|connector)\b)")

# How something comes, which is no part of its name.
_FORMS = ADDED | stems(
    "advanced agent ai anthropic app application better chatgpt claude cli codex context "
    "cursor custom easy enhanced extension fast go gpt java javascript lightweight lite llm "
    "management mini model node online open openai parser plugin plus pro protocol python "
    "rag rust sdk service simple smart source tiny tool toolkit typescript ui ultimate "
    "universal unofficial web workspace".split()
)
# Kinds of thing, makers and places: by themselves they name no service.
_TOO_WIDE = GENERIC | stems(
    "google microsoft apple amazon aws azure meta adobe ibm oracle alibaba tencent baidu gemini "
    "america american argentine argentina australia australian austria austrian brazil brasil "
    "british canada canadian china chinese czech danish denmark dutch english europe european eu "
    "finnish france french german germany greek hebrew india indian indonesia ireland irish israel "
    "israeli italian italy japan japanese korea korean latin malaysia malaysian mexico norway "
    "norwegian poland polish portugal portuguese russia russian spain spanish sweden swedish swiss "
    "switzerland thai turkish uk ukraine us usa vietnam".split()
)


def service_of(name: str, description: str) -> str | None:
    """The service that a package works with, as a slug; None where it is not that plain.

    >>> service_of("iflow-mcp-jo-langfuse-mcp", "Langfuse MCP server for telemetry")
    'langfuse'
    >>> service_of("netbox-mcp-server-extended", "An MCP server for the NetBox API")
    'netbox'
    """
    if not _PACKAGE.fullmatch(name):
        return None
    held = re.findall(r"[a-z0-9]+", name.rpartition("/")[2])
    found = [one for one in _named(description[:_TOLD]) if _holds(held, "".join(one))]
    if not found:
        return None
    return "-".join(max(found, key=lambda one: len("".join(one))))


def _named(description: str) -> Iterator[tuple[str, ...]]:
    """The names in a description: runs of words with a capital, not for beginning a sentence."""
    words = list(_WORD.finditer(description))
    capital = [_is_name(description, one) for one in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if not all(capital[start:end]):
                break
            told = tuple(_plain(one.group()) for one in words[start:end])
            if _is_telling([stem(part) for part in told]):
                yield told


def _is_telling(told: Sequence[str]) -> bool:
    edges = {told[0], told[-1]}
    return edges.isdisjoint(_FORMS) and not _TOO_WIDE.issuperset(told)


def _is_name(description: str, word: re.Match[str]) -> bool:
    if not any(char.isupper() for char in word.group()):
        return False
    begins = _BEGINS.search(description[: word.start()]) is not None
    mixed = any(char.isupper() for char in word.group()[1:])
    return mixed or not begins or _KIND.match(description, word.end()) is not None


def _plain(word: str) -> str:
    """A word in lower case up to the first punctuation mark, as in "Intervals.icu"."""
    return re.split(r"[^\w]", word)[0].lower()


def _holds(held: Sequence[str], told: str) -> bool:
    """Whether parts of a package's name in a row are what is told."""
    return any(
        "".join(held[start:end]) == told
        for start in range(len(held))
        for end in range(start + 1, len(held) + 1)
    )
