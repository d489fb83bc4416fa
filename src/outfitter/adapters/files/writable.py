"""Whether files can be written, found out before the long work whose outcome they take."""

from pathlib import Path

from outfitter.core.errors import Refused


def require_writable(*files: Path) -> None:
    """Raise Refused unless each can be written; one that is not there yet is made, empty."""
    for file in files:
        try:
            file.open("a").close()
        except OSError as error:
            raise Refused(f"{file}: {error.strerror}") from None
