"""Files that are there whole or not at all, also after a kill."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written(file: Path) -> Iterator[BinaryIO]:
    """What to write into; it takes the file's place when the context ends, unless by an error."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as opened:
            yield opened
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
