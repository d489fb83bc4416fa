"""What a stranger's entry tells of itself, made fit to be shown: short, and no more than words."""

import re
import unicodedata
from collections.abc import Iterable

from outfitter.core.address import is_link
from outfitter.core.catalogue import Input, Server, Tool
from outfitter.core.printable import inert, line

_TITLE, _NAME, _WORD, _TEXT = 100, 128, 64, 500
# A sentence in the place of a name would be read by the model that chooses.
_TOOL_NAME = re.compile(r"[\w.:/-]+")
# Their letters look alike.
_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_MOST_TOOLS, _MOST_WORDS, _MOST_STEPS = 200, 50, 20


def told(server: Server) -> Server:
    """The server with everything that is told of it in plain, short texts."""
    return server.model_copy(
        update={
            "title": _title(server.title) or server.name,
            "description": _plain(server.description),
            "version": _plain(server.version, _WORD),
            "category": _plain(server.category, _WORD),
            "publisher": _plain(server.publisher, _TITLE),
            "keywords": _lines(server.keywords[:_MOST_WORDS], _WORD),
            "steps": _lines(server.steps[:_MOST_STEPS], _TEXT),
            "notes": _plain(server.notes or "") or None,
            "obtain_url": _link(server.obtain_url),
            "inputs": tuple(map(_input, server.inputs)),
            "tools": tuple(filter(None, map(_tool, server.tools[:_MOST_TOOLS]))),
        }
    )


def _title(text: str) -> str:
    """A title in letters that are what they look like, or nothing where they cannot be.

    >>> _title("\uff27\uff4d\uff41\uff49\uff4c"), _title("Gm\u0430il"), _title("\u3164")
    ('Gmail', '', '')
    """
    shown = "".join(map(_plain_letter, text))
    mixed = any(len(_SCRIPTS & set(map(_script, word))) > 1 for word in shown.split())
    return "" if mixed else _plain(shown, _TITLE)


def _plain_letter(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if "FILLER" in unicodedata.name(char, ""):
        return ""
    return plain if len(plain) == 1 and plain.isascii() else char


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _input(one: Input) -> Input:
    return one.model_copy(
        update={
            "description": _plain(one.description),
            "format": _plain(one.format or "", _TITLE) or None,
            "example": _plain(one.example or "", _TITLE) or None,
            "obtain_url": _link(one.obtain_url),
        }
    )


def _tool(one: Tool) -> Tool | None:
    name = _plain(one.name, _NAME)
    required = _lines(one.required[:_MOST_WORDS], _NAME)
    if not _TOOL_NAME.fullmatch(name):
        return None
    return Tool(name=name, description=_plain(one.description), required=required)


def _lines(texts: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(filter(None, (_plain(one, most) for one in texts)))


def _plain(text: str, most: int = _TEXT) -> str:
    return inert(line(text, most))[:most].strip()


def _link(url: str | None) -> str | None:
    return url if url and is_link(url) else None
