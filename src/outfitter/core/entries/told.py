"""What a stranger's entry tells of itself, made fit to be shown: short, and no more than words."""

from collections.abc import Iterable

from outfitter.core.address import is_link
from outfitter.core.catalogue import Input, Server, Tool
from outfitter.core.printable import inert, line

_TITLE, _NAME, _WORD, _TEXT = 100, 128, 64, 500
_MOST_TOOLS, _MOST_WORDS, _MOST_STEPS = 200, 50, 20


def told(server: Server) -> Server:
    """The server with everything that is told of it in plain, short texts."""
    return server.model_copy(
        update={
            "title": _plain(server.title, _TITLE) or server.name,
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
    return Tool(name=name, description=_plain(one.description), required=required) if name else None


def _lines(texts: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(filter(None, (_plain(one, most) for one in texts)))


def _plain(text: str, most: int = _TEXT) -> str:
    return inert(line(text, most))[:most].strip()


def _link(url: str | None) -> str | None:
    return url if url and is_link(url) else None
