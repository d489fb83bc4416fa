"""Whether files can be written, found out before the long work whose outcome they take."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from outfitter.core.errors import Refused

_GIB = 2**30
_OWNER_MAY = stat.S_IWUSR | stat.S_IXUSR


def require_writable(*files: Path) -> None:
    """Raise Refused unless each can be written; one that is not there yet is made, empty.

    So must the folder be, where a draft stands until it is whole.
    """
    for file in files:
        place = file
        try:
            file.open("a").close()
            if file.is_file():
                place = file.resolve().parent
                tempfile.TemporaryFile(dir=place).close()
        except OSError as error:
            raise Refused(f"{place}: {error.strerror}") from None


def require_room(folder: Path) -> str | None:
    """Raise Refused unless the folder can be written, or made where it is not there yet.

    Root may write nearly everywhere: asked by root, this gives back whom else it holds for.
    """
    there = _there(folder)
    try:
        # What the modes say is not all: a mount may take nothing, and root is bound by none.
        tempfile.TemporaryFile(dir=there).close()
    except OSError:
        raise Refused(f"{there} is no folder to write in: let DATA_DIR name one.") from None
    about = there.stat()
    if os.name != "posix" or os.geteuid() != 0:
        return None
    if about.st_uid == 0:
        return "root"
    if about.st_mode & _OWNER_MAY != _OWNER_MAY:
        raise Refused(f"{there} is closed to its owner: run chmod u+wx on it.")
    return "root or its owner"


def free_space(folder: Path, least: int) -> str:
    """How much space is free where the folder is or will be; Refused if that is too little."""
    free = shutil.disk_usage(_there(folder.resolve())).free
    said = f"{free / _GIB:.1f} GiB free"
    if free < least:
        raise Refused(
            f"{folder} has {said} and needs {least / _GIB:.1f}: make room there, or let DATA_DIR "
            "name another place."
        )
    return said


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(one for one in (folder, *folder.absolute().parents) if os.path.lexists(one))
