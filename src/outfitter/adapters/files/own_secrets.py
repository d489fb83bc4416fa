"""Secrets of this machine itself: files that are made once and that their owner alone may read."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from outfitter.core.errors import Refused


def kept(path: Path, make: Callable[[], str]) -> str:
    """What the file holds, made at its first use.

    Raises Refused if others can read it, or nobody can.
    """
    if not path.exists():
        _write_once(path, make())
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise Refused(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{path} is no text: put it back as it was.") from None


def _write_once(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            # What it seals outlives a loss of power at once, so must the key.
            os.fsync(file.fileno())
        # A link appears whole or not at all, and the first of two processes wins.
        with suppress(FileExistsError):
            os.link(draft, path)
        _sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
