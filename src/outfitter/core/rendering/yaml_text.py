"""YAML of plain data, written so that every reader of YAML reads the same back."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def written(data: Mapping[str, Any]) -> str:
    """The mapping as YAML: nested mappings in blocks, lists on one line, texts in quotes.

    >>> print(written({"a": {"b": ["x", "y"], "c": True}}), end="")
    a:
      b: ["x", "y"]
      c: true
    """
    return "".join(f"{line}\n" for line in _lines(data, ""))


def _lines(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = key if _PLAIN.fullmatch(key) and key.lower() not in _WORDS else _scalar(key)
        if isinstance(value, Mapping) and value:
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name}: {_scalar(value)}"


def _scalar(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    text = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(ord(char)) for char in text)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - YAML's two
