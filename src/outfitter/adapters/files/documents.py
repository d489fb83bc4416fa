"""Documents that others wrote, read from files within bounds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

from outfitter.core.errors import BadCatalogue


def json_in(file: Path, most_bytes: int) -> object:
    """What the JSON file holds. Raises BadCatalogue, which names the file."""
    try:
        document: object = parsed(text_in(file, most_bytes))
    except (ValueError, RecursionError) as error:
        raise BadCatalogue(f"{file}: not JSON, {error}") from None
    return document


def parsed(text: str | bytes) -> Any:  # noqa: ANN401 - any JSON value
    """What the text holds, in which no number is one that JSON cannot write. Raises ValueError."""
    return json.loads(text, parse_float=_number, parse_constant=_number)


def text_in(file: Path, most_bytes: int) -> str:
    """The text of the file. Raises BadCatalogue, which names the file."""
    # A link could point at any file of the machine, and a pipe would never end.
    if file.is_symlink() or not file.is_file():
        raise BadCatalogue(f"{file}: no file, or a link")
    try:
        if file.stat().st_size > most_bytes:
            raise BadCatalogue(f"{file}: larger than {most_bytes} bytes")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadCatalogue(f"{file}: not UTF-8") from None
    except OSError as error:
        raise BadCatalogue(f"{file}: {error.strerror}") from None


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Let what is wrong with a document that is read inside name its file."""
    try:
        yield
    except BadCatalogue as error:
        raise BadCatalogue(f"{file}: {error.detail}") from None


def _number(text: str) -> float:
    if isfinite(number := float(text)):
        return number
    raise ValueError(f"{text} is no number of JSON")
