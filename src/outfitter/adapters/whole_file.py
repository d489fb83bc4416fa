"""Files that are there whole or not at all, also after a kill."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written(file: Path) -> Iterator[BinaryIO]:
    """What to write into; it takes the file's place when the context ends, unless by an error.

    What a write left behind that was killed is cleared away; a pipe or a terminal gets it at once.
    """
    if file.exists() and not file.is_file():
        with file.open("wb") as opened:
            yield opened
        return
    file = file.resolve()
    for left in file.parent.glob(f".{escape(file.name)}.{'[0-9a-f]' * 8}"):
        left.unlink(missing_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as opened:
            yield opened
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
